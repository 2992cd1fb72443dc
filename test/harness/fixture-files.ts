import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/package.js'

/** A fixture file of the package as it is, unchecked. */
export function readFixture(file: string): unknown {
  return JSON.parse(readFileSync(join(packageRoot(), 'fixtures', file), 'utf8'))
}
