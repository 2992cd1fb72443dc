import type { AdminOptions } from '../../src/admin/plugin.js'
import type { App } from '../../src/api/app-type.js'
import { PROBE } from '../../src/api/probe.js'
import { VERSION } from '../../src/package.js'

/** Tells that the emulator runs, and that it has loaded its fixtures: it listens only then. */
export function health(admin: App, { startedAt }: AdminOptions): void {
  admin.get('/health', PROBE, async () => ({
    status: 'healthy',
    version: VERSION,
    uptime_seconds: Math.floor((Date.now() - startedAt) / 1000)
  }))
  admin.get('/ready', PROBE, async () => ({ status: 'ready' }))
}
