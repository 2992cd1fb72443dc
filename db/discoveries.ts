import type { NumberRange } from '../src/numbering/number-range.js'
import { onFirstUse, type Connection } from './connection.js'

/** What searches have returned, as ranges that neither overlap nor touch: a page of 500 is one row. */
export class Discoveries {
  readonly #findBefore
  readonly #deleteFrom
  readonly #insert
  readonly #all

  constructor(connection: Connection.Database) {
    this.#findBefore = onFirstUse(() =>
      connection.prepare<[{ number: string }], NumberRange>(
        'SELECT first, last FROM discovery WHERE first <= @number ORDER BY first DESC LIMIT 1'
      )
    )
    this.#deleteFrom = onFirstUse(() =>
      connection.prepare<[{ from: string; to: string }], NumberRange>(
        'DELETE FROM discovery WHERE first >= @from AND first <= @to RETURNING first, last'
      )
    )
    this.#insert = onFirstUse(() =>
      connection.prepare<[NumberRange]>('INSERT INTO discovery (first, last) VALUES (@first, @last)')
    )
    this.#all = onFirstUse(() =>
      connection.prepare<[], NumberRange>('SELECT first, last FROM discovery ORDER BY first')
    )
  }

  /** Whether a search has returned the ten-digit number. */
  has(number: string): boolean {
    const before = this.#findBefore().get({ number })
    return before !== undefined && before.last >= number
  }

  /** Saves a range, joined with those that it overlaps or continues. */
  save({ first, last }: NumberRange): void {
    const before = this.#findBefore().get({ number: first })
    if (before !== undefined && before.last >= last) return
    const joins = before !== undefined && after(before.last) >= first
    const joined = this.#deleteFrom().all({ from: joins ? before.first : first, to: after(last) })
    this.#insert().run({
      first: joins ? before.first : first,
      last: joined.reduce((end, range) => (range.last > end ? range.last : end), last)
    })
  }

  /** Every range, ascending. */
  all(): NumberRange[] {
    return this.#all().all()
  }
}

/** The ten-digit number after this one. */
function after(number: string): string {
  return String(Number(number) + 1).padStart(number.length, '0')
}
