// Lets a bundle load some modules when one of their functions is called first, and not at the start.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { URL } from 'node:url'

const ROOT = new URL('..', import.meta.url).pathname

/** Sources that the first request needs nothing of; they export functions and nothing else. */
const SOURCES = [
  'src/app.ts',
  'src/cli/healthcheck.ts',
  'src/cli/stderr-logger.ts',
  'src/contract/report.ts',
  'src/e911/match.ts',
  'src/e911/permissive.ts',
  'src/e911/street-fixture.ts',
  'src/http/http-server.ts',
  'src/schema-findings.ts',
  'src/state/export-state.ts',
  'src/state/put-numbers.ts'
]

/** Modules of Node and packages, and the functions of them that are called. */
const MODULES = {
  '@fastify/proxy-addr': ['all', 'compile'],
  'node:dns': ['lookup'],
  'node:http2': ['createServer', 'createSecureServer'],
  'node:https': ['createServer'],
  'node:v8': ['setFlagsFromString'],
  'node:zlib': ['brotliDecompress', 'crc32'],
  semver: ['coerce', 'gt', 'satisfies']
}

export function late() {
  const sources = SOURCES.map((source) => join(ROOT, source))
  return {
    name: 'late',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./ }, async ({ path, namespace, importer, resolveDir, kind }) => {
        if (namespace === 'late') return undefined
        if (path in MODULES && !importer.includes('/semver/')) return { path, namespace: 'late' }
        if (!path.startsWith('.') || kind !== 'import-statement') return undefined
        const source = join(resolveDir, path).replace(/\.js$/, '.ts')
        return sources.includes(source) ? { path: source, namespace: 'late' } : undefined
      })
      onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
        contents: path in MODULES ? lateModule(path) : lateSource(path),
        resolveDir: ROOT,
        loader: 'js'
      }))
    }
  }
}

function lateModule(path) {
  const calls = MODULES[path].map((name) => `exports.${name} = (...given) => require('${path}').${name}(...given)`)
  return calls.join('\n')
}

function lateSource(path) {
  const exported = [...readFileSync(path, 'utf8').matchAll(/^export (?!type |interface )(?:async )?(\w+) (\w+)/gm)]
  const calls = exported.map(([, kind, name]) => {
    if (kind !== 'function') throw new Error(`${path} exports ${name}, which is no function`)
    return `export const ${name} = (...given) => require(${JSON.stringify(path)}).${name}(...given)`
  })
  return calls.join('\n')
}
