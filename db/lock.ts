import Connection from 'better-sqlite3'

/** How long a process that is about to stop may go on holding the lock. */
const TIMEOUT_MS = 1_000

/**
 * Keeps other processes from a database file for as long as this one lives: two of them would give the same ids away and write over
 * one another. The lock is that of an empty database beside the file, which no other program opens, so that the file itself can
 * still be looked at. It goes with the process, however that ends. Returns how to unlock. Throws where another process has it.
 */
export function lockFile(file: string): () => void {
  const lock = new Connection(`${file}-lock`, { timeout: TIMEOUT_MS })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new Error(`another process uses it (${(error as Error).message})`, { cause: error })
  }
  return () => {
    lock.close()
  }
}
