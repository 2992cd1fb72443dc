import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the SQLite driver keeps its binary. */
const BINARY = join('build', 'Release', 'better_sqlite3.node')

/**
 * The binary of the SQLite driver that code in `folder` would load, if it is of this version. The bundle has the driver's
 * own JavaScript; it may not be joined with the binary of another version.
 */
export function driverBinary(folder: string, version: string): string | undefined {
  const driver = join(folder, 'node_modules', 'better-sqlite3')
  const above = dirname(folder)
  if (!existsSync(driver)) return above === folder ? undefined : driverBinary(above, version)
  const installed = JSON.parse(readFileSync(join(driver, 'package.json'), 'utf8')) as { version: string }
  const binary = join(driver, BINARY)
  return installed.version === version && existsSync(binary) ? binary : undefined
}
