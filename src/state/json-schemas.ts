import { Type, type TObject, type TSchema } from '@sinclair/typebox'
import { CITY_ALIAS, POINT, STREET } from '../e911/street-schema.js'
import { NEW_FAULT_RULE } from '../sandbox/fault-rule.js'
import { FIXTURE_FILES, objectForm, SCHEMA_OF_EDITORS } from './fixture-schemas.js'
import { STATE } from './schema.js'

const DRAFT = 'http://json-schema.org/draft-07/schema#'

/** Returns the JSON Schemas of `fixtures/schema`, which editors use: texts by file name. */
export function publishedSchemas(): ReadonlyMap<string, string> {
  const schemas: Record<string, [title: string, schema: TSchema | { anyOf: readonly TSchema[] }]> = {
    state: ['A state of oneuc-emulator, or a part of one; also a seed', STATE],
    faults: ['A fault rule of oneuc-emulator, or a list of them', { anyOf: [NEW_FAULT_RULE, FAULT_LIST] }],
    streets: ['A fixture file of oneuc-emulator: streets', STREETS]
  }
  for (const [name, file] of Object.entries(FIXTURE_FILES)) {
    schemas[name] = [`A fixture file of oneuc-emulator: ${name}`, { anyOf: [file.schema, objectForm(file)] }]
  }
  return new Map(
    Object.entries(schemas).map(([name, [title, schema]]) => [
      `${name}.schema.json`,
      `${JSON.stringify({ $schema: DRAFT, title, ...schema }, null, 2)}\n`
    ])
  )
}

/** The body of `PUT /__admin/faults`. */
const FAULT_LIST = Type.Object(
  { faults: Type.Array(NEW_FAULT_RULE, { description: 'The rules; the first that fits a request counts' }) },
  { additionalProperties: false }
)

/** The form of `streets.json`. Its rules between rows are no part of it (`checkStreets`). */
const STREETS = Type.Object({
  $schema: Type.Optional(SCHEMA_OF_EDITORS),
  replace: Type.Optional(
    Type.Boolean({ description: 'Whether the streets replace the built-in ones, but for that of the document' })
  ),
  streets: Type.Array(forEditors(STREET), { description: 'Stretches of streets' }),
  points: Type.Optional(Type.Array(forEditors(POINT), { description: 'Addresses that are known one by one' })),
  city_aliases: Type.Optional(Type.Array(forEditors(CITY_ALIAS), { description: 'Other names of postal cities' }))
})

/** Puts in words what our own formats check, since no editor knows them. */
function forEditors({ properties, ...schema }: TObject): TSchema {
  const fields = Object.entries(properties).map(([name, { format, expected, description, ...field }]) => [
    name,
    { ...field, description: `${String(description)}: ${String(expected)}` }
  ])
  return { ...schema, properties: Object.fromEntries(fields) as TObject['properties'] }
}
