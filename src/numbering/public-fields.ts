import { isEmpty, isObject, type JsonObject } from '../json.js'

/** Keys of a body that are never stored (reference implementation, `sanitize_public_fields`). */
const SYSTEM_KEYS: ReadonlySet<string> = new Set([
  'id',
  'used_by',
  'accept_charges',
  'auth_token',
  'verb',
  'carrier_name'
])

/** Keys that the system always shows its own value of, so that storing a client's would be storing nothing. */
const MASKED_KEYS: ReadonlySet<string> = new Set(['state'])

/** How deep a document may nest. Deeper ones are refused where bodies are read, so that no walk can overflow the stack. */
export const DEEPEST_DOCUMENT = 64

/** The fields of a body that are stored: system and private keys are dropped silently, since clients send back what they read. */
export function publicFields(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([key]) => isPublic(key)))
}

function isPublic(key: string): boolean {
  return !key.startsWith('_') && !key.startsWith('pvt_') && !SYSTEM_KEYS.has(key) && !MASKED_KEYS.has(key)
}

/** A document without its nulls, at any depth but not inside lists: how POST and PUT read one. */
export function withoutNulls(fields: JsonObject): JsonObject {
  const kept = Object.entries(fields).filter(([, value]) => value !== null)
  return Object.fromEntries(kept.map(([key, value]) => [key, isObject(value) ? withoutNulls(value) : value]))
}

/** PATCH: objects merge, lists and scalars replace, null deletes, an empty object replaces. */
export function merged(stored: JsonObject, change: JsonObject): JsonObject {
  const result = new Map(Object.entries(stored))
  for (const [key, value] of Object.entries(change)) {
    const before = result.get(key)
    if (value === null) result.delete(key)
    else if (!isObject(value)) result.set(key, value)
    else if (isObject(before) && !isEmpty(value)) result.set(key, merged(before, value))
    else result.set(key, withoutNulls(value))
  }
  return Object.fromEntries(result)
}
