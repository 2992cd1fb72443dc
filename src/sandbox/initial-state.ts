import type { Rows } from '../../db/database.js'
import type { Accounts } from './accounts.js'
import type { ClockState } from './clock.js'
import type { CountedRule } from './faults.js'

/** What every sandbox begins with, and goes back to with a reset. */
export interface InitialState {
  accounts: Accounts
  rows: Rows
  /** The clock as it starts; undefined for one that runs as time does. */
  clock: ClockState | undefined
  faults: readonly CountedRule[]
}

/** The part of an initial state that state documents lay over the fixtures, beside accounts and numbers. */
export type Seed = Pick<InitialState, 'clock' | 'faults'> & Omit<Rows, 'numbers'>
