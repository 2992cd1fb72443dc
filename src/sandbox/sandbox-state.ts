import type { Accounts } from './accounts.js'
import type { ClockState } from './clock.js'
import type { CountedRule } from './faults.js'
import type { OwnDelays } from './own-delays.js'
import type { OwnSettings } from './own-settings.js'

/** Everything that a state document or a snapshot puts into a sandbox; the journal, the ids and the rate limits are no part of it. */
export interface SandboxState {
  /** The numbers, and all else that is in the database, serialized. */
  database: Buffer
  accounts: Accounts
  clock: ClockState
  faults: readonly CountedRule[]
  ownDelays: OwnDelays
  settings: OwnSettings
}

/** A state document under a name. */
export interface Snapshot {
  document: string
  /** Unix milliseconds, real time. */
  madeAt: number
}
