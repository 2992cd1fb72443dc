// Makes one file of the program and the library with all that they need but the SQLite driver, and what starts it.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { URL } from 'node:url'
import { build } from 'esbuild'
import { collect, generated, replacing } from './ahead.mjs'
import { late } from './late.mjs'
import { loadSource } from './load-source.mjs'
import { ownMap } from './own-map.mjs'
import { packagesAsNeeded } from './packages.mjs'

const ROOT = new URL('..', import.meta.url).pathname
const OUT = join(ROOT, 'dist')
const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

/** Neither is evaluated before it is asked for. */
const ENTRY = `
exports.program = () => require('./src/main.ts')
exports.library = () => require('./src/library.ts')
`

/** Compilers that have done their work, in the place of those that the program names. */
const AHEAD = {
  ajv: `
    import { checksAhead } from './src/built/ahead.ts'
    import { checks } from 'made-ahead'
    export const Ajv = checksAhead(checks, () => require('ajv').Ajv)`,
  'fast-json-stringify': `
    import { serialisersAhead } from './src/built/ahead.ts'
    import { serialisers } from 'made-ahead'
    export default serialisersAhead(serialisers, () => require('fast-json-stringify'))`
}

/** Sources that have another form where they are built: what they read from files then stands in them. */
const BUILT_FORMS = {
  'src/assets.ts': () => `export * from './src/built/assets.ts'`,
  'src/version.ts': () => `export const VERSION = ${JSON.stringify(VERSION)}`,
  'db/migrations.ts': async () => {
    const { migrations } = await loadSource(`export * from './db/migrations.ts'`)
    return `export const migrations = () => ${JSON.stringify(migrations())}`
  }
}

const SHARED = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  // What is loaded together with compiled code has to be plain CommonJS.
  supported: { 'dynamic-import': false }
}

/** Writes the bundle and what starts it. Returns the paths of the sources that went into it. */
export async function bundle() {
  const file = join(OUT, 'emulator.cjs')
  const { metafile } = await build({
    ...SHARED,
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: 'js' },
    outfile: file,
    // What the driver finds its binary with, where the bundle has not.
    external: ['bindings'],
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    define: { 'import.meta.url': '__url' },
    banner: { js: 'const installed = require, __url = require("node:url").pathToFileURL(__filename).href;' },
    plugins: [madeAhead(generated(await collect())), replacing(AHEAD), inBuiltForm(), packagesAsNeeded(), late()]
  })
  writeFileSync(`${file}.map`, JSON.stringify(ownMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')))))
  const text = readFileSync(file)
  if (text.some((byte) => byte > 127)) throw new Error(`${file} is not in ASCII`)
  await build({
    ...SHARED,
    entryPoints: ['src/cli/start.ts'],
    outfile: join(OUT, 'oneuc-emulator.cjs'),
    define: {
      'import.meta.dirname': '__dirname',
      'process.env.BUNDLE_HASH': JSON.stringify(createHash('sha256').update(text).digest('hex').slice(0, 16))
    }
  })
  return Object.keys(metafile.inputs)
}

function madeAhead(contents) {
  return {
    name: 'made-ahead',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^made-ahead$/ }, ({ path }) => ({ path, namespace: 'made-ahead' }))
      onLoad({ filter: /./, namespace: 'made-ahead' }, () => ({ contents, resolveDir: ROOT, loader: 'js' }))
    }
  }
}

function inBuiltForm() {
  return {
    name: 'in-built-form',
    setup({ onLoad }) {
      for (const [source, built] of Object.entries(BUILT_FORMS)) {
        onLoad({ filter: new RegExp(`${join(ROOT, source).replaceAll('.', '\\.')}$`) }, async () => ({
          contents: await built(),
          resolveDir: ROOT,
          loader: 'js'
        }))
      }
    }
  }
}
