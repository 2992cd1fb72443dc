import type { FoundNumber } from '../src/numbering/number-schema.js'
import type { Statements } from './statements.js'

/** What a search has found, under what it asked for. */
export interface SearchPage {
  query: string
  numbers: FoundNumber[]
}

/** How many searches a sandbox keeps, so that a client that searches on and on does not fill the database. */
const MAX_PAGES = 1_000

type SearchPageRow = Record<keyof SearchPage, string>

/** What searches from offset 0 have found: the reference implementation cuts the later pages from it. */
export class SearchPages {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** The numbers that a search has found; none where it is not known. */
  find(query: string): FoundNumber[] {
    const text = this.#statements
      .prepare<[{ query: string }], string>('SELECT numbers FROM search_page WHERE query = @query')
      .pluck()
      .get({ query })
    return text === undefined ? [] : (JSON.parse(text) as FoundNumber[])
  }

  save({ query, numbers }: SearchPage): void {
    this.#statements
      .prepare<[SearchPageRow]>('INSERT OR REPLACE INTO search_page (query, numbers) VALUES (@query, @numbers)')
      .run({ query, numbers: JSON.stringify(numbers) })
    this.#statements
      .prepare<[{ query: string }]>(
        `DELETE FROM search_page WHERE query IN
           (SELECT query FROM search_page WHERE query <> @query ORDER BY query LIMIT -1 OFFSET ${MAX_PAGES - 1})`
      )
      .run({ query })
  }

  /** Every search that is kept, in the order of what it asked for. */
  all(): SearchPage[] {
    return this.#statements
      .prepare<[], SearchPageRow>('SELECT query, numbers FROM search_page ORDER BY query')
      .all()
      .map(({ query, numbers }) => ({ query, numbers: JSON.parse(numbers) as FoundNumber[] }))
  }
}
