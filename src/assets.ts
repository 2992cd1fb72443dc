import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A file of Swagger UI, out of its package. What is built has its own copies (`src/built/assets.ts`). */
export function readAsset(name: string): Promise<Buffer> {
  const manifest = createRequire(import.meta.url).resolve('@fastify/swagger-ui/package.json')
  return readFile(join(dirname(manifest), 'static', name))
}
