/** One isolated set of rows: what a sandbox holds between two resets. */
export interface World {
  /** Rows of this world. */
  readonly id: number
  /** Rows that show through where this world has none of its own. */
  readonly base: number
}

/** Never holds a row: the base of a world that starts empty. */
export const EMPTY_WORLD = 0
/** The rows of the fixtures. */
export const FIXTURE_WORLD = 1
/** Where the worlds of sandboxes begin. */
export const FIRST_WORLD = 2

/**
 * The rows that a world shows of a table: its own, and those of its base that it has none for under the same key.
 * Question marks: the world, the base, the world.
 */
export function shownThrough(table: string, key: string, columns: string): string {
  const shown = [key, columns].join(', ')
  return `SELECT ${shown} FROM ${table} WHERE world = ?
    UNION ALL
    SELECT ${shown} FROM ${table} AS below WHERE world = ?
    AND NOT EXISTS (SELECT 1 FROM ${table} AS own WHERE own.world = ? AND own.${key} = below.${key})`
}
