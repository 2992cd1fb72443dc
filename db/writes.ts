import type Connection from 'better-sqlite3'
import { appended } from '../src/appended.js'
import type { State } from '../src/numbering/number-state.js'
import type { PhoneNumber } from '../src/numbering/phone-number.js'
import { changeOf, type BlockChange, type ExchangeCountStatements } from './exchange-counts.js'
import type { NumberStatements } from './number-statements.js'
import { Rollbacks } from './rollbacks.js'
import type { World } from './world.js'

/** A number that has no row yet, or another one. */
interface Unwritten {
  world: number
  number: PhoneNumber
  /** The state that the rows know; null is no record. */
  from: State | null
}

/** So many numbers stay in memory at most. */
const MOST_UNWRITTEN = 1_000

/**
 * What is written to a database, and when. Nobody else reads a database in memory, so its numbers become rows only when
 * somebody is going to read rows, or when there are many: together they cost a fraction of what they cost one by one, and those
 * of a test that buys, reads, gives back and resets cost nothing. In a file everything is written before it is answered.
 *
 * A transaction that changes nothing but numbers in memory needs none of SQLite's; it becomes one when a statement is needed.
 */
export class Writes {
  /** Those of this database, for whoever remembers what rows held. */
  readonly rollbacks = new Rollbacks()
  readonly #connection: Connection.Database
  readonly #numbers: NumberStatements
  readonly #exchangeCounts: ExchangeCountStatements
  readonly #isFile: boolean
  readonly #begin
  readonly #commit
  readonly #rollback
  readonly #nested
  /** By world and E.164 string. */
  readonly #unwritten = new Map<number, Map<string, Unwritten>>()
  #size = 0
  /** Those of the transaction in progress, in their order. */
  #own: Unwritten[] = []
  #isInside = false

  constructor(
    connection: Connection.Database,
    { numbers, exchangeCounts }: { numbers: NumberStatements; exchangeCounts: ExchangeCountStatements },
    isFile: boolean
  ) {
    this.#connection = connection
    this.#numbers = numbers
    this.#exchangeCounts = exchangeCounts
    this.#isFile = isFile
    this.#begin = connection.prepare('BEGIN')
    this.#commit = connection.prepare('COMMIT')
    this.#rollback = connection.prepare('ROLLBACK')
    this.#nested = connection.transaction((work: () => unknown) => work())
  }

  /** Runs `work` so that all of what it writes is kept, or none of it where it throws. May be nested. */
  transaction<Result>(work: () => Result): Result {
    try {
      return this.#isInside ? this.#inner(work) : this.#outer(work)
    } catch (error) {
      this.rollbacks.add()
      throw error
    }
  }

  /** Keeps a number; `from` is the state that it had, null for no record. */
  save(world: number, number: PhoneNumber, from: State | null): void {
    const unwritten = { world, number, from }
    if (this.#isInside) this.#own = appended(this.#own, unwritten)
    else if (this.#isFile) this.#write([unwritten])
    else this.#keep([unwritten])
    if (this.#own.length >= MOST_UNWRITTEN) this.begin()
  }

  /** Takes the record of a number away; `base` is the world that would show through. */
  remove({ id, base }: World, { e164, state }: PhoneNumber): void {
    this.flush()
    this.#numbers.drop.run(id, e164)
    this.#numbers.bury.run(id, base, e164)
    const change = changeOf(e164, state, null)
    if (change !== undefined) this.#count(id, change)
  }

  /**
   * For whoever is about to write rows of his own: the transaction in progress, if there is one, becomes one of SQLite's, with
   * all that it has written.
   */
  begin(): void {
    if (!this.#isInside) return
    if (!this.#connection.inTransaction) {
      this.#writeOut()
      this.#begin.run()
    }
    const own = this.#own
    this.#own = []
    this.#write(own)
  }

  /** For whoever is about to read rows of numbers or counts, or to change them: there is nothing then that is no row yet. */
  flush(): void {
    if (this.#isInside) this.begin()
    else this.#writeOut()
  }

  /** Drops what is unwritten of a world that nobody reads any more. */
  forget(world: number): void {
    this.#size -= this.#unwritten.get(world)?.size ?? 0
    this.#unwritten.delete(world)
  }

  #outer<Result>(work: () => Result): Result {
    this.#isInside = true
    try {
      const result = work()
      if (this.#connection.inTransaction || (this.#isFile && this.#own.length > 0)) {
        this.begin()
        this.#commit.run()
      } else this.#keep(this.#own)
      this.#leave()
      return result
    } catch (error) {
      // SQLite may have given it up by itself.
      if (this.#connection.inTransaction) this.#rollback.run()
      this.#leave()
      throw error
    }
  }

  #leave(): void {
    this.#isInside = false
    this.#own = []
  }

  #inner<Result>(work: () => Result): Result {
    this.begin()
    try {
      return this.#nested(work) as Result
    } catch (error) {
      // What stood there before has been written.
      this.#own = []
      throw error
    }
  }

  #keep(all: readonly Unwritten[]): void {
    if (this.#size >= MOST_UNWRITTEN) this.#writeOut()
    for (const unwritten of all) {
      const { world, number } = unwritten
      const ofWorld = this.#unwritten.get(world) ?? new Map<string, Unwritten>()
      if (ofWorld.size === 0) this.#unwritten.set(world, ofWorld)
      const before = ofWorld.get(number.e164)
      // The rows know nothing of what was in between.
      if (before !== undefined) before.number = number
      else {
        ofWorld.set(number.e164, unwritten)
        this.#size++
      }
    }
  }

  /** Writes everything that was there before the transaction in progress. */
  #writeOut(): void {
    if (this.#size === 0) return
    this.#nested(() => {
      for (const ofWorld of this.#unwritten.values()) this.#write(ofWorld.values())
    })
    this.#unwritten.clear()
    this.#size = 0
  }

  #write(all: Iterable<Unwritten>): void {
    let run: (BlockChange & { world: number }) | undefined
    for (const { world, number, from } of all) {
      this.#numbers.write(world, number)
      const change = changeOf(number.e164, from, number.state)
      if (change === undefined) continue
      // What is bought together mostly lies together.
      if (run?.exchange === change.exchange && run.world === world) {
        run.recorded += change.recorded
        run.pooled += change.pooled
        continue
      }
      if (run !== undefined) this.#count(run.world, run)
      run = { ...change, world }
    }
    if (run !== undefined) this.#count(run.world, run)
  }

  #count(world: number, { exchange, recorded, pooled }: BlockChange): void {
    this.#exchangeCounts.add.run(world, exchange, recorded, pooled)
  }
}
