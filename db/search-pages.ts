import type Connection from 'better-sqlite3'
import type { State } from '../src/numbering/number-state.js'
import { shownThrough, type World } from './world.js'
import type { Writes } from './writes.js'

/** A number as a search within an account returns it. */
export interface FoundNumber {
  number: string
  state: State
}

/** What a search has found, under what it asked for. */
export interface SearchPage {
  query: string
  numbers: FoundNumber[]
}

/** How many searches are remembered in a world: a client that searches on and on must not fill the memory. */
const MOST_QUERIES = 1_000

export class SearchPageStatements {
  readonly find
  readonly put
  readonly trim
  readonly everything

  constructor(connection: Connection.Database) {
    this.find = connection
      .prepare<[number, string, number, string], string>(
        `SELECT numbers FROM found WHERE world = ? AND query = ?
         UNION ALL SELECT numbers FROM found WHERE world = ? AND query = ? LIMIT 1`
      )
      .pluck()
    this.put = connection.prepare<[number, string, string]>(
      'INSERT OR REPLACE INTO found (world, query, numbers) VALUES (?, ?, ?)'
    )
    this.trim = connection.prepare<[number, number, string, number]>(
      `DELETE FROM found WHERE world = ? AND query IN
         (SELECT query FROM found WHERE world = ? AND query <> ? ORDER BY query LIMIT -1 OFFSET (?+0))`
    )
    this.everything = connection.prepare<number[], { query: string; numbers: string }>(
      `${shownThrough('found', 'query', 'numbers')} ORDER BY query`
    )
  }
}

/** What searches from offset 0 have found: the reference implementation cuts the later pages from it. */
export class SearchPages {
  readonly #sql: SearchPageStatements
  readonly #world: World
  readonly #writes: Writes

  constructor(sql: SearchPageStatements, world: World, writes: Writes) {
    this.#sql = sql
    this.#world = world
    this.#writes = writes
  }

  get(query: string): FoundNumber[] {
    const text = this.#sql.find.get(this.#world.id, query, this.#world.base, query)
    return text === undefined ? [] : (JSON.parse(text) as FoundNumber[])
  }

  put(query: string, numbers: readonly FoundNumber[]): void {
    this.#writes.begin()
    this.#sql.put.run(this.#world.id, query, JSON.stringify(numbers))
    this.#sql.trim.run(this.#world.id, this.#world.id, query, MOST_QUERIES - 1)
  }

  /** Every search that is remembered, in the order of what was asked for. */
  everything(): SearchPage[] {
    const { id, base } = this.#world
    const rows = this.#sql.everything.all(id, base, id)
    return rows.map(({ query, numbers }) => ({ query, numbers: JSON.parse(numbers) as FoundNumber[] }))
  }
}
