import type { Store } from '../../db/database.js'
import type { World } from '../../db/world.js'
import type { Accounts } from './accounts.js'
import type { ClockState } from './clock.js'
import type { CountedRule } from './faults.js'

/** Everything that a sandbox holds and a test may care about; the journal, the ids and the rate limits are no part of it. */
export interface Capture {
  world: World
  /** The rows of the world. */
  store: Store
  accounts: Accounts
  clock: ClockState
  faults: readonly CountedRule[]
}

/** A capture under a name. */
export interface Snapshot extends Capture {
  /** Unix milliseconds, real time. */
  madeAt: number
}
