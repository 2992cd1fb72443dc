import type { Store } from '../../db/database.js'
import type { Accounts } from './accounts.js'
import type { Charge } from './charges.js'
import type { AdjustableClock } from './clock.js'
import type { ClientHistory } from './client-history.js'
import type { Dialect } from '../dialect.js'
import type { MasterStreets } from '../e911/master-streets.js'
import type { Faults } from './faults.js'
import type { Identifiers } from './identifiers.js'
import type { Inventory } from '../inventory/inventory.js'
import type { Journal, StateChange } from '../journal/journal.js'
import type { Timings } from '../numbering/pending.js'
import type { TokenBuckets } from './token-buckets.js'

/** How the emulator answers, the same for all sandboxes of a process; the settings say it. */
export interface Behaviour {
  dialect: Dialect
  /** Which tokens are good. */
  auth: 'documented' | 'strict' | 'off'
  /** Whether an account that nobody described exists. */
  accounts: 'auto' | 'known'
  /** Which addresses E911 takes. */
  e911: 'streets' | 'permissive'
  /** How long a released number rests, in seconds; 0 for not at all. */
  agingSeconds: number
  /** How long an issued token is good, in seconds. */
  tokenSeconds: number
  /** What activations cost; the first that fits a number counts. */
  charges: readonly Charge[]
  /** Whether clients that ask too often are sent away. */
  rateLimit: boolean
  /** Whether clients are put to the test: 503 first, small pages, unknown keys, slow bytes. */
  hostile: boolean
  /** What becomes of a request that strays from the document. */
  contract: 'warn' | 'strict' | 'off'
}

/**
 * One isolated world: everything that a request can read or change hangs on it, so that a reset is one step and cannot
 * forget anything.
 */
export interface Sandbox {
  readonly name: string
  readonly behaviour: Behaviour
  readonly clock: AdjustableClock
  readonly identifiers: Identifiers
  readonly accounts: Accounts
  readonly inventory: Inventory
  readonly streets: MasterStreets
  readonly store: Store
  readonly buckets: TokenBuckets
  readonly faults: Faults
  /** How long what takes time takes, from now on. */
  readonly timings: Timings
  readonly journal: Journal
  readonly clientHistory: ClientHistory
  /** Keeps all of what `work` writes, or none of it where it throws. */
  transaction: <Result>(work: () => Result) => Result
  /** Resolves after so many milliseconds, or at once when the sandbox is reset or closed, or `signal` says so. */
  pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** The changes of numbers since this was last asked. */
  takeChanges: () => readonly StateChange[]
}
