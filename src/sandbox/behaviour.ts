import type { Dialect } from '../dialect.js'
import type { Charge } from '../inventory/charges.js'
import type { Settings } from '../settings.js'
import type { OwnSettings, RateLimit } from './own-settings.js'

/** The settings of the process that say by themselves how it answers. */
type PlainSettings = Pick<
  Settings,
  'auth' | 'accounts' | 'e911' | 'agingSeconds' | 'tokenSeconds' | 'hostile' | 'contract' | 'maxPageSize' | 'randomSeed'
>

/** How the emulator answers in a sandbox. The settings of the process say it, and those that the sandbox has of its own. */
export interface Behaviour extends PlainSettings {
  dialect: Dialect
  /** What activations cost; the first that fits a number counts. */
  charges: readonly Charge[]
  /** Whether clients that ask too often are refused: as the reference implementation does, or by limits for operations. */
  rateLimit: boolean | readonly RateLimit[]
}

/** Lays the settings of a sandbox over the behaviour of the process. */
export function behaviourOf(shared: Behaviour, own: OwnSettings): Behaviour {
  const {
    max_page_size: maxPageSize = shared.maxPageSize,
    random_seed: randomSeed = shared.randomSeed,
    rate_limit: rateLimit = shared.rateLimit,
    ...choices
  } = own
  return { ...shared, ...choices, maxPageSize, randomSeed, rateLimit }
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
