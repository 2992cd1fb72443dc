// What is changed about packages when they are bundled, so that the program starts more quickly. Tests run the packages as
// they are, and the built program too.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { URL } from 'node:url'

const ROOT = new URL('..', import.meta.url).pathname
const { version: DRIVER_VERSION } = createRequire(import.meta.url)('better-sqlite3/package.json')

/** Put in the place of packages. */
const REPLACED = {
  // Every route has its own compilers; these are loaded for those that have none.
  '@fastify/ajv-compiler': `module.exports = () => () => { throw new Error('this route has no compiler') }`,
  '@fastify/fast-json-stringify-compiler': `module.exports = () => () => { throw new Error('this route has no compiler') }`,
  // The router has its own expressions judged each time it is loaded.
  'safe-regex2': `module.exports = () => true`,
  // To find the driver takes longer than to load it.
  'better-sqlite3': `
    const { driverBinary } = require('./src/built/driver.ts')
    const nativeBinding = driverBinary(__dirname, ${JSON.stringify(DRIVER_VERSION)})
    if (nativeBinding === undefined) module.exports = installed('better-sqlite3')
    else {
      const Driver = require('better-sqlite3')
      module.exports = function (file, options) { return new Driver(file, { nativeBinding, ...options }) }
    }`
}

/** Code of the router is compiled once for each text, and not once more for each method of each path. */
const COMPILED_ONCE = `
const compiledBefore = new Map()
function compiledOnce (...texts) {
  const key = texts.join('\\n')
  if (!compiledBefore.has(key)) compiledBefore.set(key, new Function(...texts))
  return compiledBefore.get(key)
}
`

/** Most of what matches the beginning of a path is thrown away before it has matched any, when a route is added. */
const COMPILED_LATE = `${COMPILED_ONCE}
function compiledLate (...texts) {
  let compiled
  return (path, i) => (compiled ??= compiledOnce(...texts))(path, i)
}
`

/** Loggers are given to the framework ready made, and it need not load its own for that. */
const LATE_LOGGER = `
const lateLogger = {
  serializers: Object.fromEntries(['req', 'res', 'err'].map((name) =>
    [name, (value) => require('./logger-pino.js').serializers[name](value)])),
  createPinoLogger ({ logger, serializers, ...options }) {
    if (logger === undefined) return require('./logger-pino.js').createPinoLogger({ serializers, ...options })
    return logger.child({}, { serializers: { ...serializers, ...logger[Symbol.for('pino.serializers')] } })
  }
}
`

/** What is changed in files of packages: something that stands there, and what shall. */
const CHANGED = [
  {
    file: /fastify\/lib\/logger-factory\.js$/,
    stands: `require('./logger-pino.js')`,
    shall: 'lateLogger',
    before: LATE_LOGGER
  },
  {
    file: /find-my-way\/lib\/handler-storage\.js$/,
    stands: 'new Function(',
    shall: 'compiledOnce(',
    before: COMPILED_ONCE
  },
  { file: /find-my-way\/lib\/node\.js$/, stands: 'new Function(', shall: 'compiledLate(', before: COMPILED_LATE }
]

export function packagesAsNeeded() {
  return {
    name: 'packages-as-needed',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[@\w]/ }, ({ path, namespace }) =>
        path in REPLACED && namespace !== 'replaced' ? { path, namespace: 'replaced' } : undefined
      )
      onLoad({ filter: /./, namespace: 'replaced' }, ({ path }) => ({
        contents: REPLACED[path],
        resolveDir: ROOT,
        loader: 'js'
      }))
      for (const { file, stands, shall, before } of CHANGED) {
        onLoad({ filter: file }, ({ path }) => {
          const text = readFileSync(path, 'utf8')
          if (!text.includes(stands)) throw new Error(`${path} has changed: ${stands} does not stand there`)
          return { contents: before + text.replaceAll(stands, shall), loader: 'js' }
        })
      }
    }
  }
}
