import type { FoundNumber } from '../src/numbering/number-schema.js'
import { onFirstUse, type Connection } from './connection.js'

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
  readonly #find
  readonly #save
  readonly #trim
  readonly #all

  constructor(connection: Connection.Database) {
    this.#find = onFirstUse(() =>
      connection
        .prepare<[Pick<SearchPageRow, 'query'>], string>('SELECT numbers FROM search_page WHERE query = @query')
        .pluck()
    )
    this.#save = onFirstUse(() =>
      connection.prepare<[SearchPageRow]>(
        'INSERT OR REPLACE INTO search_page (query, numbers) VALUES (@query, @numbers)'
      )
    )
    this.#trim = onFirstUse(() =>
      connection.prepare<[Pick<SearchPageRow, 'query'>]>(
        `DELETE FROM search_page WHERE query IN
           (SELECT query FROM search_page WHERE query <> @query ORDER BY query LIMIT -1 OFFSET ${MAX_PAGES - 1})`
      )
    )
    this.#all = onFirstUse(() =>
      connection.prepare<[], SearchPageRow>('SELECT query, numbers FROM search_page ORDER BY query')
    )
  }

  /** The numbers that a search has found; none where it is not known. */
  find(query: string): FoundNumber[] {
    const text = this.#find().get({ query })
    return text === undefined ? [] : (JSON.parse(text) as FoundNumber[])
  }

  save({ query, numbers }: SearchPage): void {
    this.#save().run({ query, numbers: JSON.stringify(numbers) })
    this.#trim().run({ query })
  }

  /** Every search that is kept, in the order of what it asked for. */
  all(): SearchPage[] {
    return this.#all()
      .all()
      .map(({ query, numbers }) => ({ query, numbers: JSON.parse(numbers) as FoundNumber[] }))
  }
}
