import type { ClockState } from '../sandbox/clock.js'
import type { CountedRule } from '../sandbox/faults.js'
import type { Rows } from './rows.js'

/** What every sandbox begins with beside accounts and numbers. */
export interface Seed extends Omit<Rows, 'numbers'> {
  clock: ClockState | undefined
  faults: readonly CountedRule[]
}

export const NO_SEED: Seed = { offers: [], searches: [], tokens: [], attempts: [], clock: undefined, faults: [] }
