import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Finds the root of this package, from its sources and from `dist/` alike: the nearest folder above `file`, a URL, that has a
 * package.json. Throws if there is none.
 */
export function packageRoot(file = import.meta.url): string {
  let folder = dirname(fileURLToPath(file))
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder)
    if (above === folder) throw new Error(`${fileURLToPath(file)} is no part of its package: no package.json above it`)
    folder = above
  }
  return folder
}

/** The version in package.json. */
export const VERSION = (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string })
  .version

/** Reads a file of a page, which the build copies into `dist/`: `inspector/…`, `docs-page/…` or `swagger-ui/…`. */
export function readAsset(name: string): Promise<Buffer> {
  return readFile(join(packageRoot(), 'dist', name))
}
