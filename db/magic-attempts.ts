import type { Statements } from './statements.js'

/** How often a magic number has been tried. */
export interface MagicAttempt {
  e164: string
  tries: number
}

/** How often the magic numbers that recover have been tried. */
export class MagicAttempts {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** Counts one more try of a number and returns how many there were, this one included. */
  increment(e164: string): number {
    const tries = this.#statements
      .prepare<[{ e164: string }], number>(
        `INSERT INTO magic_attempt (e164, tries) VALUES (@e164, 1)
         ON CONFLICT DO UPDATE SET tries = tries + 1 RETURNING tries`
      )
      .pluck()
      .get({ e164 })
    return Number(tries)
  }

  save(attempt: MagicAttempt): void {
    this.#statements
      .prepare<[MagicAttempt]>('INSERT OR REPLACE INTO magic_attempt (e164, tries) VALUES (@e164, @tries)')
      .run(attempt)
  }

  /** Every number that has been tried, ascending. */
  all(): MagicAttempt[] {
    return this.#statements.prepare<[], MagicAttempt>('SELECT e164, tries FROM magic_attempt ORDER BY e164').all()
  }
}
