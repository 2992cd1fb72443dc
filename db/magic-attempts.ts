import { onFirstUse, type Connection } from './connection.js'

/** How often a magic number has been tried. */
export interface MagicAttempt {
  e164: string
  tries: number
}

/** How often the magic numbers that recover have been tried. */
export class MagicAttempts {
  readonly #increment
  readonly #save
  readonly #all

  constructor(connection: Connection.Database) {
    this.#increment = onFirstUse(() =>
      connection
        .prepare<[Pick<MagicAttempt, 'e164'>], number>(
          `INSERT INTO magic_attempt (e164, tries) VALUES (@e164, 1)
           ON CONFLICT DO UPDATE SET tries = tries + 1 RETURNING tries`
        )
        .pluck()
    )
    this.#save = onFirstUse(() =>
      connection.prepare<[MagicAttempt]>('INSERT OR REPLACE INTO magic_attempt (e164, tries) VALUES (@e164, @tries)')
    )
    this.#all = onFirstUse(() =>
      connection.prepare<[], MagicAttempt>('SELECT e164, tries FROM magic_attempt ORDER BY e164')
    )
  }

  /** Counts one more try of a number and returns how many there were, this one included. */
  increment(e164: string): number {
    return Number(this.#increment().get({ e164 }))
  }

  save(attempt: MagicAttempt): void {
    this.#save().run(attempt)
  }

  /** Every number that has been tried, ascending. */
  all(): MagicAttempt[] {
    return this.#all().all()
  }
}
