import type Connection from 'better-sqlite3'
import { AREA_CODE_DIGITS } from '../src/numbering/e164.js'
import type { World } from './world.js'
import type { Writes } from './writes.js'

/** Consecutive ten-digit numbers, both ends included. */
export interface Run {
  first: string
  last: string
}

/** A run that is stored, and where the next one begins. */
interface KnownRun extends Run {
  next: string
}

/** Sorts after every number. */
const END = ':'

export class DiscoveryStatements {
  readonly before
  readonly following
  readonly extend
  readonly touching
  readonly drop
  readonly add
  readonly everything

  constructor(connection: Connection.Database) {
    this.before = connection.prepare<[number, string], Run>(
      'SELECT first, last FROM offer WHERE world = ? AND first <= ? ORDER BY first DESC LIMIT 1'
    )
    this.following = connection
      .prepare<[number, string], string>('SELECT first FROM offer WHERE world = ? AND first > ? ORDER BY first LIMIT 1')
      .pluck()
    this.extend = connection.prepare<[string, number, string]>(
      'UPDATE offer SET last = ? WHERE world = ? AND first = ?'
    )
    this.touching = connection.prepare<[number, string, string], Run>(
      'SELECT first, last FROM offer WHERE world = ? AND first > ? AND first <= ?'
    )
    this.drop = connection.prepare<[number, string]>('DELETE FROM offer WHERE world = ? AND first = ?')
    this.add = connection.prepare<[number, string, string]>('INSERT INTO offer (world, first, last) VALUES (?, ?, ?)')
    this.everything = connection.prepare<[number, number], Run>(
      'SELECT first, last FROM offer WHERE world IN (?, ?) ORDER BY first'
    )
  }
}

/** What searches have returned, kept as runs that neither overlap nor touch: a page of 500 is one row. */
export class Discoveries {
  readonly #sql: DiscoveryStatements
  readonly #world: World
  readonly #writes: Writes
  readonly #isUndone: () => boolean
  /** A run of each area code that is stored: pages that are asked for again, or one after the other, need not be looked up. */
  readonly #known = new Map<string, KnownRun>()

  constructor(sql: DiscoveryStatements, world: World, writes: Writes) {
    this.#sql = sql
    this.#world = world
    this.#writes = writes
    this.#isUndone = writes.rollbacks.watch()
  }

  /** Whether a search has returned the ten-digit number. */
  has(national: string): boolean {
    const known = this.#knownRun(national)
    if (known !== undefined && known.first <= national && known.last >= national) return true
    const { id, base } = this.#world
    return [id, base].some((world) => (this.#sql.before.get(world, national)?.last ?? '') >= national)
  }

  /** Every run, ascending; those of the base joined with those of the world. */
  everything(): Run[] {
    const joined: Run[] = []
    for (const run of this.#sql.everything.all(this.#world.id, this.#world.base)) {
      const before = joined.at(-1)
      if (before === undefined || after(before.last) < run.first) joined.push(run)
      else if (run.last > before.last) before.last = run.last
    }
    return joined
  }

  /** Adds a run, joined with those that it overlaps or continues. */
  add({ first, last }: Run): void {
    const world = this.#world.id
    const known = this.#knownRun(first)
    if (known === undefined || known.first > first || after(known.last) < first || after(last) >= known.next) {
      const stored = this.#join(first, last)
      const next = this.#sql.following.get(world, stored.first) ?? END
      // Key by key: rows that come from the driver are each of a kind of their own to the engine.
      this.#known.set(areaCodeOf(first), { first: stored.first, last: stored.last, next })
    } else if (last > known.last) {
      this.#writes.begin()
      this.#sql.extend.run(last, world, known.first)
      known.last = last
    }
  }

  /** Stores a run. Returns the stored run that holds it. */
  #join(first: string, last: string): Run {
    const world = this.#world.id
    const before = this.#sql.before.get(world, first)
    if (before !== undefined && before.last >= last) return before
    this.#writes.begin()
    const joined = { first, last }
    const neighbours = this.#sql.touching.all(world, first, after(last))
    if (before !== undefined && after(before.last) >= first) neighbours.push(before)
    for (const neighbour of neighbours) {
      if (neighbour.first < joined.first) joined.first = neighbour.first
      if (neighbour.last > joined.last) joined.last = neighbour.last
      this.#sql.drop.run(world, neighbour.first)
    }
    this.#sql.add.run(world, joined.first, joined.last)
    return joined
  }

  #knownRun(national: string): KnownRun | undefined {
    if (this.#isUndone()) this.#known.clear()
    return this.#known.get(areaCodeOf(national))
  }
}

function areaCodeOf(national: string): string {
  return national.slice(0, AREA_CODE_DIGITS)
}

function after(national: string): string {
  return String(Number(national) + 1).padStart(national.length, '0')
}
