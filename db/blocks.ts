import type Connection from 'better-sqlite3'
import { nationalNumber } from '../src/numbering/e164.js'
import type { State } from '../src/numbering/number-state.js'
import type { World } from './world.js'

/** Block sizes that are counted: an exchange (NPA-NXX) and a hundred numbers in it. */
export type BlockDigits = 6 | 8

export interface BlockCount {
  block: string
  recorded: number
  pooled: number
}

export class BlockStatements {
  readonly add
  readonly within

  constructor(connection: Connection.Database) {
    this.add = connection.prepare<[number, number, string, number, number]>(
      `INSERT INTO block (world, digits, block, recorded, pooled) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET recorded = recorded + excluded.recorded, pooled = pooled + excluded.pooled`
    )
    this.within = connection.prepare<[number, number, number, string, string], BlockCount>(
      `SELECT block, SUM(recorded) AS recorded, SUM(pooled) AS pooled FROM block
       WHERE world IN (?, ?) AND digits = ? AND block >= ? AND block < ? GROUP BY block`
    )
  }
}

/** How many numbers have a record, by block of the numbering plan. What is nowhere is zero. */
export class Blocks {
  readonly #sql: BlockStatements
  readonly #world: World

  constructor(sql: BlockStatements, world: World) {
    this.#sql = sql
    this.#world = world
  }

  /** Counts a number of the North American plan that is in another state than before; null is no record. */
  count(e164: string, from: State | null, to: State | null): void {
    const national = nationalNumber(e164)
    const recorded = Number(to !== null) - Number(from !== null)
    const pooled = Number(to === 'available') - Number(from === 'available')
    if (national === undefined || (recorded === 0 && pooled === 0)) return
    this.#sql.add.run(this.#world.id, 6, national.slice(0, 6), recorded, pooled)
    this.#sql.add.run(this.#world.id, 8, national.slice(0, 8), recorded, pooled)
  }

  /** The blocks of `digits` digits that begin with `prefix` and of which anything is recorded. */
  within(digits: BlockDigits, prefix: string): BlockCount[] {
    const { id, base } = this.#world
    // A digit, then the character after 9: whatever begins with the prefix lies between.
    return this.#sql.within.all(id, base, digits, prefix, `${prefix}:`)
  }
}
