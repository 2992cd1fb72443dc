import type { Dialect } from '../dialect.js'
import type { Charge } from '../inventory/charges.js'
import type { OwnSettings, RateLimit } from './own-settings.js'

/** How the emulator answers in a sandbox. The settings of the process say it, and those that the sandbox has of its own. */
export interface Behaviour {
  dialect: Dialect
  /** Which tokens are good. */
  auth: 'documented' | 'strict' | 'off'
  /** Whether an account that the fixtures do not describe exists. */
  accounts: 'auto' | 'known'
  /** Which addresses E911 takes. */
  e911: 'streets' | 'permissive'
  /** How long a released number rests, in seconds; 0 for not at all. */
  agingSeconds: number
  /** How long an issued token is good, in seconds. */
  tokenSeconds: number
  /** What activations cost; the first that fits a number counts. */
  charges: readonly Charge[]
  /** Whether clients that ask too often are refused: as the reference implementation does, or by limits for operations. */
  rateLimit: boolean | readonly RateLimit[]
  /** Whether clients are put to the test: 503 first, small pages, unknown keys, slow bytes. */
  hostile: boolean
  /** What becomes of a request that differs from the document. */
  contract: 'warn' | 'strict' | 'off'
  /** How many numbers a page of the list has at most; undefined for no limit. */
  maxPageSize: number | undefined
  /** Makes ids the same on every run. */
  randomSeed: number | undefined
}

/** Lays the settings of a sandbox over the behaviour of the process. */
export function behaviourOf(shared: Behaviour, own: OwnSettings): Behaviour {
  const { max_page_size, random_seed, rate_limit, ...choices } = own
  return {
    ...shared,
    ...choices,
    maxPageSize: max_page_size ?? shared.maxPageSize,
    randomSeed: random_seed ?? shared.randomSeed,
    rateLimit:
      rate_limit === undefined ? shared.rateLimit : typeof rate_limit === 'boolean' ? rate_limit : [rate_limit].flat()
  }
}

/** Shows the settings that a sandbox can have of its own, as they are; null for a limit or a seed that there is none of. */
export function settingsOf({ auth, accounts, e911, contract, maxPageSize, randomSeed, rateLimit }: Behaviour) {
  return {
    auth,
    accounts,
    e911,
    contract,
    max_page_size: maxPageSize ?? null,
    random_seed: randomSeed ?? null,
    rate_limit: rateLimit
  }
}
