import type { NumberRange } from '../src/numbering/number-range.js'
import { onFirstUse, type Connection } from './connection.js'

/** What searches have returned, as ranges that neither overlap nor touch: a page of 500 is one row. */
export class Discoveries {
  readonly #findBefore
  readonly #deleteBetween
  readonly #save
  readonly #all

  constructor(connection: Connection.Database) {
    this.#findBefore = onFirstUse(() =>
      connection.prepare<[{ number: string }], NumberRange>(
        'SELECT first, last FROM discovery WHERE first <= @number ORDER BY first DESC LIMIT 1'
      )
    )
    this.#deleteBetween = onFirstUse(() =>
      connection.prepare<[{ after: string; to: string }]>('DELETE FROM discovery WHERE first > @after AND first <= @to')
    )
    this.#save = onFirstUse(() =>
      connection.prepare<[NumberRange]>(
        'INSERT INTO discovery (first, last) VALUES (@first, @last) ON CONFLICT DO UPDATE SET last = @last'
      )
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
  save(range: NumberRange): void {
    const before = this.#findBefore().get({ number: range.first })
    if (before !== undefined && before.last >= range.last) return
    const first = before !== undefined && after(before.last) >= range.first ? before.first : range.first
    // Ranges do not overlap, so that the last one that it meets ends last.
    const end = this.#findBefore().get({ number: after(range.last) })
    const last = end !== undefined && end.last > range.last ? end.last : range.last
    if (end !== undefined && end.first > first) this.#deleteBetween().run({ after: first, to: last })
    this.#save().run({ first, last })
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
