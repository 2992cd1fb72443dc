import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from './package.js'

/** Reads a file of Swagger UI, which the build copies out of its package. */
export function readAsset(name: string): Promise<Buffer> {
  return readFile(join(packageRoot(), 'dist', 'swagger-ui', name))
}
