import type { Logger } from './logger.js'
import { openDatabase } from '../db/database.js'
import { createApiServer, type ApiServer } from './api-server.js'
import { createAdminApp } from './app.js'
import { AdjustableClock } from './sandbox/clock.js'
import { dialectOf } from './dialect.js'
import { builtInFixtures, loadCharges, loadFixtures } from './state/fixtures.js'
import type { App } from './api/app-type.js'
import { Sandboxes } from './sandbox/sandboxes.js'
import type { Settings } from './settings.js'
import { prepareSnapshotFolder } from './state/snapshot-folder.js'
import { isSeeded, seeded } from './state/seeds.js'
import { Coverage } from './contract/coverage.js'

/** An emulator that is ready to listen. */
export interface Emulator extends Pick<ApiServer, 'app' | 'listen'> {
  sandboxes: Sandboxes
  /** What the clients of all sandboxes have done. */
  tally: Coverage
  /** The admin API, where it has a port of its own. */
  adminApp: App | undefined
  close: () => Promise<void>
}

/** Puts an emulator together. Throws a FixtureError or a DatabaseError where the settings name something unusable. */
export async function createEmulator(settings: Settings, logger: Logger): Promise<Emulator> {
  const unseeded = settings.fixtures === undefined ? builtInFixtures() : await loadFixtures(settings.fixtures)
  const fixtures = isSeeded(settings) ? await seeded(unseeded, settings, Date.now()) : unseeded
  if (settings.snapshots !== undefined) prepareSnapshotFolder(settings.snapshots)
  const clock = new AdjustableClock(Date.now, settings.clock)
  const database = openDatabase(settings.db)
  const tally = new Coverage()
  const sandboxes = new Sandboxes(
    {
      tally,
      database,
      fixtures,
      milliseconds: Date.now,
      time: () => clock.now(),
      frozenAt: settings.clock,
      seed: settings.seed,
      journalSize: settings.journal_size,
      manners: {
        dialect: dialectOf(settings.dialect),
        auth: settings.auth,
        accounts: settings.accounts,
        e911: settings.e911,
        agingSeconds: settings.aging_seconds,
        tokenSeconds: settings.token_seconds,
        charges: settings.charges === undefined ? [] : await loadCharges(settings.charges),
        rateLimit: settings.rate_limit,
        contract: settings.contract
      }
    },
    settings.max_sandboxes,
    (name) => {
      logger.warn({ sandbox: name }, 'dropped the sandbox that was used least recently')
    }
  )
  const parts = {
    snapshots: settings.snapshots,
    sandboxes,
    logger,
    startedAt: Date.now(),
    now: Date.now,
    requireSandbox: settings.require_sandbox,
    hostile: settings.hostile,
    adminToken: settings.admin_token,
    adminHosts: (settings.admin_hosts ?? '').split(','),
    hasAdminPort: settings.admin_port !== undefined
  }
  const server = createApiServer(parts)
  const adminApp = parts.hasAdminPort ? createAdminApp(parts) : undefined
  return {
    app: server.app,
    listen: server.listen,
    sandboxes,
    tally,
    adminApp,
    async close() {
      sandboxes.release()
      await Promise.all([server.close(), adminApp?.close()])
      sandboxes.close()
    }
  }
}
