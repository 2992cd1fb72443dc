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
import { Journals } from './journal/journal.js'
import type { ProxyOptions } from './proxy/pass-on.js'
import { toGregorian } from './sandbox/clock.js'
import { createEventBudget } from './sandbox/events.js'
import { Sandboxes, type SandboxListener } from './sandbox/sandboxes.js'
import type { Settings } from './settings.js'
import { builtInFixtures, loadCharges, loadFixtures } from './state/fixtures.js'
import { initialStateOf } from './state/rows.js'
import { isSeeded, seeded } from './state/seeds.js'
import { prepareSnapshotFolder } from './state/snapshot-folder.js'
import { writeFlag, type WriteName } from './text/setting.js'

/** An emulator that is ready to listen. */
export interface EmulatorProcess {
  /** Answers every request, except for those of an admin API with a port of its own. */
  app: App
  /** The admin API, where it has a port of its own. */
  adminApp: App | undefined
  sandboxes: Sandboxes
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
 * Creates an emulator; with `proxy`, the real service answers its calls, and it begins without numbers. Throws a DriverError, or a
 * FixtureError or a DatabaseError if the settings name something unusable.
 */
export async function composeEmulator(
  settings: Settings,
  logger: FastifyBaseLogger = createLogger(settings.logLevel),
  { proxy, writeName = writeFlag }: Composition = {}
): Promise<EmulatorProcess> {
  assertDriver()
  const { snapshots, requireSandbox, adminToken, adminHosts, adminPort } = settings
  const sandboxes = await openSandboxes(settings, listenerFor(logger), writeName)
  if (proxy !== undefined) sandboxes.default.reset('empty')
  const options = {
    proxy,
    snapshots,
    sandboxes,
    logger,
    startedAt: Date.now(),
    requireSandbox,
    adminToken,
    adminHosts,
    hasAdminPort: adminPort !== undefined,
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

/** Reads what the settings name, and opens the sandboxes of the process. */
async function openSandboxes(settings: Settings, listener: SandboxListener, writeName: WriteName): Promise<Sandboxes> {
  const { auth, accounts, e911, agingSeconds, tokenSeconds, rateLimit, contract, hostile, maxPageSize, randomSeed } =
    settings
  const unseeded = settings.fixtures === undefined ? builtInFixtures() : await loadFixtures(settings.fixtures)
  const fixtures = isSeeded(settings) ? await seeded(unseeded, settings, Date.now(), writeName) : unseeded
  if (settings.snapshots !== undefined) prepareSnapshotFolder(settings.snapshots)
  const charges = settings.charges === undefined ? [] : await loadCharges(settings.charges)
  const dialect = dialectOf(settings.dialect)
  const initialState = initialStateOf(fixtures, toGregorian(settings.clock ?? Date.now()))
  let streets: MasterStreets | undefined
  return new Sandboxes(
    {
      coverage: new Coverage(),
      databases: createDatabases(settings.db, initialState.rows),
      initialState,
      inventory: fixtures.inventory,
      streets: () => (streets ??= createMasterStreets(fixtures.streets())),
      milliseconds: Date.now,
      frozenAt: settings.clock,
      journals: new Journals({ entries: settings.journalSize, bytes: settings.journalBytes }),
      eventBudget: createEventBudget(),
      behaviour: {
        dialect,
        auth,
        accounts,
        e911,
        agingSeconds,
        tokenSeconds,
        charges,
        rateLimit,
        contract,
        hostile,
        maxPageSize,
        randomSeed
      }
    },
    settings.maxSandboxes,
    listener
  )
}

function listenerFor(logger: FastifyBaseLogger): SandboxListener {
  return {
    dropped(name) {
      logger.warn({ sandbox: name }, 'dropped the sandbox that was used least recently')
    },
    unusable(name, error) {
      logger.error({ sandbox: name, err: error }, 'the database of a sandbox cannot be used')
    }
  }
}
