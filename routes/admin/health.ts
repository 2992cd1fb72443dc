import type { App } from '../../src/api/app-type.js'
import { VERSION } from '../../src/package.js'
import type { AdminServices } from './options.js'

/** Whether the emulator lives, and whether it has its fixtures: a server that listens has them. */
export function health(admin: App, { startedAt }: AdminServices): void {
  admin.get('/health', async () => ({
    status: 'healthy',
    version: VERSION,
    uptime_seconds: Math.floor((Date.now() - startedAt) / 1000)
  }))
  admin.get('/ready', async () => ({ status: 'ready' }))
}
