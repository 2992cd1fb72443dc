// Makes `dist`: the program and the library with everything that they need but the SQLite driver, the files of Swagger UI, and
// the licences of all that is in it. `declarations.mjs` adds the types of the library.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { collectNotices } from './notices.mjs'

const ROOT = dirname(import.meta.dirname)
const OUT = join(ROOT, 'dist')
const SWAGGER_UI = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')))

/** What the page of the descriptions loads of Swagger UI (`routes/docs.ts`). */
const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js']

rmSync(OUT, { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: {
    'oneuc-emulator': 'src/main.ts',
    library: 'src/library.ts',
    'testing/vitest': 'src/testing/vitest.ts',
    'testing/jest': 'src/testing/jest.ts',
    'testing/node-test': 'src/testing/node-test.ts'
  },
  outdir: OUT,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  external: ['better-sqlite3'],
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  // Packages in CommonJS load the modules of Node by `require`.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" }
})

// Jest loads its tests, and what they require, by a module system of its own, which cannot require an ES module: for it, the
// library and its `useEmulator` are one file in CommonJS. Node itself takes the ES modules in both ways (`module-sync`).
await build({
  absWorkingDir: ROOT,
  stdin: {
    contents: "export * from './src/library.ts'\nexport { useEmulator } from './src/testing/jest.ts'",
    resolveDir: ROOT
  },
  outfile: join(OUT, 'commonjs.cjs'),
  bundle: true,
  external: ['better-sqlite3'],
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" }
})

for (const page of ['inspector', 'docs-page']) cpSync(join(ROOT, 'src', page), join(OUT, page), { recursive: true })
mkdirSync(join(OUT, 'swagger-ui'))
for (const name of ASSETS) cpSync(join(SWAGGER_UI, name), join(OUT, 'swagger-ui', name))
const sources = Object.keys(metafile.inputs).map((path) => join(ROOT, path))
writeFileSync(join(OUT, 'THIRD-PARTY.txt'), collectNotices([...sources, join(SWAGGER_UI, 'package.json')]))
