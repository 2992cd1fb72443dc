import { types } from 'node:util'
import { isObject } from '../json.js'
import { UsageError } from '../settings.js'
import { shorten } from './shorten.js'

/** The longest text of a value that a message repeats. */
const MAX_SHOWN_OPTION = 80

/** Throws a UsageError for what a function cannot read as its options, such as a number, a list or null. */
export function assertOptions(call: string, options: unknown): asserts options is object {
  if (!isObject(options)) throw new UsageError(`${call}: ${describeValue(options)} is no object with options`)
}

/** Writes a value for a message: a text in quotes, and no more than the kind of an object. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (types.isDate(value)) return `the Date ${String(value)}`
  if (types.isPromise(value)) return 'a Promise'
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'object' && value !== null) return 'an object'
  return shorten(typeof value === 'string' ? JSON.stringify(value) : String(value), MAX_SHOWN_OPTION)
}
