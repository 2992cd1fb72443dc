import type { NumberRange } from '../src/numbering/number-range.js'
import type { Statements } from './statements.js'

/** What searches have returned, as ranges that neither overlap nor touch: a page of 500 is one row. */
export class Discoveries {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** Whether a search has returned the ten-digit number. */
  has(number: string): boolean {
    const before = this.#findBefore(number)
    return before !== undefined && before.last >= number
  }

  /** Saves a range, joined with those that it overlaps or continues. */
  save(range: NumberRange): void {
    const before = this.#findBefore(range.first)
    if (before !== undefined && before.last >= range.last) return
    const first = before !== undefined && after(before.last) >= range.first ? before.first : range.first
    // Ranges do not overlap, so that the last one that it meets ends last.
    const end = this.#findBefore(after(range.last))
    const last = end !== undefined && end.last > range.last ? end.last : range.last
    if (end !== undefined && end.first > first) this.#deleteBetween(first, last)
    this.#statements
      .prepare<[NumberRange]>(
        'INSERT INTO discovery (first, last) VALUES (@first, @last) ON CONFLICT DO UPDATE SET last = @last'
      )
      .run({ first, last })
  }

  /** Every range, ascending. */
  all(): NumberRange[] {
    return this.#statements.prepare<[], NumberRange>('SELECT first, last FROM discovery ORDER BY first').all()
  }

  /** The last range that begins with the number or before it. */
  #findBefore(number: string): NumberRange | undefined {
    return this.#statements
      .prepare<[{ number: string }], NumberRange>(
        'SELECT first, last FROM discovery WHERE first <= @number ORDER BY first DESC LIMIT 1'
      )
      .get({ number })
  }

  #deleteBetween(from: string, to: string): void {
    this.#statements
      .prepare<[{ from: string; to: string }]>('DELETE FROM discovery WHERE first > @from AND first <= @to')
      .run({ from, to })
  }
}

/** The ten-digit number after this one. */
function after(number: string): string {
  return String(Number(number) + 1).padStart(number.length, '0')
}
