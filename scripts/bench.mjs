// Builds the benchmark and the campaign into `dist/bench`. The packages stay outside: the server that it compares with is a plain one.
import { URL } from 'node:url'
import { build } from 'esbuild'

await build({
  absWorkingDir: new URL('..', import.meta.url).pathname,
  entryPoints: ['bench/main.ts', 'bench/bare-server.ts', 'bench/campaign/main.ts'],
  outdir: 'dist/bench',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external'
})
