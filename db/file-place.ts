import { lstatSync, realpathSync, type Stats } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { codeOf, DatabaseError } from './connection.js'

/** The names that SQLite reads as no file. */
const NO_FILES: readonly string[] = ['', ':memory:']

/**
 * Resolves the links on the way to a database file, so that it has one lock under all of its names, and finds whether it is there.
 * Throws a DatabaseError for a place where no database can be.
 */
export function resolveFile(file: string): { path: string; exists: boolean } {
  if (NO_FILES.includes(file)) throw new DatabaseError(`"${file}"`, 'is no name of a file')
  const found = statusOf(file, file)
  if (found === undefined)
    return { path: join(realPath(file, dirname(file), 'its folder'), basename(file)), exists: false }
  const path = realPath(file, file, 'the file that it links to')
  assertFile(file, path)
  return { path, exists: true }
}

/** Throws a DatabaseError unless `path` is a regular file with one name. Messages call it `file`. */
export function assertFile(file: string, path: string): void {
  const status = statusOf(file, path)
  if (status === undefined) return
  if (status.isDirectory()) throw new DatabaseError(file, 'is a folder')
  if (!status.isFile()) throw new DatabaseError(file, 'is no regular file')
  // SQLite names its journal after the file: two names would be two databases in one.
  if (status.nlink > 1) throw new DatabaseError(file, 'has a second name (a hard link)')
}

function statusOf(file: string, path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    throw new DatabaseError(file, `cannot be reached (${codeOf(error)})`, { cause: error })
  }
}

function realPath(file: string, path: string, what: string): string {
  try {
    return realpathSync.native(path)
  } catch (error) {
    const code = codeOf(error)
    const reason = code === 'ENOENT' ? `${what} is not there` : `${what} cannot be reached (${code})`
    throw new DatabaseError(file, reason, { cause: error })
  }
}
