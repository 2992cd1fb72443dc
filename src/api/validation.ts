import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { FastifySchemaCompiler } from 'fastify'
import type { JsonObject, JsonValue } from '../json.js'
import { Coercions } from './coercions.js'
import {
  notInList,
  required,
  tooLong,
  tooShort,
  violated,
  wrongFormat,
  wrongType,
  type Violation
} from '../violations.js'

/** How deep an error's place lies below the body: `/data/…`. */
const ENVELOPE_DEPTH = 1

/**
 * Compiles the schemas that check requests. What a check reports is the failure that the client gets: all violations at
 * once, after texts have been read as the booleans and integers that they spell (reference implementation).
 */
export function createValidatorCompiler(repairs = new Coercions()): FastifySchemaCompiler<object> {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    formats: { email: isEmail }
  })
  return ({ schema }) => {
    const validate = ajv.compile(schema)
    return (value: unknown) => {
      const errors = check(validate, value, repairs)
      return errors.length === 0 ? { value } : { error: violated(errors.map(violationOf)) }
    }
  }
}

/** One `@` with something on both sides. */
function isEmail(text: string): boolean {
  return /^[^@]+@[^@]+$/.test(text)
}

function check(validate: ValidateFunction, value: unknown, repairs: Coercions): ErrorObject[] {
  validate(value)
  const errors = validate.errors ?? []
  const repaired = errors.filter((error) => repair(value, error))
  for (const { instancePath } of repaired) repairs.note(value, dotted(placeOf(instancePath)))
  return repaired.length > 0 ? check(validate, value, repairs) : errors
}

/** Puts the boolean or integer in its place that a text or a fraction there spells. Returns whether it did. */
function repair(value: unknown, { keyword, params, data, instancePath }: ErrorObject): boolean {
  if (keyword !== 'type') return false
  const meant = params.type === 'boolean' ? SPELLED.get(data) : undefined
  if (meant === undefined) return false
  // What has been read as far as this place has nothing but objects on the way to it.
  const path = placeOf(instancePath)
  const parent = path.slice(0, -1).reduce((place, step) => place[step] as JsonObject, value as JsonObject)
  parent[String(path.at(-1))] = meant
  return true
}

/** Booleans as texts spell them. No request has integers, which the reference repairs too. */
const SPELLED: ReadonlyMap<unknown, boolean> = new Map([
  ['true', true],
  ['false', false]
])

function placeOf(instancePath: string): string[] {
  return instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A dotted path below `data`; a dot within a key is written `%2E`. */
function dotted(steps: readonly string[]): string {
  return steps
    .slice(ENVELOPE_DEPTH)
    .map((step) => step.replaceAll('.', '%2E'))
    .join('.')
}

function violationOf({ keyword, params, data, instancePath, parentSchema }: ErrorObject): Violation {
  const steps = placeOf(instancePath)
  const path = dotted(steps)
  const value = data as JsonValue
  switch (keyword) {
    case 'required': {
      const property = String(params.missingProperty)
      return required(dotted([...steps, property]), property)
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
