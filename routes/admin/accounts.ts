import type { App } from '../../src/http/app-type.js'
import { sandboxOf, type DoorOptions } from './options.js'

/** The accounts of the sandbox, with what a test needs to act as one of them. */
export function accounts(door: App, options: DoorOptions): void {
  door.get('/accounts', async (request) => ({ accounts: [...sandboxOf(options, request).accounts.values()] }))
}
