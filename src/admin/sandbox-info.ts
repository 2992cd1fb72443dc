import type { Resettable, ResetTarget } from '../sandbox/event.js'
import type { OwnSettingName, RateLimit } from '../sandbox/own-settings.js'

/** A sandbox and the path prefix of its API. */
export interface SandboxInfo {
  name: string
  /** `''` for the default sandbox, else `/sandboxes/{name}`. */
  base_path: string
}

/** A sandbox with its settings. */
export interface ConfiguredSandbox extends SandboxInfo {
  /** The settings as they are. */
  settings: {
    auth: 'documented' | 'strict' | 'off'
    accounts: 'auto' | 'known'
    e911: 'streets' | 'permissive'
    contract: 'warn' | 'strict' | 'off'
    /** Null for no limit. */
    max_page_size: number | null
    /** Null for random ids. */
    random_seed: number | null
    /** Limits for operations, true for those of the reference implementation, false for none. */
    rate_limit: boolean | readonly RateLimit[]
  }
  /** The settings that are its own; the others are those of the process. */
  own: OwnSettingName[]
  /** The settings that take effect with the next reset. */
  after_reset: OwnSettingName[]
}

export interface ResetOptions {
  /** The id of the only account whose part is reset; without `only`. */
  account?: string
  /** @default 'fixtures' */
  to?: ResetTarget
  /** @default everything */
  only?: readonly Resettable[]
}
