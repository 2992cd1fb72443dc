import type Connection from 'better-sqlite3'
import { nationalNumber } from '../src/numbering/e164.js'
import type { State } from '../src/numbering/number-state.js'
import type { Rollbacks } from './rollbacks.js'
import type { World } from './world.js'

/** A hundred numbers of an exchange: how many of them have a record, and how many of those are available. */
export interface BlockCount {
  /** The first eight digits. */
  block: string
  recorded: number
  pooled: number
}

/** The counts of an area code, by the three digits of the exchange as a number. */
export interface AreaCounts {
  readonly recorded: Int32Array
  readonly pooled: Int32Array
  /** The sum of `pooled`. */
  allPooled: number
}

/** Exchange 999 is the last. */
const EXCHANGES = 1_000

/** Most area codes have nothing recorded: they share their zeros. */
const NOTHING: AreaCounts = { recorded: new Int32Array(EXCHANGES), pooled: new Int32Array(EXCHANGES), allPooled: 0 }

const EXCHANGE_DIGITS = 6
const HUNDRED_DIGITS = 8

export class BlockStatements {
  readonly add
  readonly within

  constructor(connection: Connection.Database) {
    this.add = connection.prepare<[number, number, string, number, number, number, number, string, number, number]>(
      `INSERT INTO block (world, digits, block, recorded, pooled) VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET recorded = recorded + excluded.recorded, pooled = pooled + excluded.pooled`
    )
    this.within = connection.prepare<[number, number, number, string, string], BlockCount>(
      `SELECT block, SUM(recorded) AS recorded, SUM(pooled) AS pooled FROM block
       WHERE world IN (?, ?) AND digits = ? AND block >= ? AND block < ? GROUP BY block`
    )
  }
}

/** How many numbers have a record, by block of the numbering plan. */
export class Blocks {
  readonly #sql: BlockStatements
  readonly #world: World
  readonly #rollbacks: Rollbacks
  /** The area codes that have been asked for, kept in step with the rows. */
  readonly #areas = new Map<string, AreaCounts>()
  #rollbacksSeen = 0

  constructor(sql: BlockStatements, world: World, rollbacks: Rollbacks) {
    this.#sql = sql
    this.#world = world
    this.#rollbacks = rollbacks
  }

  /** Counts a number of the North American plan that is in another state than before; null is no record. */
  count(e164: string, from: State | null, to: State | null): void {
    const national = nationalNumber(e164)
    const recorded = Number(to !== null) - Number(from !== null)
    const pooled = Number(to === 'available') - Number(from === 'available')
    if (national === undefined || (recorded === 0 && pooled === 0)) return
    const { id } = this.#world
    const exchange = national.slice(0, EXCHANGE_DIGITS)
    const hundred = national.slice(0, HUNDRED_DIGITS)
    this.#sql.add.run(id, EXCHANGE_DIGITS, exchange, recorded, pooled, id, HUNDRED_DIGITS, hundred, recorded, pooled)
    this.#follow(exchange, recorded, pooled)
  }

  /** The counts of the exchanges of an area code. Whoever asks must not change them. */
  area(npa: string): Readonly<AreaCounts> {
    this.#forgetWhatWasRolledBack()
    const known = this.#areas.get(npa)
    if (known !== undefined) return known
    const rows = this.#within(EXCHANGE_DIGITS, npa)
    const counts = rows.length === 0 ? NOTHING : ownCounts(NOTHING)
    for (const { block, recorded, pooled } of rows) add(counts, block, recorded, pooled)
    this.#areas.set(npa, counts)
    return counts
  }

  /** The hundreds of an exchange of which anything is recorded, ascending. */
  hundreds(exchange: string): BlockCount[] {
    return this.#within(HUNDRED_DIGITS, exchange)
  }

  #within(digits: number, prefix: string): BlockCount[] {
    const { id, base } = this.#world
    // A digit, then the character after 9: whatever begins with the prefix lies between.
    return this.#sql.within.all(id, base, digits, prefix, `${prefix}:`)
  }

  #forgetWhatWasRolledBack(): void {
    if (this.#rollbacksSeen === this.#rollbacks.count) return
    this.#rollbacksSeen = this.#rollbacks.count
    this.#areas.clear()
  }

  #follow(exchange: string, recorded: number, pooled: number): void {
    const npa = exchange.slice(0, 3)
    const known = this.#areas.get(npa)
    if (known === undefined) return
    const counts = known === NOTHING ? ownCounts(known) : known
    add(counts, exchange, recorded, pooled)
    this.#areas.set(npa, counts)
  }
}

function ownCounts({ recorded, pooled, allPooled }: AreaCounts): AreaCounts {
  return { recorded: recorded.slice(), pooled: pooled.slice(), allPooled }
}

function add(counts: AreaCounts, exchange: string, recorded: number, pooled: number): void {
  const index = Number(exchange.slice(3))
  Atomics.add(counts.recorded, index, recorded)
  Atomics.add(counts.pooled, index, pooled)
  counts.allPooled += pooled
}
