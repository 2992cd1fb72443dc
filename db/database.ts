import type { NumberRange } from '../src/numbering/number-range.js'
import type { PhoneNumber } from '../src/numbering/phone-number.js'
import { DatabaseError, migrate, openConnection, type Connection } from './connection.js'
import { Discoveries } from './discoveries.js'
import { ExchangeCounts } from './exchange-counts.js'
import { MagicAttempts, type MagicAttempt } from './magic-attempts.js'
import { Numbers, type OnStateChange } from './numbers.js'
import { SearchPages, type SearchPage } from './search-pages.js'
import { Tokens, type IssuedToken } from './tokens.js'

/** The rows of a whole database, by table. */
export interface Rows {
  numbers: readonly PhoneNumber[]
  discoveries: readonly NumberRange[]
  searchPages: readonly SearchPage[]
  magicAttempts: readonly MagicAttempt[]
  tokens: readonly IssuedToken[]
}

/** Every table, the counts that triggers keep included. */
const TABLES = ['number', 'exchange_count', 'owner_count', 'discovery', 'search_page', 'magic_attempt', 'token']

/** The SQLite database of one sandbox, table by table. */
export class Database {
  readonly numbers: Numbers
  readonly exchangeCounts: ExchangeCounts
  readonly discoveries: Discoveries
  readonly searchPages: SearchPages
  readonly magicAttempts: MagicAttempts
  readonly tokens: Tokens
  readonly #connection: Connection.Database
  readonly #transaction

  constructor(connection: Connection.Database, onStateChange: OnStateChange) {
    this.#connection = connection
    this.#transaction = connection.transaction((work: () => unknown) => work())
    this.numbers = new Numbers(connection, onStateChange)
    this.exchangeCounts = new ExchangeCounts(connection)
    this.discoveries = new Discoveries(connection)
    this.searchPages = new SearchPages(connection)
    this.magicAttempts = new MagicAttempts(connection)
    this.tokens = new Tokens(connection)
  }

  /** Runs `work` so that all of what it writes is kept, or none of it where it throws. May be nested. */
  transaction<Result>(work: () => Result): Result {
    return this.#transaction(work) as Result
  }

  /** Puts `rows` in the place of everything that the database holds, or leaves it as it is where that fails. */
  replace(rows: Rows): void {
    this.transaction(() => {
      for (const table of TABLES) this.#connection.exec(`DELETE FROM ${table}`)
      this.insert(rows)
    })
  }

  /** Inserts rows as they are. */
  insert({ numbers, discoveries, searchPages, magicAttempts, tokens }: Rows): void {
    for (const number of numbers) this.numbers.save(number, undefined)
    for (const range of discoveries) this.discoveries.save(range)
    for (const page of searchPages) this.searchPages.save(page)
    for (const attempt of magicAttempts) this.magicAttempts.save(attempt)
    for (const token of tokens) this.tokens.save(token)
  }

  /** The whole database as bytes. */
  serialize(): Buffer {
    return this.#connection.serialize()
  }

  close(): void {
    this.#connection.close()
  }
}

/**
 * Opens a database file, or a database in memory. One that is new begins with `rows`; one that is there keeps what it has. Throws
 * a DatabaseError.
 */
export function openDatabase(
  file: string | undefined,
  rows: Rows,
  onStateChange: OnStateChange = () => undefined
): Database {
  let connection: Connection.Database | undefined
  try {
    connection = openConnection(file)
    const database = new Database(connection, onStateChange)
    migrate(connection, () => {
      database.insert(rows)
    })
    return database
  } catch (error) {
    connection?.close()
    throw new DatabaseError(`${file ?? 'in memory'}: ${(error as Error).message}`, { cause: error })
  }
}

/** Opens a database in memory that begins as the copy of another (`serialize`). */
export function openCopy(serialized: Buffer, onStateChange: OnStateChange): Database {
  return new Database(openConnection(serialized), onStateChange)
}
