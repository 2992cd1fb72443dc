import Connection from 'better-sqlite3'

/** The SQLite driver cannot be loaded. The message says how to build it. */
export class DriverError extends Error {
  override readonly name = 'DriverError'
}

/** Opens a database in memory with the driver. */
function openInMemory(): void {
  new Connection(':memory:').close()
}

/**
 * Throws a DriverError where the binary of the driver is missing or was built for another Node: package managers leave its script
 * out under `--ignore-scripts`, and pnpm does without being asked.
 */
export function assertDriver(open: () => void = openInMemory): void {
  try {
    open()
  } catch (error) {
    throw new DriverError(
      'the SQLite driver has no binary for this version of Node: run npm rebuild better-sqlite3 --ignore-scripts=false, or with pnpm: pnpm approve-builds',
      { cause: error }
    )
  }
}
