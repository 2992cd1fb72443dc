import type { Statements } from './statements.js'

/** The exchange (NPA-NXX) in which an available number lies, and how many lie in the exchanges before it. */
interface ExchangePosition {
  exchange: string
  before: number
}

/** National digits that begin with a prefix: from it, and below it with the character after 9. */
interface PrefixRange {
  from: string
  to: string
}

/** How many numbers of each exchange have a record, and how many of those are available; triggers keep the counts. */
export class ExchangeCounts {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /**
   * How many numbers have a record, by exchange, in the exchanges that begin with `prefix` (up to six digits). One row of JSON costs a
   * third of what eight hundred rows do.
   */
  recorded(prefix: string): Record<string, number> {
    const counts = this.#statements
      .prepare<[PrefixRange], string>(
        `SELECT json_group_object(exchange, recorded) FROM exchange_count
         WHERE exchange >= @from AND exchange < @to AND recorded > 0`
      )
      .pluck()
      .get(exchangeRange(prefix))
    return JSON.parse(String(counts)) as Record<string, number>
  }

  /** How many numbers are available in the exchanges that begin with `prefix` (up to six digits). */
  countAvailable(prefix: string): number {
    const count = this.#statements
      .prepare<[PrefixRange], number | null>(
        'SELECT SUM(available) FROM exchange_count WHERE exchange >= @from AND exchange < @to'
      )
      .pluck()
      .get(exchangeRange(prefix))
    return count ?? 0
  }

  /** Where the available number after `skip` others lies; undefined where there are no more than `skip`. */
  findAvailable(prefix: string, skip: number): ExchangePosition | undefined {
    return this.#statements
      .prepare<[PrefixRange & { skip: number }], ExchangePosition>(
        `SELECT exchange, before FROM
           (SELECT exchange, available, SUM(available) OVER (ORDER BY exchange) - available AS before
            FROM exchange_count WHERE exchange >= @from AND exchange < @to)
         WHERE before + available > @skip LIMIT 1`
      )
      .get({ ...exchangeRange(prefix), skip })
  }
}

function exchangeRange(prefix: string): PrefixRange {
  return { from: prefix, to: `${prefix}:` }
}
