import type { Rows } from '../../db/database.js'
import type { Accounts } from './accounts.js'
import type { ClockState } from './clock.js'
import type { CountedRule } from './faults.js'
import type { OwnDelays } from './own-delays.js'
import type { OwnSettings } from './own-settings.js'

/** What every sandbox begins with, and goes back to with a reset. */
export interface InitialState {
  accounts: Accounts
  rows: Rows
  /** The clock as it starts; undefined for one that runs as time does. */
  clock: ClockState | undefined
  faults: readonly CountedRule[]
  /** How long changes take, where a state document says it. */
  ownDelays: OwnDelays
  /** The settings that every sandbox has of its own when it is made. */
  settings: OwnSettings
}

/** The part of an initial state that state documents lay over the fixtures, beside accounts and numbers. */
export type Seed = Pick<InitialState, 'clock' | 'faults' | 'ownDelays' | 'settings'> & Omit<Rows, 'numbers'>
