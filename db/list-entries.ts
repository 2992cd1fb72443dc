import type Connection from 'better-sqlite3'
import { availableFeatures } from '../src/numbering/features.js'
import type { ListEntry } from '../src/numbering/number-schema.js'
import type { PhoneNumber } from '../src/numbering/phone-number.js'
import type { ViewRules } from '../src/numbering/views.js'

type View = ViewRules['dialect']['features_view']

/** The keys of a number in a list and the SQL of their values, in their order (document: List Account's Phone Numbers). */
const DOCUMENTED: Record<keyof ListEntry, string> = {
  assigned_to: 'owner',
  created: 'created',
  features: 'json(features)',
  state: 'state',
  updated: 'modified'
}

/** The reference implementation lists settings of this number alone, which nothing sets here, and those that follow for it. */
const ENTRY_KEYS: Record<View, Record<string, string>> = {
  list: DOCUMENTED,
  available: {
    ...DOCUMENTED,
    features_allowed: 'json_array()',
    features_available: 'json(available_features(owner, carrier, used_by, @admin, @localOverride))',
    features_denied: 'json_array()'
  }
}

/** Teaches SQLite which features a number may have, as a JSON list. */
export function addFeatureFunction(connection: Connection.Database): void {
  connection.function(
    'available_features',
    { deterministic: true, directOnly: true },
    (owner: string, carrier: PhoneNumber['carrier'], usedBy: string | null, admin: number, localOverride: number) =>
      JSON.stringify(
        availableFeatures({ owner, carrier, usedBy }, { admin: Boolean(admin), localOverride: Boolean(localOverride) })
      )
  )
}

/**
 * Writes the SQL of the JSON text of a number in a list. `json_object` gives every key a value, and a number that nothing uses has no
 * `used_by`.
 */
export function listEntrySql(view: View): string {
  const keys = ENTRY_KEYS[view]
  return `iif(used_by IS NULL, ${jsonObject(keys)}, ${jsonObject({ ...keys, used_by: 'used_by' })})`
}

function jsonObject(keys: Record<string, string>): string {
  const pairs = Object.entries(keys).map(([key, sql]) => `'${key}', ${sql}`)
  return `json_object(${pairs.join()})`
}

/** The values of the parameters in the SQL of a number. */
export function listEntryValues({ admin, localOverride }: ViewRules): Record<'admin' | 'localOverride', number> {
  return { admin: Number(admin), localOverride: Number(localOverride) }
}
