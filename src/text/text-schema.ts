import { Type, type ObjectOptions, type SchemaOptions, type Static, type TSchema } from '@sinclair/typebox'

/** Makes the schema of a text that is one of some names. */
export function oneOf<const Names extends readonly string[]>(names: Names, options: SchemaOptions = {}) {
  return Type.Unsafe<Names[number]>({ type: 'string', enum: names, ...options })
}

/** Makes the schema of a text, or of null in its place. */
export function textOrNull<Text extends string>(options: SchemaOptions = {}) {
  return Type.Unsafe<Text | null>({ type: ['string', 'null'], ...options })
}

/**
 * Makes the schema of an object whose values are all of one kind, under any names. `Type.Record` would hold only those to it whose
 * names have no line break, as it writes the names as the pattern `^(.*)$`.
 */
export function mapOf<Schema extends TSchema>(values: Schema, options: ObjectOptions = {}) {
  return Type.Unsafe<Record<string, Static<Schema>>>({ type: 'object', additionalProperties: values, ...options })
}
