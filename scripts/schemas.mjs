// Writes the JSON Schemas of fixtures and states to fixtures/schema, from the schemas that the program checks them with.
import { URL } from 'node:url'
import { mkdirSync, writeFileSync } from 'node:fs'
import { publishedSchemas } from '../dist/src/state/published-schemas.js'

const folder = new URL('../fixtures/schema/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [file, text] of publishedSchemas()) writeFileSync(new URL(file, folder), text)
