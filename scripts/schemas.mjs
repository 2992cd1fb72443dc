// Writes the JSON Schemas of fixtures and states to fixtures/schema, from the schemas that the program checks them with.
import { mkdirSync, writeFileSync } from 'node:fs'
import { URL } from 'node:url'
import { build } from 'esbuild'

const ROOT = new URL('..', import.meta.url)
const folder = new URL('fixtures/schema/', ROOT)
const bundled = new URL('dist/json-schemas.js', ROOT)

await build({
  absWorkingDir: ROOT.pathname,
  entryPoints: ['src/state/json-schemas.ts'],
  outfile: bundled.pathname,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external'
})
const { publishedSchemas } = await import(bundled.href)
mkdirSync(folder, { recursive: true })
for (const [file, text] of publishedSchemas()) writeFileSync(new URL(file, folder), text)
