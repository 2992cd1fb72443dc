import type { JsonObject, JsonValue } from './json.js'
import { Problem } from './problems.js'

/** Rules of the schema that a value can break, as the reference implementation names them. */
export type Rule =
  | 'required'
  | 'minLength'
  | 'maxLength'
  | 'enum'
  | 'type'
  | 'pattern'
  | 'minimum'
  | 'maximum'
  | 'uniqueItems'
  | 'wrong_format'
  | 'invalid'

/** A broken rule at a place: a dotted path, list positions counted from 0. */
export interface Violation {
  path: string
  rule: Rule
  detail: JsonObject
}

/** Writes the path of a value of a body by the steps to it, `data` first and left out; a dot within a key is written `%2E`. */
export function dottedPath([, ...steps]: readonly (string | number)[]): string {
  return steps.map((step) => String(step).replaceAll('.', '%2E')).join('.')
}

export function required(path: string, property: string): Violation {
  return { path, rule: 'required', detail: { message: 'Field is required but missing', value: property } }
}

export function tooShort(path: string, value: string, target: number): Violation {
  const message = `String must be at least ${target} characters`
  return { path, rule: 'minLength', detail: { message, target, cause: value, value } }
}

export function tooLong(path: string, value: string, target: number): Violation {
  const message = `String must not be more than ${target} characters`
  return { path, rule: 'maxLength', detail: { message, target, cause: value, value } }
}

export function notInList(path: string, value: JsonValue, target: readonly string[]): Violation {
  const message = 'Value not found in enumerated list of values'
  return { path, rule: 'enum', detail: { message, target: [...target], value } }
}

export function wrongType(path: string, value: JsonValue, types: readonly string[]): Violation {
  const target = types.join(', ')
  return { path, rule: 'type', detail: { message: `Value did not match type(s): ${target}`, target, value } }
}

export function noMatch(path: string, value: string, pattern: string): Violation {
  return { path, rule: 'pattern', detail: { message: `Failed to match pattern '${pattern}'`, target: pattern, value } }
}

export function wrongFormat(path: string, value: JsonValue, format: string): Violation {
  return { path, rule: 'wrong_format', detail: { message: 'Field is not in the correct format', value, format } }
}

/** How much of a number is shown: it may be as long as a body. */
const SHOWN_CHARACTERS = 100

export function inexactNumber(path: string, literal: string): Violation {
  const value = literal.slice(0, SHOWN_CHARACTERS)
  return { path, rule: 'invalid', detail: { message: 'Number cannot be kept exactly; send it as a text', value } }
}

/** The failure of a text that would not read back as it was sent. */
export function brokenText(path: string, value: string): Violation {
  const message = 'Text has half of a surrogate pair; send whole characters'
  return { path, rule: 'invalid', detail: { message, value } }
}

/** The failure that reports all of them together: path, then rule, then detail (reference implementation, 4.x). */
export function violated(violations: readonly Violation[]): Problem {
  const byPath = new Map<string, JsonObject>()
  for (const { path, rule, detail } of violations) byPath.set(path, { ...byPath.get(path), [rule]: detail })
  return new Problem('validation_error', Object.fromEntries(byPath))
}
