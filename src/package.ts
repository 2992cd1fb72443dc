import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Finds the folder of this package, which holds `fixtures/` and `db/migrations/`, for the sources and for `dist/` alike:
 * the nearest folder above `file`, a URL, with a package.json. Throws where there is none.
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
