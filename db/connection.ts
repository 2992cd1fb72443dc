import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Connection from 'better-sqlite3'
import { packageRoot } from '../src/package.js'

export type { Connection }

/** A database file that cannot be used, with the reason in its message. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
}

/** The name that SQLite has for a database in memory. */
const IN_MEMORY = ':memory:'

/**
 * Bytes of a page of a database in memory. Each of the twelve tables and indexes takes at least one, so that pages of the usual size
 * (4,096) would add 90 kB to each sandbox.
 */
const MEMORY_PAGE_SIZE = 512

/** Opens a file, or a database in memory: an empty one, or the copy of one that has been serialized. */
export function openConnection(source: string | Buffer | undefined): Connection.Database {
  const connection = new Connection(source ?? IN_MEMORY)
  if (source === undefined) connection.pragma(`page_size = ${MEMORY_PAGE_SIZE}`)
  if (typeof source !== 'string') return connection
  try {
    // A test double may lose its last moments in a power cut, but must not wait for the disk on each call.
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = OFF')
    // In kibibytes: a process over a large file must not be much larger than one over a small file.
    connection.pragma('cache_size = -6000')
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/**
 * Applies the migrations that a database lacks, in their order; `user_version` counts them. `initialize` fills a database that is
 * new, in the same transaction, so that a kill does not leave an empty one. Throws where a newer version has made it.
 */
export function migrate(connection: Connection.Database, initialize: () => void): void {
  const names = readdirSync(MIGRATIONS).sort()
  connection
    .transaction(() => {
      const applied = Number(connection.pragma('user_version', { simple: true }))
      if (applied === names.length) return
      if (applied > names.length)
        throw new Error(`made by a newer version (${applied} migrations, ${names.length} known)`)
      for (const name of names.slice(applied)) connection.exec(readFileSync(join(MIGRATIONS, name), 'utf8'))
      connection.pragma(`user_version = ${names.length}`)
      if (applied === 0) initialize()
    })
    .immediate()
}

const MIGRATIONS = join(packageRoot(), 'db', 'migrations')

/**
 * Returns a function that calls `prepare` when it is first called. A sandbox runs few of its statements, and each prepared one holds
 * 4 to 8 kB.
 */
export function onFirstUse<Statement>(prepare: () => Statement): () => Statement {
  let prepared: Statement | undefined
  return () => (prepared ??= prepare())
}
