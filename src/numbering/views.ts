import type { Dialect } from '../dialect.js'
import type { JsonObject } from '../json.js'
import { availableFeatures, type FeatureRules } from './features.js'
import type { State } from './number-state.js'
import type { PhoneNumber } from './phone-number.js'

/** A number as it is answered; the user's own fields stand beside these. */
export type NumberView = JsonObject & {
  _read_only: JsonObject & { created: number; modified: number; state: State }
  id: string
  state: State
}

/** How numbers are shown to one caller. */
export interface ViewRules extends FeatureRules {
  dialect: Dialect
}

/** What `dialect` shows to admins, or to everybody else. */
export function viewRules(dialect: Dialect, admin: boolean): ViewRules {
  return { admin, localOverride: dialect.local_features === 'allowed', dialect }
}

/**
 * The whole document of a number (document: List An Account's Specific Phone Number). The system's values win over user
 * fields of the same name; a user's own `features` shows only while the number has none.
 */
export function numberDocument(number: PhoneNumber, rules: ViewRules): NumberView {
  const usedBy = number.usedBy === null ? undefined : { used_by: number.usedBy }
  const own: NumberView = {
    _read_only: {
      created: number.createdAt,
      ...readOnlyFeatures(number, rules),
      modified: number.modifiedAt,
      state: number.state,
      ...usedBy
    },
    ...(number.features.length > 0 ? { features: [...number.features] } : undefined),
    ...usedBy,
    id: number.e164,
    state: number.state
  }
  // The system's keys come first, and their values last.
  return { ...own, ...number.document, ...own }
}

function readOnlyFeatures(number: PhoneNumber, rules: ViewRules): JsonObject | undefined {
  if (rules.dialect.features_view === 'list')
    return number.features.length > 0 ? { features: [...number.features] } : undefined
  return {
    carrier_module: number.carrier === 'local' ? 'knm_local' : 'knm_other',
    features: { available: availableFeatures(number, rules), settings: {} }
  }
}
