import type { ErrorObject } from 'ajv'
import type { TSchema } from '@sinclair/typebox'
import { escapePointer } from '../json.js'
import { findNearest, suggest } from '../text/nearest.js'
import { describePattern } from '../text/patterns.js'
import type { Finding } from './finding.js'
import { createErrorFinder } from './schema-errors.js'

/** What a schema does not allow. */
export interface SchemaFinding extends Finding {
  /** Pointers to the values that are wrong or missing, first its own: no check of meaning may rest on them. */
  doubts: readonly string[]
}

/** It keeps the compiled schemas: tests import states again and again. */
const findErrors = createErrorFinder()

/** A document with so many faults is read no further: each of its 16 million rows may be wrong. */
export const ENOUGH = 1_000

/** Finds what `schema` does not allow in `content`, one finding for each place and each field that is missing. */
export function schemaFindings(schema: TSchema, content: unknown): SchemaFinding[] {
  const { errors, areAll } = findErrors(schema, content)
  const findings = new Map<string, SchemaFinding>()
  for (const error of errors) {
    const finding = toFinding(error)
    const place = missingField(error) ?? finding.at
    // The parts of a condition say what is wrong.
    if (error.keyword === 'if' || findings.has(place)) continue
    const isLast = !areAll || findings.size === ENOUGH - 1
    findings.set(place, isLast ? { ...finding, doubts: [''] } : finding)
    if (isLast) break
  }
  // A misspelt field explains one that seems to be missing.
  for (const { doubts } of findings.values()) for (const meant of doubts.slice(1)) findings.delete(meant)
  return [...findings.values()]
}

function toFinding(error: ErrorObject): SchemaFinding {
  const { instancePath: at, keyword } = error
  const message = describeViolation(error)
  const missing = missingField(error)
  if (missing !== undefined) return { at, message, doubts: [missing] }
  // What an object lacks does not make its fields wrong.
  if (keyword === 'minProperties') return { at, message, doubts: [] }
  if (keyword !== 'additionalProperties') return { at, message, doubts: [at] }
  const unknown = `${at}/${escapePointer(detailsOf(error).additionalProperty)}`
  return { at: unknown, message, doubts: [unknown, ...meantBy(error)] }
}

/** Says what is wrong, and what would be right. */
function describeViolation(error: ErrorObject): string {
  const { keyword, message } = error
  const { additionalProperty, allowedValue, allowedValues, limit, missingProperty, pattern, type } = detailsOf(error)
  const fields = fieldsOf(error)
  switch (keyword) {
    case 'additionalProperties':
      return `is no field here; ${suggest(additionalProperty, fields)}`
    case 'const':
      return `must be ${String(allowedValue)}`
    case 'enum':
      return `must be one of ${allowedValues.map(String).join(', ')}`
    case 'pattern':
      return `must be ${describePattern(pattern)}`
    case 'minProperties':
      return `must have at least one of ${fields.join(', ')}`
    case 'maxProperties':
      return limit === 1 ? `must have only one of ${fields.join(', ')}` : `must have at most ${limit} fields`
    case 'minimum':
      return `must be at least ${limit}`
    case 'maximum':
      return `must be at most ${limit}`
    case 'minLength':
    case 'minItems':
      return `must have at least ${limit} ${ITEMS[keyword]}`
    case 'maxLength':
    case 'maxItems':
      return `must have at most ${limit} ${ITEMS[keyword]}`
    case 'type':
      return `must be ${describeTypes(type)}` + (fields.length === 0 ? '' : ` with ${fields.join(', ')}`)
    case 'required':
      return `must have the field ${missingProperty}`
    default:
      return String(message)
  }
}

/** The details of an error, each of which goes with its keyword. */
interface Details {
  additionalProperty: string
  allowedValue: unknown
  allowedValues: readonly unknown[]
  limit: number
  missingProperty: string
  pattern: string
  type: JsonType | readonly JsonType[]
}

/** What the limits of a length count. */
const ITEMS = { minLength: 'characters', maxLength: 'characters', minItems: 'items', maxItems: 'items' }

/** The types of JSON Schema in words. */
const TYPE_WORDS = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a string'
}
type JsonType = keyof typeof TYPE_WORDS

function describeTypes(type: JsonType | readonly JsonType[]): string {
  return [type]
    .flat()
    .map((one) => TYPE_WORDS[one])
    .join(' or ')
}

function detailsOf({ params }: ErrorObject): Details {
  return params as Details
}

/** The names of the fields that an object may have. */
function fieldsOf({ parentSchema }: ErrorObject): string[] {
  const { properties = {} } = parentSchema as { properties?: object }
  return Object.keys(properties)
}

/** A pointer to a field that has to be there. */
function missingField(error: ErrorObject): string | undefined {
  if (error.keyword !== 'required') return undefined
  return `${error.instancePath}/${escapePointer(detailsOf(error).missingProperty)}`
}

/** A pointer to the field that is meant by an unknown one, if one that is not there is near. */
function meantBy(error: ErrorObject): string[] {
  const nearest = findNearest(detailsOf(error).additionalProperty, fieldsOf(error))
  if (nearest === undefined || Object.hasOwn(error.data as object, nearest)) return []
  return [`${error.instancePath}/${escapePointer(nearest)}`]
}
