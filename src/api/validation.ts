import type { ErrorObject } from 'ajv'
import type { FastifySchemaCompiler } from 'fastify'
import { createErrorFinder, type FindErrors } from '../findings/schema-errors.js'
import { stepsOf, type JsonObject, type JsonValue } from '../json.js'
import {
  dottedPath,
  notInList,
  required,
  tooLong,
  tooShort,
  violated,
  wrongFormat,
  wrongType,
  type Violation
} from '../violations.js'

/** The key under which a body carries the dotted paths of its coerced fields. */
const COERCED = Symbol('coerced')

interface Coerced {
  [COERCED]?: string[]
}

/** Returns the dotted paths below `data` of the fields that had the wrong type and were read as the values that they spell. */
export function coercedPaths(body: unknown): readonly string[] {
  return (body as Coerced | undefined)?.[COERCED] ?? []
}

/**
 * Compiles the schemas of request bodies. A check reports all violations at once, of a large body the first, as the failure that the
 * client gets, after texts have been read as the booleans that they spell (reference implementation). Path parameters and query keys are
 * texts, which any value is.
 */
export function createValidatorCompiler(): FastifySchemaCompiler<object> {
  const findErrors = createErrorFinder({ formats: { email: isEmail } })
  return ({ schema, httpPart }) => {
    if (httpPart !== 'body') return () => true
    return (value: unknown) => {
      const errors = checkValue(findErrors, schema, value)
      return errors.length === 0 ? { value } : { error: violated(errors.map(violationOf)) }
    }
  }
}

/** One `@` with something on both sides. */
function isEmail(text: string): boolean {
  return /^[^@]+@[^@]+$/.test(text)
}

function checkValue(findErrors: FindErrors, schema: object, value: unknown): ErrorObject[] {
  const { errors } = findErrors(schema, value)
  const coerced = errors
    .filter((error) => coerce(value, error))
    .map(({ instancePath }) => dottedPath(stepsOf(instancePath)))
  if (coerced.length === 0) return errors
  const body = value as Coerced
  body[COERCED] = [...coercedPaths(body), ...coerced]
  return checkValue(findErrors, schema, value)
}

/** Replaces a text by the boolean that it spells, where the schema wants one. Returns whether it did. */
function coerce(value: unknown, { keyword, params, data, instancePath }: ErrorObject): boolean {
  if (keyword !== 'type') return false
  const meant = params.type === 'boolean' ? SPELLED.get(data) : undefined
  if (meant === undefined) return false
  // The schema describes objects only, so nothing else lies on the way.
  const path = stepsOf(instancePath)
  const parent = path.slice(0, -1).reduce((place, step) => place[step] as JsonObject, value as JsonObject)
  parent[String(path.at(-1))] = meant
  return true
}

/** Booleans as texts spell them. No request has integers, which the reference coerces too. */
const SPELLED: ReadonlyMap<unknown, boolean> = new Map([
  ['true', true],
  ['false', false]
])

function violationOf({ keyword, params, data, instancePath, parentSchema }: ErrorObject): Violation {
  const steps = stepsOf(instancePath)
  const path = dottedPath(steps)
  const value = data as JsonValue
  switch (keyword) {
    case 'required': {
      const property = String(params.missingProperty)
      return required(dottedPath([...steps, property]), property)
    }
    case 'minLength':
    case 'maxLength':
      return lengthViolation(path, String(data), parentSchema as LengthBounds, keyword)
    case 'enum':
      return notInList(path, value, params.allowedValues as string[])
    case 'type':
      return wrongType(path, value, String(params.type).split(','))
    // `format`: no schema of a request has any other rule.
    default:
      return wrongFormat(path, value, String(params.format))
  }
}

/** How long a text may be; none has an upper bound alone. */
interface LengthBounds {
  minLength: number
  maxLength?: number
}

/** Where a text has both bounds, the number of its bytes decides which of them is reported (reference implementation). */
function lengthViolation(path: string, text: string, bounds: LengthBounds, keyword: string): Violation {
  const { minLength, maxLength } = bounds
  if (maxLength === undefined) return tooShort(path, text, minLength)
  const isShort = keyword === 'minLength' && Buffer.byteLength(text) < minLength
  return isShort ? tooShort(path, text, minLength) : tooLong(path, text, maxLength)
}
