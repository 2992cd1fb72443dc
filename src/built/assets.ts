import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { packageRoot } from '../package-root.js'

const unpacked = promisify(brotliDecompress)

/** A file of Swagger UI, as the build has packed it. */
export async function readAsset(name: string): Promise<Buffer> {
  return unpacked(await readFile(join(packageRoot(), 'dist', 'swagger-ui', `${name}.br`)))
}
