import type { ClockState } from './clock.js'
import type { CountedRule } from './faults.js'
import type { Rows } from './sandbox-rows.js'

/** What every sandbox begins with beside accounts and numbers. */
export interface Seed extends Omit<Rows, 'numbers'> {
  clock: ClockState | undefined
  faults: readonly CountedRule[]
}

export const NO_SEED: Seed = { offers: [], searches: [], tokens: [], attempts: [], clock: undefined, faults: [] }
