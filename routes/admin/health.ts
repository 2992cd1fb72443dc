import type { App } from '../../src/http/app-type.js'
import { VERSION } from '../../src/version.js'
import type { DoorOptions } from './options.js'

/** Whether the emulator lives, and whether it has its fixtures: a server that listens has them. */
export function health(door: App, { startedAt }: DoorOptions): void {
  door.get('/health', async () => ({
    status: 'healthy',
    version: VERSION,
    uptime_seconds: Math.floor((Date.now() - startedAt) / 1000)
  }))
  door.get('/ready', async () => ({ status: 'ready' }))
}
