import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../src/package.js'

/** The texts of the migrations, in the order of the numbers that their names begin with. What is built has them in itself. */
export function migrations(): readonly string[] {
  const folder = join(packageRoot(), 'db', 'migrations')
  return readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}
