import Connection, { type SqliteError } from 'better-sqlite3'
import { DatabaseError } from './connection.js'

/** How long a process that is about to stop may go on holding the lock. */
const LOCK_TIMEOUT_MS = 1_000

/**
 * Keeps other processes from a database file for as long as this one lives: two of them would give the same ids away and write over
 * one another. The lock is that of an empty database beside the file, which no other program opens, so that the file itself can
 * still be looked at. It goes with the process, however that ends. Returns how to unlock. Throws a DatabaseError where another
 * process has it, or where there can be no lock.
 */
export function lockFile(file: string): () => void {
  let lock: Connection.Database | undefined
  try {
    lock = new Connection(`${file}-lock`, { timeout: LOCK_TIMEOUT_MS })
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock?.close()
    const { code, message } = error as InstanceType<typeof SqliteError>
    const reason = code === 'SQLITE_BUSY' ? 'another process uses it' : 'no file can be written beside it'
    throw new DatabaseError(file, `${reason} (${message})`, { cause: error })
  }
  return lock.close.bind(lock)
}
