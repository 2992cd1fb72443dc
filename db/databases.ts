import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../src/text/make-folder.js'
import { codeOf, DatabaseError, inspectFile } from './connection.js'
import { openCopy, openDatabase, serializeRows, type Database, type Rows } from './database.js'
import { assertFile, resolveFile } from './file-place.js'
import { lockFile } from './lock.js'
import type { OnStateChange } from './numbers.js'

const DATABASE_EXTENSION = '.db'

/** A file, and what SQLite keeps beside it. */
const COMPANIONS = ['', '-wal', '-shm']

/**
 * The databases of a process, one for each sandbox: in memory, or, with a file, that file for the default sandbox and files in the
 * folder `<file>-sandboxes` for the named ones.
 */
export interface Databases {
  /** The names for which there were files at the start. */
  names: readonly string[]
  /**
   * Opens the database of a named sandbox, or the default one; `onStateChange` hears of each number that changes its state. Throws
   * a DatabaseError.
   */
  open: (name: string | undefined, onStateChange: OnStateChange) => Database
  /** What a new database begins with, serialized. */
  initial: () => Buffer
  /**
   * Deletes the file of a named sandbox, whose database is closed. Returns whether there was one. Throws a DatabaseError where it
   * cannot be deleted.
   */
  delete: (name: string) => boolean
  /** Lets other processes use the file. */
  unlock: () => void
}

/**
 * New databases begin with `rows`. Throws a DatabaseError where `file` cannot be used, or another process uses it; it is as it was
 * then.
 */
export function createDatabases(file: string | undefined, rows: Rows): Databases {
  let serialized: Buffer | undefined
  const initial = () => (serialized ??= serializeRows(rows))
  if (file === undefined) {
    return {
      names: [],
      // A copy costs a fifth of what the migrations and the rows do.
      open: (_name, onStateChange) => openCopy(initial(), onStateChange),
      initial,
      delete: () => false,
      unlock: () => undefined
    }
  }
  const { path, exists } = resolveFile(file)
  if (exists) inspectFile(path)
  const folder = `${path}-sandboxes`
  const names = listNames(folder)
  const unlock = lockFile(path)
  const fileOf = (name: string) => join(folder, name + DATABASE_EXTENSION)
  return {
    names,
    open(name, onStateChange) {
      if (name === undefined) return openDatabase(path, rows, onStateChange)
      prepareFolder(folder)
      const place = fileOf(name)
      assertFile(place, place)
      const isNew = !existsSync(place)
      try {
        return openDatabase(place, rows, onStateChange)
      } catch (error) {
        // Half a file would be a sandbox at the next start.
        if (isNew) deleteFiles(place)
        throw error
      }
    },
    initial,
    delete: (name) => deleteFiles(fileOf(name)),
    unlock
  }
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((entry) => entry.endsWith(DATABASE_EXTENSION))
      .map((entry) => entry.slice(0, -DATABASE_EXTENSION.length))
      .sort()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return []
    throw new DatabaseError(folder, `cannot be read (${code})`, { cause: error })
  }
}

function prepareFolder(folder: string): void {
  try {
    makeFolder(folder)
  } catch (error) {
    throw new DatabaseError(folder, `the folder cannot be made (${codeOf(error)})`, { cause: error })
  }
}

function deleteFiles(place: string): boolean {
  const isThere = existsSync(place)
  for (const companion of COMPANIONS) {
    const file = place + companion
    try {
      rmSync(file, { force: true })
    } catch (error) {
      throw new DatabaseError(file, `cannot be deleted (${codeOf(error)})`, { cause: error })
    }
  }
  return isThere
}
