import { isEmpty, isObject, type JsonValue } from '../json.js'

/** The value at a dotted path, or undefined. Only own keys count. */
export function valueAt(document: JsonValue, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = document
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value
}

/** Makes a value comparable for a filter: scalars become text, an absent value the empty text, lists and objects null. */
export function comparableText(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? null : String(value)
}

/** Whether a value is there and not empty. */
export function isFilled(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return false
  return typeof value !== 'object' || !isEmpty(value)
}
