import type { Dialect } from '../dialect.js'
import type { JsonValue } from '../json.js'
import type { Query } from '../text/url.js'
import { readWholeNumber } from '../text/whole-number.js'

/** System fields of a number by the private names that the reference implementation stores them under. */
// prettier-ignore
const PRIVATE_FIELDS = {
  pvt_state: 'state', pvt_assigned_to: 'owner', pvt_used_by: 'used_by', pvt_features: 'features',
  pvt_created: 'created', pvt_modified: 'modified', pvt_module_name: 'carrier'
} as const
type Column = (typeof PRIVATE_FIELDS)[keyof typeof PRIVATE_FIELDS]

/** Names that a client writes for system fields in `filter_…`. */
const RENAMED_FIELDS: ReadonlyMap<string, string> = new Map([
  ['state', 'pvt_state'],
  ['assigned_to', 'pvt_assigned_to']
])
const OBVIOUS: ReadonlyMap<string, string> = new Map([...RENAMED_FIELDS, ['used_by', 'pvt_used_by']])
const NOT_RENAMED: ReadonlyMap<string, string> = new Map()

/** Where a filter looks: a column of the number, or a path into its document. */
export type Field = { column: Column } | { path: readonly string[] }

export type Filter =
  | { test: 'equals'; field: Field; values: readonly string[]; negated: boolean }
  | { test: 'key' | 'value'; field: Field; negated: boolean }
  | { test: 'from' | 'to'; column: 'created' | 'modified'; bound: number | undefined }

/** Every filter of a list request; all of them have to hold (document: the note on filters; the rest is the reference's). */
export function readFilters(query: Query, dialect: Dialect): Filter[] {
  return Object.entries(query).flatMap(([name, given]) => {
    const values = typeof given === 'string' ? [given] : (given ?? [])
    return values.flatMap((value) => readFilter(name, value, dialect))
  })
}

function readFilter(name: string, value: string, dialect: Dialect): Filter[] {
  const bound = /^(created|modified)_(from|to)$/.exec(name)
  if (bound !== null) {
    const column = bound[1] === 'created' ? 'created' : 'modified'
    return [{ test: bound[2] === 'from' ? 'from' : 'to', column, bound: readWholeNumber(value) }]
  }
  const presence = PRESENCE.get(name)
  if (presence !== undefined) return [{ ...presence, field: fieldOf(value) }]
  const negated = name.startsWith('filter_not_')
  if (!negated && !name.startsWith('filter_')) return []
  const path = name.slice(negated ? 'filter_not_'.length : 'filter_'.length)
  const names = dialect.filter_names === 'obvious' ? OBVIOUS : negated ? NOT_RENAMED : RENAMED_FIELDS
  return [{ test: 'equals', field: fieldOf(names.get(path) ?? path), values: acceptedValues(value), negated }]
}

/** A map, because clients send any name, also those that every object has. */
const PRESENCE: ReadonlyMap<string, { test: 'key' | 'value'; negated: boolean }> = new Map([
  ['has_key', { test: 'key', negated: false }],
  ['key_missing', { test: 'key', negated: true }],
  ['has_value', { test: 'value', negated: false }],
  ['value_missing', { test: 'value', negated: true }]
])

function fieldOf(path: string): Field {
  for (const [name, column] of Object.entries(PRIVATE_FIELDS)) if (name === path) return { column }
  return { path: path.split('.') }
}

/** What a filter's text may stand for: itself, any member of it as a JSON list, the value it is as JSON text. */
function acceptedValues(text: string): string[] {
  let parsed: JsonValue
  try {
    parsed = JSON.parse(text) as JsonValue
  } catch {
    return [text]
  }
  const members = Array.isArray(parsed) ? parsed : [parsed]
  return [text, ...members.filter((member) => typeof member !== 'object').map(String)]
}
