// Compiles checks and serialisers when the package is built. `collect` runs the program with compilers that note what they
// are given; `generated` writes what was noted as a module.
import { URL } from 'node:url'
import { _, Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import fastJson from 'fast-json-stringify'
import { loadSource } from './load-source.mjs'

const ROOT = new URL('..', import.meta.url).pathname

/** What the program does at the start, in each dialect: it is then that routes hand their schemas over. */
const ENTRY = `
import { createEmulator } from './src/emulator.ts'
import { DIALECT_NAMES } from './src/dialect.ts'
import { readSettings } from './src/settings.ts'
export { keyOf } from './src/built/ahead.ts'
const log = () => undefined
const logger = { level: 'silent', isLevelEnabled: () => false, child: () => logger }
for (const level of ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) logger[level] = log
export async function start() {
  for (const dialect of DIALECT_NAMES) {
    const { app, close } = await createEmulator(readSettings({ dialect }, {}), logger)
    await app().ready()
    await close()
  }
}
`

/** What stands for the compilers meanwhile. */
const COLLECTORS = {
  ajv: `
    export class Ajv {
      constructor(options) { this.options = options }
      compile(schema) { globalThis.collected.checks.push([schema, this.options]); return () => true }
      validate() { return true }
    }`,
  'fast-json-stringify': `
    export default (schema) => { globalThis.collected.serialisers.push(schema); return () => '' }`
}

/** The schemas that the program compiles when it starts, by key: checks with their options, and serialisers. */
export async function collect() {
  const collected = { checks: [], serialisers: [] }
  globalThis.collected = collected
  const { start, keyOf } = await loadSource(ENTRY, [replacing(COLLECTORS)])
  await start()
  delete globalThis.collected
  return {
    checks: new Map(collected.checks.map(([schema, options]) => [keyOf(schema, options), { schema, options }])),
    serialisers: new Map(collected.serialisers.map((schema) => [keyOf(schema), schema]))
  }
}

/** A module that exports `checks` and `serialisers` by key. */
export function generated({ checks, serialisers }) {
  const madeChecks = [...checks].map(([key, { schema, options }]) => {
    const code = { source: true, formats: _`formats` }
    const ajv = new Ajv({ ...options, code })
    return `${JSON.stringify(key)}: (formats) => { ${standalone.default(ajv, ajv.compile(schema))}; return module.exports }`
  })
  const madeSerialisers = [...serialisers].map(
    ([key, schema]) =>
      `${JSON.stringify(key)}: () => { ${fastJson(schema, { mode: 'standalone' })}; return module.exports }`
  )
  // Each is code of a CommonJS module, and becomes the body of a function.
  const bodies = [madeChecks, madeSerialisers].map((made) =>
    made.map((one) => one.replace('{ ', '{ const module = { exports: {} }; ')).join(',\n')
  )
  return `exports.checks = {${bodies[0]}}\nexports.serialisers = {${bodies[1]}}`
}

/** Puts other modules in the place of packages that the project's own files import. */
export function replacing(modules, namespace = 'in-place') {
  return {
    name: 'replacing',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[^.]/ }, ({ path, importer }) =>
        path in modules && importer.startsWith(ROOT) && !importer.includes('node_modules')
          ? { path, namespace }
          : undefined
      )
      onLoad({ filter: /./, namespace }, ({ path }) => ({ contents: modules[path], resolveDir: ROOT, loader: 'js' }))
    }
  }
}
