import Connection from 'better-sqlite3'
import { migrations } from './migrations.js'

export type { Connection }

/** A database file that cannot be used, with the reason in its message. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
}

/** As SQLite calls it. */
export const IN_MEMORY = ':memory:'

/**
 * Opens `file`, or a database in memory, and applies the migrations that it lacks. Throws a DatabaseError where the file
 * cannot be opened, is no database, or comes from a newer version of this program.
 */
export function openConnection(file = IN_MEMORY): Connection.Database {
  let connection: Connection.Database | undefined
  try {
    connection = new Connection(file)
    if (file !== IN_MEMORY) {
      // A test double may lose its last moments in a power cut, but not wait for the disk on each call.
      connection.pragma('journal_mode = WAL')
      connection.pragma('synchronous = OFF')
      // In kibibytes: a process over a large file must not be much larger than one over a small file.
      connection.pragma('cache_size = -6000')
    }
    migrate(connection)
    return connection
  } catch (error) {
    connection?.close()
    throw new DatabaseError(`${file}: ${(error as Error).message}`, { cause: error })
  }
}

/** Each migration runs once, in their order; `user_version` counts them. */
function migrate(connection: Connection.Database): void {
  const texts = migrations()
  const applied = Number(connection.pragma('user_version', { simple: true }))
  if (applied > texts.length) throw new Error(`made by a newer version (${applied} migrations, ${texts.length} known)`)
  connection.transaction(() => {
    for (const text of texts.slice(applied)) connection.exec(text)
    connection.pragma(`user_version = ${texts.length}`)
  })()
}
