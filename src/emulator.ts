import { writeFlag, type WriteName } from './text/setting.js'
import type { AddressInfo } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'
import { createDatabases } from '../db/databases.js'
import { assertDriver } from '../db/driver.js'
import { createAdminApp, createApp } from './app.js'
import type { App } from './api/app-type.js'
import { listenAt } from './api/listen.js'
import { createLogger } from './api/logger.js'
import { Coverage } from './contract/coverage.js'
import { dialectOf } from './dialect.js'
import { createMasterStreets, type MasterStreets } from './e911/master-streets.js'
import type { ProxyOptions } from './proxy/pass-on.js'
import { Journals } from './journal/journal.js'
import { createEventBudget } from './sandbox/events.js'
import { AdjustableClock } from './sandbox/clock.js'
import { Sandboxes } from './sandbox/sandboxes.js'
import type { Settings } from './settings.js'
import { builtInFixtures, loadCharges, loadFixtures } from './state/fixtures.js'
import { initialStateOf } from './state/rows.js'
import { isSeeded, seeded } from './state/seeds.js'
import { prepareSnapshotFolder } from './state/snapshot-folder.js'

/** An emulator that is ready to listen. */
export interface EmulatorProcess {
  /** Answers every request, except for those of an admin API with a port of its own. */
  app: App
  /** The admin API, where it has a port of its own. */
  adminApp: App | undefined
  sandboxes: Sandboxes
  /** What the clients of all sandboxes have done. */
  coverage: Coverage
  /** Listens, and returns the port. Throws where it cannot. */
  listen: (place: { host: string; port: number }) => Promise<number>
  close: () => Promise<void>
}

/** How an emulator differs from one that the program serves. */
interface Composition {
  /** The real service, which answers the calls. */
  proxy?: ProxyOptions
  /** Writes the names of settings in errors. @default as flags */
  writeName?: WriteName
}

/**
 * Creates an emulator; with `proxy`, its calls are answered by the real service, and it begins without numbers. Throws a DriverError, or a
 * FixtureError or a DatabaseError if the settings name something unusable.
 */
export async function composeEmulator(
  settings: Settings,
  logger: FastifyBaseLogger = createLogger(settings.logLevel),
  { proxy, writeName = writeFlag }: Composition = {}
): Promise<EmulatorProcess> {
  assertDriver()
  const unseeded = settings.fixtures === undefined ? builtInFixtures() : await loadFixtures(settings.fixtures)
  const fixtures = isSeeded(settings) ? await seeded(unseeded, settings, Date.now(), writeName) : unseeded
  if (settings.snapshots !== undefined) prepareSnapshotFolder(settings.snapshots)
  const clock = new AdjustableClock(Date.now, settings.clock)
  const initialState = initialStateOf(fixtures, clock.now())
  const databases = createDatabases(settings.db, initialState.rows)
  let streets: MasterStreets | undefined
  const coverage = new Coverage()
  const sandboxes = new Sandboxes(
    {
      coverage,
      databases,
      initialState,
      inventory: fixtures.inventory,
      streets: () => (streets ??= createMasterStreets(fixtures.streets())),
      milliseconds: Date.now,
      frozenAt: settings.clock,
      journals: new Journals({ entries: settings.journalSize, bytes: settings.journalBytes }),
      eventBudget: createEventBudget(),
      behaviour: {
        dialect: dialectOf(settings.dialect),
        auth: settings.auth,
        accounts: settings.accounts,
        e911: settings.e911,
        agingSeconds: settings.agingSeconds,
        tokenSeconds: settings.tokenSeconds,
        charges: settings.charges === undefined ? [] : await loadCharges(settings.charges),
        rateLimit: settings.rateLimit,
        contract: settings.contract,
        hostile: settings.hostile,
        maxPageSize: settings.maxPageSize,
        randomSeed: settings.randomSeed
      }
    },
    settings.maxSandboxes,
    {
      dropped: (name) => {
        logger.warn({ sandbox: name }, 'dropped the sandbox that was used least recently')
      },
      unusable: (name, error) => {
        logger.error({ sandbox: name, err: error }, 'the database of a sandbox cannot be used')
      }
    }
  )
  if (proxy !== undefined) sandboxes.default.reset('empty')
  const options = {
    proxy,
    snapshots: settings.snapshots,
    sandboxes,
    logger,
    startedAt: Date.now(),
    requireSandbox: settings.requireSandbox,
    adminToken: settings.adminToken,
    adminHosts: settings.adminHosts,
    hasAdminPort: settings.adminPort !== undefined,
    // Known once the app listens.
    apiPort: () => (options.hasAdminPort ? (app.server.address() as AddressInfo | null)?.port : undefined)
  }
  const app = createApp(options)
  const adminApp = options.hasAdminPort ? createAdminApp(options) : undefined
  await Promise.all([app.ready(), adminApp?.ready()])
  return {
    app,
    adminApp,
    sandboxes,
    coverage,
    listen: (place) => listenAt(app, place),
    async close() {
      // Connections go first: no client hears of the answers that its waiting calls would still get.
      for (const { server } of [app, adminApp ?? app]) server.closeAllConnections()
      sandboxes.closeStreams()
      await Promise.all([app.close(), adminApp?.close()])
      sandboxes.close()
    }
  }
}
