// Writes the JSON Schemas of fixtures and states to fixtures/schema, from the schemas that the program checks them with.
import { mkdirSync, writeFileSync } from 'node:fs'
import { URL } from 'node:url'
import { loadSource } from './load-source.mjs'

const folder = new URL('../fixtures/schema/', import.meta.url)
const { publishedSchemas } = await loadSource(`export * from './src/state/published-schemas.ts'`)
mkdirSync(folder, { recursive: true })
for (const [file, text] of publishedSchemas()) writeFileSync(new URL(file, folder), text)
