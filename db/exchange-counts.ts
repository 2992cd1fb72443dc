import type Connection from 'better-sqlite3'
import { AREA_CODE_DIGITS, EXCHANGE_DIGITS, nationalNumber } from '../src/numbering/e164.js'
import type { State } from '../src/numbering/number-state.js'
import { Remembered } from '../src/remembered.js'
import { visible, type Values } from './number-statements.js'
import type { World } from './world.js'
import type { Writes } from './writes.js'

/** How many numbers of each of some blocks have a record, and how many of those are available. */
export interface BlockCounts {
  readonly recorded: Int32Array
  readonly pooled: Int32Array
  /** The sum of `pooled`. */
  allPooled: number
}

/** By how much the counts of the blocks change that a number lies in. */
export interface BlockChange {
  npa: string
  /** With the area code. */
  exchange: string
  /** With area code and exchange. */
  hundred: string
  recorded: number
  pooled: number
}

interface BlockRow {
  /** Its first digits, those of the area code included. */
  block: string
  recorded: number
  pooled: number
}

/** Exchange 999 is the last of an area code, hundred 99 the last of an exchange. */
const EXCHANGES = 1_000
const HUNDREDS = 100

/** Most area codes and exchanges have nothing recorded: they share their zeros. */
const NO_EXCHANGES = zeros(EXCHANGES)
const NO_HUNDREDS = zeros(HUNDREDS)

/** How many are remembered: every area code that three digits can name, and of exchanges those of a few. */
const MOST_AREA_CODES = 1_000
const MOST_EXCHANGES = 1_000

export class ExchangeCountStatements {
  readonly add
  readonly exchanges
  readonly hundreds

  constructor(connection: Connection.Database) {
    this.add = connection.prepare<[number, string, number, number]>(
      `INSERT INTO block (world, exchange, recorded, pooled) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET recorded = recorded + excluded.recorded, pooled = pooled + excluded.pooled`
    )
    this.exchanges = connection.prepare<[number, number, string, string], BlockRow>(
      `SELECT exchange AS block, recorded, pooled FROM block
       WHERE world IN (?, ?) AND exchange >= ? AND exchange < ?`
    )
    const numbers = visible('n.e164, n.state', 'n.state IS NOT NULL AND n.e164 >= ? AND n.e164 < ?')
    this.hundreds = connection.prepare<Values, BlockRow>(
      `SELECT substr(e164, 3, 8) AS block, COUNT(*) AS recorded, SUM(state = 'available') AS pooled
       FROM (${numbers}) GROUP BY 1`
    )
  }
}

/** How many numbers have a record, by block of the numbering plan. Whoever is given counts must not change them. */
export class ExchangeCounts {
  readonly #statements: ExchangeCountStatements
  readonly #world: World
  readonly #writes: Writes
  readonly #isUndone: () => boolean
  /** What has been asked for, kept in step with the rows: exchanges by area code, hundreds by exchange. */
  readonly #exchanges = new Remembered<BlockCounts>(MOST_AREA_CODES)
  readonly #hundreds = new Remembered<BlockCounts>(MOST_EXCHANGES)

  constructor(sql: ExchangeCountStatements, world: World, writes: Writes) {
    this.#statements = sql
    this.#world = world
    this.#writes = writes
    this.#isUndone = writes.rollbacks.watch()
  }

  /** Follows a number that is in another state than before; null is no record. Its rows are others' business. */
  follow(e164: string, from: State | null, to: State | null): void {
    const change = changeOf(e164, from, to)
    if (change === undefined) return
    const { npa, exchange, hundred, recorded, pooled } = change
    follow(this.#exchanges, npa, { block: exchange, recorded, pooled })
    follow(this.#hundreds, exchange, { block: hundred, recorded, pooled })
  }

  /** The counts of the exchanges of an area code, by their three digits as a number. */
  exchangesOf(npa: string): Readonly<BlockCounts> {
    this.#forgetWhatWasRolledBack()
    return this.#exchanges.of(npa, () => {
      const { id, base } = this.#world
      // A digit, then the character after 9: whatever begins with the prefix lies between.
      return counted(this.#sql.exchanges.all(id, base, npa, `${npa}:`), NO_EXCHANGES, npa)
    })
  }

  /** The counts of the hundreds of an exchange (NPA-NXX), by their two digits as a number. */
  hundredsOf(exchange: string): Readonly<BlockCounts> {
    this.#forgetWhatWasRolledBack()
    return this.#hundreds.of(exchange, () => {
      const { id, base } = this.#world
      const range = [`+1${exchange}`, `+1${exchange}:`]
      return counted(this.#sql.hundreds.all(id, ...range, base, ...range, id), NO_HUNDREDS, exchange)
    })
  }

  /** The statements, for rows that are up to date. */
  get #sql(): ExchangeCountStatements {
    this.#writes.flush()
    return this.#statements
  }

  #forgetWhatWasRolledBack(): void {
    if (!this.#isUndone()) return
    this.#exchanges.clear()
    this.#hundreds.clear()
  }
}

/** What a change of a number's state does to the counts; undefined for nothing, and beyond the North American plan. */
export function changeOf(e164: string, from: State | null, to: State | null): BlockChange | undefined {
  const national = nationalNumber(e164)
  const recorded = Number(to !== null) - Number(from !== null)
  const pooled = Number(to === 'available') - Number(from === 'available')
  if (national === undefined || (recorded === 0 && pooled === 0)) return undefined
  return {
    npa: national.slice(0, AREA_CODE_DIGITS),
    exchange: national.slice(0, EXCHANGE_DIGITS),
    hundred: national.slice(0, EXCHANGE_DIGITS + 2),
    recorded,
    pooled
  }
}

function zeros(length: number): BlockCounts {
  return { recorded: new Int32Array(length), pooled: new Int32Array(length), allPooled: 0 }
}

function counted(rows: readonly BlockRow[], none: BlockCounts, prefix: string): BlockCounts {
  if (rows.length === 0) return none
  const counts = zeros(none.recorded.length)
  for (const row of rows) add(counts, prefix, row)
  return counts
}

/** Adds to what is known under `key`, if anything is. */
function follow(all: Remembered<BlockCounts>, key: string, change: BlockRow): void {
  const known = all.get(key)
  if (known === undefined) return
  const isShared = known === NO_EXCHANGES || known === NO_HUNDREDS
  const counts = isShared ? zeros(known.recorded.length) : known
  add(counts, key, change)
  if (isShared) all.set(key, counts)
}

function add(counts: BlockCounts, prefix: string, { block, recorded, pooled }: BlockRow): void {
  const index = Number(block.slice(prefix.length))
  Atomics.add(counts.recorded, index, recorded)
  Atomics.add(counts.pooled, index, pooled)
  counts.allPooled += pooled
}
