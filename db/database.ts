import { MagicAttempts, MagicAttemptStatements } from './magic-attempts.js'
import { ExchangeCounts, ExchangeCountStatements } from './exchange-counts.js'
import { SearchPages, SearchPageStatements } from './search-pages.js'
import { NumberStatements } from './number-statements.js'
import { Numbers, type OnChange } from './numbers.js'
import { Discoveries, DiscoveryStatements } from './discoveries.js'
import { lockFile } from './lock.js'
import { DatabaseError, openConnection, type Connection } from './connection.js'
import { Streets, type StreetData } from './streets.js'
import { Tokens, TokenStatements } from './tokens.js'
import type { World } from './world.js'
import { Worlds } from './worlds.js'
import { Writes } from './writes.js'

/** What one world holds, table by table. */
export interface Store {
  numbers: Numbers
  exchangeCounts: ExchangeCounts
  discoveries: Discoveries
  searchPages: SearchPages
  magicAttempts: MagicAttempts
  tokens: Tokens
}

/** One SQLite database with all its worlds. */
export interface Database {
  worlds: Worlds
  /** The master streets, filled with what `data` returns when they are asked for first. */
  streets: (data: () => StreetData) => Streets
  /** The rows of a world; `onChange` hears of every change of a number's state. */
  storeOf: (world: World, onChange?: OnChange) => Store
  /** Runs `work` so that all of what it writes is kept, or none of it where it throws. May be nested. */
  transaction: <Result>(work: () => Result) => Result
  isOpen: () => boolean
  close: () => void
}

/** Opens a database file, or one in memory. Throws a DatabaseError, also where another process has the file open like this. */
export function openDatabase(file?: string): Database {
  const connection = openConnection(file)
  const unlock = file === undefined ? () => undefined : lockedFor(connection, file)
  const sql = {
    numbers: new NumberStatements(connection),
    exchangeCounts: new ExchangeCountStatements(connection),
    offers: new DiscoveryStatements(connection),
    found: new SearchPageStatements(connection),
    attempts: new MagicAttemptStatements(connection),
    tokens: new TokenStatements(connection)
  }
  const writes = new Writes(connection, sql, file !== undefined)
  let streets: Streets | undefined
  return {
    worlds: new Worlds(connection, writes),
    streets: (data) => (streets ??= new Streets(data())),
    storeOf(world, onChange) {
      const exchangeCounts = new ExchangeCounts(sql.exchangeCounts, world, writes)
      return {
        exchangeCounts,
        numbers: new Numbers(
          sql.numbers,
          world,
          (...change) => {
            exchangeCounts.follow(...change)
            onChange?.(...change)
          },
          writes
        ),
        discoveries: new Discoveries(sql.offers, world, writes),
        searchPages: new SearchPages(sql.found, world, writes),
        magicAttempts: new MagicAttempts(sql.attempts, world, writes),
        tokens: new Tokens(sql.tokens, world, writes)
      }
    },
    transaction: (work) => writes.transaction(work),
    isOpen: () => connection.open,
    close: () => {
      connection.close()
      streets?.close()
      unlock()
    }
  }
}

/** Locks the file of a connection. Returns how to unlock it. */
function lockedFor(connection: Connection.Database, file: string): () => void {
  try {
    return lockFile(file)
  } catch (error) {
    connection.close()
    throw new DatabaseError(`${file}: ${(error as Error).message}`, { cause: error })
  }
}
