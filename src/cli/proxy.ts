import type { FastifyBaseLogger } from 'fastify'
import { composeEmulator, type EmulatorProcess } from '../emulator.js'
import { createKeep } from '../proxy/keep-record.js'
import { readAllowed } from '../proxy/permission.js'
import { createService } from '../proxy/service.js'
import { createStage } from '../records/play-record.js'
import { RecordFolder } from '../records/record-folder.js'
import type { Settings } from '../settings.js'
import { ArgumentError } from './argument-error.js'
import type { Terminal } from './process.js'
import { serve } from './serve.js'
import { readServerUrl } from './server-url.js'

/** Passes requests on to the real service until a signal stops it, and records them. Throws a UsageError where it cannot. */
export function runProxy(settings: Settings, terminal: Terminal): Promise<number> {
  return serve(settings, terminal, composeProxy)
}

/** Creates an emulator whose calls the real service answers. Throws a UsageError where the settings name nothing usable. */
export async function composeProxy(settings: Settings, logger?: FastifyBaseLogger): Promise<EmulatorProcess> {
  const { upstream, record, allow, timeout, dialect } = settings
  if (upstream === undefined || record === undefined) {
    throw new ArgumentError('proxy wants --upstream URL and --record DIR', 'proxy')
  }
  const service = createService(readServerUrl('upstream', upstream), timeout)
  const allowed = readAllowed(allow)
  const folder = new RecordFolder(record)
  const beside = await composeEmulator({ ...settings, ...OF_SHADOW }, logger)
  const keep = createKeep(folder, dialect, createStage(beside.app, beside.sandboxes.default))
  // The service has the numbers, and those of a file that an emulator has left stay as they are.
  const proxy = await composeEmulator({ ...settings, db: undefined }, logger, {
    proxy: { service, allowed, keep }
  }).catch(async (error: unknown) => {
    await beside.close()
    throw error
  })
  return {
    ...proxy,
    async close() {
      await proxy.close()
      await beside.close()
    }
  }
}

/** The settings of the emulator beside the service: it answers as one that is used as it comes. */
const OF_SHADOW = {
  db: undefined,
  snapshots: undefined,
  adminPort: undefined,
  requireSandbox: false,
  auth: 'documented',
  rateLimit: false,
  hostile: false,
  contract: 'off',
  journalSize: 0
} as const satisfies Partial<Settings>
