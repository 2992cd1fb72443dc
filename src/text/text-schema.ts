import { Type, type SchemaOptions } from '@sinclair/typebox'

/** Makes the schema of a text that is one of some names. */
export function oneOf<const Names extends readonly string[]>(names: Names, options: SchemaOptions = {}) {
  return Type.Unsafe<Names[number]>({ type: 'string', enum: names, ...options })
}

/** Makes the schema of a text, or of null in its place. */
export function textOrNull<Text extends string>(options: SchemaOptions = {}) {
  return Type.Unsafe<Text | null>({ type: ['string', 'null'], ...options })
}
