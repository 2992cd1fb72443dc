import type { TSchema } from '@sinclair/typebox'
import { FIXTURE_FILES, objectForm } from './fixture-schemas.js'
import { STATE } from './schema.js'

const DRAFT = 'http://json-schema.org/draft-07/schema#'

/** Returns the JSON Schemas of `fixtures/schema`, which editors use: texts by file name. */
export function publishedSchemas(): ReadonlyMap<string, string> {
  const files = Object.entries(FIXTURE_FILES).map(([name, file]): [string, string] => [
    `${name}.schema.json`,
    formatSchema(`A fixture file of oneuc-emulator: ${name}`, { anyOf: [file.schema, objectForm(file)] })
  ])
  return new Map([...files, ['state.schema.json', formatSchema('A state of oneuc-emulator, or a part of one', STATE)]])
}

function formatSchema(title: string, schema: object | TSchema): string {
  return `${JSON.stringify({ $schema: DRAFT, title, ...schema }, null, 2)}\n`
}
