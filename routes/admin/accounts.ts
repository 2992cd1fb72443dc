import type { App } from '../../src/api/app-type.js'
import { sandboxOf, type AdminServices } from './options.js'

/** The accounts of the sandbox, with what a test needs to act as one of them. */
export function accounts(admin: App, options: AdminServices): void {
  admin.get('/accounts', async (request) => ({ accounts: [...sandboxOf(options, request).accounts.values()] }))
}
