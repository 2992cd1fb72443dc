import type Connection from 'better-sqlite3'
import { shownThrough, type World } from './world.js'
import type { Writes } from './writes.js'

/** How often a magic number has been tried. */
export interface MagicAttempt {
  e164: string
  tries: number
}

export class MagicAttemptStatements {
  readonly add
  readonly put
  readonly everything

  constructor(connection: Connection.Database) {
    this.add = connection
      .prepare<[number, string, number, string], number>(
        `INSERT INTO attempt (world, e164, tries)
         VALUES (?, ?, 1 + COALESCE((SELECT tries FROM attempt WHERE world = ? AND e164 = ?), 0))
         ON CONFLICT DO UPDATE SET tries = tries + 1 RETURNING tries`
      )
      .pluck()
    this.put = connection.prepare<[number, string, number]>(
      'INSERT OR REPLACE INTO attempt (world, e164, tries) VALUES (?, ?, ?)'
    )
    this.everything = connection.prepare<number[], MagicAttempt>(
      `${shownThrough('attempt', 'e164', 'tries')} ORDER BY e164`
    )
  }
}

/** How often a magic number that recovers has been tried. */
export class MagicAttempts {
  readonly #sql: MagicAttemptStatements
  readonly #world: World
  readonly #writes: Writes

  constructor(sql: MagicAttemptStatements, world: World, writes: Writes) {
    this.#sql = sql
    this.#world = world
    this.#writes = writes
  }

  /** Counts one more try of a number and returns how many there were, this one included. */
  next(e164: string): number {
    this.#writes.begin()
    return Number(this.#sql.add.get(this.#world.id, e164, this.#world.base, e164))
  }

  /** Says how often a number has been tried. */
  put({ e164, tries }: MagicAttempt): void {
    this.#writes.begin()
    this.#sql.put.run(this.#world.id, e164, tries)
  }

  /** Every number that has been tried, ascending. */
  everything(): MagicAttempt[] {
    const { id, base } = this.#world
    return this.#sql.everything.all(id, base, id)
  }
}
