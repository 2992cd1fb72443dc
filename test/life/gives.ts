import type { JsonObject, JsonValue } from '../../src/json.js'
import type { Gives } from './story.js'

/** The moment at which every story begins, in Gregorian seconds. */
export const NOW = 63873921600

const UNAUTHORIZED = 'requestor is unauthorized to perform operation'

export const OK: Gives = { status: 200 }
export const CREATED: Gives = { status: 201 }

/** A success in which `data` has at least this. */
export const has = (data: JsonValue, lacks: readonly string[] = []): Gives => ({ status: 200, has: data, lacks })
export const made = (data: JsonValue, lacks: readonly string[] = []): Gives => ({ status: 201, has: data, lacks })

/** The failures that the API knows, in full. */
export const NOT_FOUND: Gives = {
  status: 404,
  message: 'bad_identifier',
  data: { message: 'bad identifier', not_found: 'The number could not be found' }
}
export const FORBIDDEN: Gives = failed(403, 'forbidden', { message: UNAUTHORIZED })
export const NO_CREATION: Gives = failed(403, 'forbidden', { cause: 'state_for_create', message: UNAUTHORIZED })
export const NO_ENTRY: Gives = { status: 403, message: 'forbidden', data: { message: 'forbidden' } }
export const NO_TOKEN: Gives = {
  status: 401,
  message: 'invalid_credentials',
  data: { message: 'invalid credentials' }
}
export const BAD_TOKEN: Gives = { status: 401, message: 'invalid credentials', data: {} }
export const NO_PATH: Gives = { status: 404, message: 'not_found', data: { message: 'not found' } }
export const NO_METHOD: Gives = {
  status: 405,
  message: 'invalid_method',
  data: { message: 'method not allowed' },
  headers: { allow: null }
}
export const NO_CHANGE: Gives = failed(400, 'no_change_required', { message: 'no change required' })

export function failed(code: number, error: string, rest: JsonObject): Gives {
  return { status: code, message: error, data: { code, error, ...rest } }
}

export function exists(e164: string): Gives {
  return failed(409, 'number_exists', { cause: e164, message: `number ${e164} already exists` })
}

/** The broken rules of a body, by path and rule. */
export function invalid(violations: Readonly<Record<string, JsonObject>>): Gives {
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
