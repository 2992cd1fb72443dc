// Makes `dist`: one bundle with what starts it, the library's types, the files that are served, and legal notices.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { URL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { bundle } from './bundle.mjs'
import { notices } from './notices.mjs'
import { warmUp } from './warm-up.mjs'

const ROOT = new URL('..', import.meta.url).pathname
const OUT = join(ROOT, 'dist')
const require = createRequire(import.meta.url)
const SWAGGER = require.resolve('@fastify/swagger-ui/package.json')

/** Beside the licence, what the page of the descriptions loads (`routes/docs.ts`). */
const SERVED = ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-standalone-preset.js']

rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT)
const types = new Worker(new URL('declarations.mjs', import.meta.url), {
  workerData: { root: ROOT, folder: join(OUT, 'types') }
})
const typed = new Promise((resolve, reject) => types.once('error', reject).once('exit', resolve))
const packed = packServed()
const sources = await bundle()
writeFileSync(join(OUT, 'THIRD-PARTY.txt'), notices([...sources, SWAGGER]))
const names = Object.keys(require(join(OUT, 'emulator.cjs')).library())
writeFileSync(
  join(OUT, 'library.js'),
  `import emulator from './emulator.cjs'\nexport const { ${names.join(', ')} } = emulator.library()\n`
)
await warmUp(join(OUT, 'oneuc-emulator.cjs'))
await Promise.all([typed, packed])

/** Packed, they are the half of the package, and not most of it. */
async function packServed() {
  const pack = promisify(brotliCompress)
  mkdirSync(join(OUT, 'swagger-ui'))
  await Promise.all(
    SERVED.map(async (file) => {
      const text = await pack(readFileSync(join(dirname(SWAGGER), 'static', file)))
      writeFileSync(join(OUT, 'swagger-ui', `${file}.br`), text)
    })
  )
}
