import type { App } from '../../src/api/app-type.js'
import { adminPlugin } from '../../src/admin/plugin.js'
import { guardAdmin } from '../../src/admin/guard.js'
import { accounts } from './accounts.js'
import { clock } from './clock.js'
import { contract } from './contract.js'
import { events } from './events.js'
import { faults } from './faults.js'
import { health } from './health.js'
import { magic } from './magic.js'
import { openapi } from './openapi.js'
import type { AdminServices } from './options.js'
import { outcomes } from './outcomes.js'
import { requests } from './requests.js'
import { reset } from './reset.js'
import { sandboxes } from './sandboxes.js'
import { snapshots } from './snapshots.js'
import { state } from './state.js'
import { timing } from './timing.js'

export interface AdminOptions extends AdminServices {
  adminToken: string | undefined
  adminHosts: readonly string[]
}

/** The admin API. It is no part of the emulated API: no envelope, no CORS, plain errors. */
export function addAdminRoutes(admin: App, options: AdminOptions): void {
  adminPlugin(admin)
  admin.addHook('onRequest', (request, _reply, done) => {
    guardAdmin(request, options.adminToken, options.adminHosts)
    done()
  })
  openapi(admin, options)
  for (const add of CALLS) add(admin, options)
}

// prettier-ignore
const CALLS = [
  health, reset, accounts, magic, outcomes, contract, faults, clock, requests, events, timing, sandboxes, state, snapshots
] as const
