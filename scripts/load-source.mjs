// Runs a piece of code that imports the project's sources, without building the package.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { URL } from 'node:url'
import { build } from 'esbuild'

const ROOT = new URL('..', import.meta.url).pathname

/** What the code exports; its paths are relative to the project's folder. */
export async function loadSource(contents, plugins = []) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'js' },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    define: { 'import.meta.url': '__url' },
    plugins
  })
  const module = { exports: {} }
  const run = new Function('module', 'exports', 'require', '__url', outputFiles[0].text)
  run(module, module.exports, createRequire(join(ROOT, 'package.json')), new URL('../src/', import.meta.url).href)
  return module.exports
}
