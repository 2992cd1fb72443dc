import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder of this package: where `fixtures/` and `db/migrations/` lie, whether the code runs from the sources or from
 * `dist/`. Found by walking up from `file`, a URL, to the package.json. Throws where there is none.
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
