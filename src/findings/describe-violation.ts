import type { ErrorObject } from 'ajv'
import { suggest } from '../text/nearest.js'
import { describePattern } from '../text/patterns.js'
import { plural } from '../text/plural.js'

/** The details of an error, each of which goes with its keyword. */
export interface Details {
  additionalProperty: string
  allowedValue: unknown
  allowedValues: readonly unknown[]
  limit: number
  missingProperty: string
  pattern: string
  type: JsonType | readonly JsonType[]
}

/**
 * Says what would be right where a keyword of a schema does not hold; `fields` are those that an object may have, and `title` is what
 * the schema calls its values, where the names of their types say too little.
 */
type Describe = (details: Details, fields: readonly string[], title: string | undefined) => string

/** The types of JSON Schema. */
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

/** The keywords that the schemas have (`test/state/violations.test.ts`). Ajv says them in the words of JSON Schema. */
const KEYWORD_WORDS = {
  additionalProperties: ({ additionalProperty }, fields) => `is no field here; ${suggest(additionalProperty, fields)}`,
  const: ({ allowedValue }) => `must be ${String(allowedValue)}`,
  enum: ({ allowedValues }) => `must be one of ${allowedValues.map(String).join(', ')}`,
  maximum: ({ limit }) => `must be at most ${limit}`,
  maxItems: ({ limit }) => `must have at most ${plural(limit, 'item')}`,
  maxLength: ({ limit }) => `must have at most ${plural(limit, 'character')}`,
  maxProperties: ({ limit }, fields) =>
    limit === 1 ? `must have only one of ${fields.join(', ')}` : `must have at most ${plural(limit, 'field')}`,
  minimum: ({ limit }) => `must be at least ${limit}`,
  minItems: ({ limit }) => `must have at least ${plural(limit, 'item')}`,
  minLength: ({ limit }) => `must have at least ${plural(limit, 'character')}`,
  minProperties: (_, fields) => `must have at least one of ${fields.join(', ')}`,
  pattern: ({ pattern }) => `must be ${describePattern(pattern)}`,
  required: ({ missingProperty }) => `must have the field ${missingProperty}`,
  type: ({ type }, fields, title) =>
    `must be ${title ?? listAlternatives([type].flat().map((one) => TYPE_WORDS[one]))}${fields.length === 0 ? '' : ` with ${fields.join(', ')}`}`
} satisfies Readonly<Record<string, Describe>>

/** Says what is wrong with a value, and what would be right. */
export function describeViolation(error: ErrorObject): string {
  const describe: Describe = KEYWORD_WORDS[error.keyword as keyof typeof KEYWORD_WORDS]
  const { title } = error.parentSchema as { title?: string }
  return describe(detailsOf(error), fieldsOf(error), title)
}

export function detailsOf({ params }: ErrorObject): Details {
  return params as Details
}

/** The names of the fields that an object may have. */
export function fieldsOf({ parentSchema }: ErrorObject): string[] {
  const { properties = {} } = parentSchema as { properties?: object }
  return Object.keys(properties)
}

/** `a string, a number or null` */
function listAlternatives(names: readonly string[]): string {
  return names.join(', ').replace(/, ([^,]*)$/, ' or $1')
}
