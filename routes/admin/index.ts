import { collectOtherMethods } from '../../src/admin/other-methods.js'
import { adminPlugin, type AdminOptions } from '../../src/admin/plugin.js'
import type { App } from '../../src/api/app-type.js'
import { registerAdminDescription } from '../descriptions.js'
import { inspector } from '../inspector.js'
import { catalogue } from './catalogue.js'
import { clock } from './clock.js'
import { contract } from './contract.js'
import { events } from './events.js'
import { faults } from './faults.js'
import { health } from './health.js'
import { browseNumbers } from './numbers.js'
import { pactStates } from './pact-states.js'
import { requests } from './requests.js'
import { reset } from './reset.js'
import { sandboxes } from './sandboxes.js'
import { snapshots } from './snapshots.js'
import { state } from './state.js'
import { timing } from './timing.js'
import { waitAndVerify } from './wait-and-verify.js'

/** Registers the calls of the admin API, one file for each resource. */
export function addAdminRoutes(admin: App, options: AdminOptions): void {
  adminPlugin(admin, options)
  const refuseOtherMethods = collectOtherMethods(admin)
  registerAdminDescription(admin)
  inspector(admin, options)
  health(admin, options)
  reset(admin, options)
  state(admin, options)
  browseNumbers(admin, options)
  catalogue(admin, options)
  contract(admin, options)
  pactStates(admin, options)
  faults(admin, options)
  clock(admin, options)
  requests(admin, options)
  waitAndVerify(admin, options)
  events(admin, options)
  timing(admin, options)
  sandboxes(admin, options)
  snapshots(admin, options)
  refuseOtherMethods()
}
