import { Ajv, type ErrorObject, type Options } from 'ajv'
import { isObject } from '../json.js'

/** A value that holds more values than this is read up to its first error: each of four million items may be wrong. */
const MANY_VALUES = 50_000

/** Finds what a schema does not allow in a value: all of it, or in a large value the first alone. */
export type FindErrors = (schema: object, value: unknown) => { errors: ErrorObject[]; areAll: boolean }

/** Makes a check that keeps the compiled schemas. A schema is compiled when its first value comes. */
export function createErrorFinder(options: Options = {}): FindErrors {
  const common = { ...options, strict: false, verbose: true, validateSchema: false }
  // A start needs none of them.
  let all: Ajv | undefined
  let first: Ajv | undefined
  return (schema, value) => {
    const areAll = !holdsMany(value)
    const ajv = areAll ? (all ??= new Ajv({ ...common, allErrors: true })) : (first ??= new Ajv(common))
    ajv.validate(schema, value)
    const errors = ajv.errors ?? []
    // The errors hold the value, which may have 32 MB.
    ajv.errors = null
    return { errors, areAll }
  }
}

/** Whether a value holds more than `MANY_VALUES`, which nest at most as deep as the limits of JSON allow. */
function holdsMany(value: unknown): boolean {
  let count = 0
  const isPast = (one: unknown): boolean => {
    count++
    if (count > MANY_VALUES) return true
    if (Array.isArray(one)) return one.some(isPast)
    return isObject(one) && Object.keys(one).some((key) => isPast(one[key]))
  }
  return isPast(value)
}
