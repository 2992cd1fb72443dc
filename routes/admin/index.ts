import type { App } from '../../src/http/app-type.js'
import { keepDoor } from '../../src/http/door.js'
import { guardDoor } from '../../src/http/door-guard.js'
import { accounts } from './accounts.js'
import { clock } from './clock.js'
import { contract } from './contract.js'
import { events } from './events.js'
import { faults } from './faults.js'
import { health } from './health.js'
import { magic } from './magic.js'
import { openapi } from './openapi.js'
import type { DoorOptions } from './options.js'
import { outcomes } from './outcomes.js'
import { requests } from './requests.js'
import { reset } from './reset.js'
import { sandboxes } from './sandboxes.js'
import { snapshots } from './snapshots.js'
import { state } from './state.js'
import { timing } from './timing.js'

export interface AdminOptions extends DoorOptions {
  adminToken: string | undefined
  adminHosts: readonly string[]
}

/** The control door. It is no part of the emulated API: no envelope, no CORS, plain errors. */
export function addAdminRoutes(door: App, options: AdminOptions): void {
  keepDoor(door)
  door.addHook('onRequest', (request, _reply, done) => {
    guardDoor(request, options.adminToken, options.adminHosts)
    done()
  })
  openapi(door, options)
  for (const add of CALLS) add(door, options)
}

// prettier-ignore
const CALLS = [
  health, reset, accounts, magic, outcomes, contract, faults, clock, requests, events, timing, sandboxes, state, snapshots
] as const
