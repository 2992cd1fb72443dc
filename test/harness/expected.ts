/** Answers that many cases expect. */
import type { JsonObject, JsonValue } from '../../src/json.js'
import type { Expected } from './case.js'

const UNAUTHORIZED = 'requestor is unauthorized to perform operation'

export const OK: Expected = { status: 200 }
export const CREATED: Expected = { status: 201 }

/** A success in which `data` has at least this, and nothing at some JSON pointers of the body. */
export function has(data: JsonValue, absent: readonly string[] = []): Expected {
  return { status: 200, has: data, at: without(absent) }
}

export function created(data: JsonValue, absent: readonly string[] = []): Expected {
  return { ...has(data, absent), status: 201 }
}

/** For `at`: these JSON pointers lead to nothing. */
export function without(pointers: readonly string[]): Record<string, null> {
  return Object.fromEntries(pointers.map((pointer) => [pointer, null]))
}

/** The failures that the API knows, in full. */
export const NOT_FOUND: Expected = {
  status: 404,
  message: 'bad_identifier',
  data: { message: 'bad identifier', not_found: 'The number could not be found' }
}
export const FORBIDDEN: Expected = failed(403, 'forbidden', { message: UNAUTHORIZED })
export const NO_CREATION: Expected = failed(403, 'forbidden', { cause: 'state_for_create', message: UNAUTHORIZED })
export const NO_ENTRY: Expected = { status: 403, message: 'forbidden', data: { message: 'forbidden' } }
export const NO_TOKEN: Expected = {
  status: 401,
  message: 'invalid_credentials',
  data: { message: 'invalid credentials' }
}
export const BAD_TOKEN: Expected = { status: 401, message: 'invalid credentials', data: {} }
export const NO_PATH: Expected = { status: 404, message: 'not_found', data: { message: 'not found' } }
export const NO_METHOD: Expected = {
  status: 405,
  message: 'invalid_method',
  data: { message: 'method not allowed' },
  headers: { allow: null }
}
export const NO_CHANGE: Expected = failed(400, 'no_change_required', { message: 'no change required' })

export function failed(code: number, error: string, rest: JsonObject): Expected {
  return { status: code, message: error, data: { code, error, ...rest } }
}

export function exists(e164: string): Expected {
  return failed(409, 'number_exists', { cause: e164, message: `number ${e164} already exists` })
}

/** The broken rules of a body, by path and rule. */
export function invalid(violations: Readonly<Record<string, JsonObject>>): Expected {
  return { status: 400, message: 'validation error', data: violations }
}

export const required = (property: string): JsonObject => ({
  required: { message: 'Field is required but missing', value: property }
})
export const wrongType = (target: string, value: JsonValue): JsonObject => ({
  type: { message: `Value did not match type(s): ${target}`, target, value }
})
export const tooShort = (target: number, value: string): JsonObject => ({
  minLength: { message: `String must be at least ${target} characters`, target, cause: value, value }
})
export const tooLong = (target: number, value: string): JsonObject => ({
  maxLength: { message: `String must not be more than ${target} characters`, target, cause: value, value }
})
