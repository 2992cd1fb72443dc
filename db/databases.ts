import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseError } from './connection.js'
import { openCopy, openDatabase, type Database, type Rows } from './database.js'
import { lockFile } from './lock.js'
import type { OnStateChange } from './numbers.js'

const EXTENSION = '.db'

/** What SQLite and the lock keep beside a file. */
const COMPANIONS = ['', '-wal', '-shm']

/**
 * The databases of a process, one for each sandbox: in memory, or, with a file, that file for the default sandbox and files in the
 * folder `<file>-sandboxes` for the named ones.
 */
export interface Databases {
  /** The names for which there are files. */
  names: () => string[]
  /** Opens the database of a named sandbox, or the default one; `onStateChange` hears of each number that changes its state. */
  open: (name: string | undefined, onStateChange: OnStateChange) => Database
  /** Deletes the file of a named sandbox, whose database is closed. */
  delete: (name: string) => void
  /** Lets other processes use the file. */
  unlock: () => void
}

/** New databases begin with `rows`. Throws a DatabaseError where `file` cannot be used, or another process uses it. */
export function createDatabases(file: string | undefined, rows: Rows): Databases {
  if (file === undefined) {
    // A copy costs a fifth of what the migrations and the rows do.
    const template = serialize(rows)
    return {
      names: () => [],
      open: (_name, onStateChange) => openCopy(template, onStateChange),
      delete: () => undefined,
      unlock: () => undefined
    }
  }
  // Whether the file can be used is found out first, so that no lock is left beside one that cannot.
  openDatabase(file, rows).close()
  const unlock = lockedFile(file)
  const folder = `${file}-sandboxes`
  const fileOf = (name: string) => join(folder, name + EXTENSION)
  return {
    names: () =>
      (existsSync(folder) ? readdirSync(folder) : [])
        .filter((entry) => entry.endsWith(EXTENSION))
        .map((entry) => entry.slice(0, -EXTENSION.length))
        .sort(),
    open(name, onStateChange) {
      if (name !== undefined) mkdirSync(folder, { recursive: true })
      return openDatabase(name === undefined ? file : fileOf(name), rows, onStateChange)
    },
    delete(name) {
      for (const companion of COMPANIONS) rmSync(fileOf(name) + companion, { force: true })
    },
    unlock
  }
}

function serialize(rows: Rows): Buffer {
  const database = openDatabase(undefined, rows)
  const bytes = database.serialize()
  database.close()
  return bytes
}

function lockedFile(file: string): () => void {
  try {
    return lockFile(file)
  } catch (error) {
    throw new DatabaseError(`${file}: ${(error as Error).message}`, { cause: error })
  }
}
