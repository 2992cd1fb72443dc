import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Connection from 'better-sqlite3'
import { packageRoot } from '../src/package.js'

export type { Connection }

/** A database file that cannot be used. The message names the file and the reason. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  /** The reason alone, which tells nothing of the machine. */
  readonly reason: string

  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file}: ${reason}`, options)
    this.reason = reason
  }
}

/** Tells whether an error says that a database cannot be written: its disk is full, or fails. */
export function isWriteFailure(error: unknown): boolean {
  return error instanceof Connection.SqliteError && /^SQLITE_(?:FULL|IOERR)/.test(error.code)
}

/** The code of an error of the file system, such as ENOENT. Its message would name paths. */
export function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code)
}

/** The name that SQLite has for a database in memory. */
const IN_MEMORY = ':memory:'

/**
 * Bytes of a page of a database in memory. Each of the twelve tables and indexes takes at least one, so that pages of the usual size
 * (4,096) would add 90 kB to each sandbox.
 */
const MEMORY_PAGE_SIZE = 512

/** Kibibytes of pages that a database in memory holds twice: SQLite's own default is 16,000 for each of them. */
const MEMORY_CACHE_KIBIBYTES = 500

/** Says in the header of a file which program it belongs to ("1euc"). */
const APPLICATION_ID = 0x31_65_75_63

/** Opens a file, or a database in memory: an empty one, or the copy of one that has been serialized. */
export function openConnection(source: string | Buffer | undefined): Connection.Database {
  const connection = new Connection(source ?? IN_MEMORY)
  if (source === undefined) connection.pragma(`page_size = ${MEMORY_PAGE_SIZE}`)
  if (typeof source !== 'string') {
    connection.pragma(`cache_size = -${MEMORY_CACHE_KIBIBYTES}`)
    return connection
  }
  try {
    // Nothing is changed in a file of another program, not even its journal mode.
    assertOwn(connection)
    // A test double may lose its last moments in a power cut, but must not wait for the disk on each call.
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = OFF')
    // In kibibytes: a process over a large file must not be much larger than one over a small file.
    connection.pragma('cache_size = -6000')
    // Reads every page (100 ms for 200,000 numbers), so that a damaged file is refused at once instead of failing later.
    const damage = connection.pragma('quick_check(1)', { simple: true })
    if (damage !== 'ok') throw new Error(`database disk image is malformed (${firstLine(String(damage))})`)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Throws where a file holds what another program, or a newer version of this one, has made. Changes nothing. */
function assertOwn(connection: Connection.Database): void {
  const id = Number(connection.pragma('application_id', { simple: true }))
  const tables = connection.prepare<[], number>('SELECT COUNT(*) FROM sqlite_schema').pluck().get()
  if (id !== APPLICATION_ID && (id !== 0 || tables !== 0)) {
    throw new Error(`belongs to another program (application_id ${id} instead of ${APPLICATION_ID})`)
  }
  const applied = appliedMigrations(connection)
  const known = migrationNames().length
  if (applied > known) throw new Error(`made by a newer version (${applied} migrations, ${known} known)`)
}

/** Throws a DatabaseError where an existing file is none of this program's. Changes nothing. */
export function inspectFile(file: string): void {
  let connection: Connection.Database | undefined
  try {
    connection = new Connection(file, { fileMustExist: true })
    assertOwn(connection)
  } catch (error) {
    throw new DatabaseError(file, (error as Error).message, { cause: error })
  } finally {
    connection?.close()
  }
}

/**
 * Applies the migrations that a database lacks, in their order; `user_version` counts them. `initialize` fills a database that is
 * new, in the same transaction, so that a kill does not leave an empty one.
 */
export function migrate(connection: Connection.Database, initialize: () => void): void {
  const names = migrationNames()
  connection
    .transaction(() => {
      const applied = appliedMigrations(connection)
      if (applied === names.length) return
      for (const name of names.slice(applied)) connection.exec(readFileSync(join(MIGRATIONS, name), 'utf8'))
      connection.pragma(`application_id = ${APPLICATION_ID}`)
      connection.pragma(`user_version = ${names.length}`)
      if (applied === 0) initialize()
    })
    .immediate()
}

const MIGRATIONS = join(packageRoot(), 'db', 'migrations')

function migrationNames(): string[] {
  return readdirSync(MIGRATIONS).sort()
}

function appliedMigrations(connection: Connection.Database): number {
  return Number(connection.pragma('user_version', { simple: true }))
}

function firstLine(text: string): string {
  return text.replace(/\n.*$/s, '')
}
