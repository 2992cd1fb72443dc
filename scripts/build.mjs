// Makes `dist`: the program and the library with everything that they need but the SQLite driver, the library's types, the
// files of Swagger UI, and the licences of what is in them.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { URL } from 'node:url'
import { build } from 'esbuild'
import { writeTypes } from './declarations.mjs'
import { notices } from './notices.mjs'

const ROOT = new URL('..', import.meta.url).pathname
const OUT = join(ROOT, 'dist')
const SWAGGER = createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')

/** What the page of the descriptions loads (`routes/docs.ts`). */
const SERVED = ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-standalone-preset.js']

rmSync(OUT, { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: { 'oneuc-emulator': 'src/main.ts', library: 'src/library.ts' },
  outdir: OUT,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  external: ['better-sqlite3'],
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minifyWhitespace: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  // Packages in CommonJS ask for Node's own modules by `require`.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" }
})
mkdirSync(join(OUT, 'swagger-ui'))
for (const file of SERVED) copyFileSync(join(dirname(SWAGGER), file), join(OUT, 'swagger-ui', file))
writeFileSync(join(OUT, 'THIRD-PARTY.txt'), notices([...Object.keys(metafile.inputs), SWAGGER]))
writeTypes(ROOT, join(OUT, 'types'))
