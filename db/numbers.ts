import type { JsonObject } from '../src/json.js'
import type { Filter } from '../src/numbering/list-filters.js'
import type { State } from '../src/numbering/number-state.js'
import { firstDue, type Pending } from '../src/numbering/pending.js'
import type { ListedNumber, PhoneNumber } from '../src/numbering/phone-number.js'
import { Remembered } from '../src/remembered.js'
import { conditionOf } from './number-filters.js'
import type { ListedRow, NumberRow, NumberStatements } from './number-statements.js'
import type { World } from './world.js'
import type { Writes } from './writes.js'

/** E.164 strings from `from`, and below `to` where there is one. */
export interface Range {
  from: string
  to?: string | undefined
}

/** Sorts after every E.164 string. */
const END = '+:'

const EVERYTHING: Range = { from: '' }

/** How many numbers and owners are remembered. */
const MOST_FOUND = 2_000
const MOST_OWNERS = 1_000

/** The last place that a page reads; LIMIT takes it as "all". */
const ALL = -1

/** Hears of a number that is in another state than before; null is no record. */
export type OnChange = (e164: string, from: State | null, to: State | null) => void

/** The numbers of one world. */
export class Numbers {
  readonly #statements: NumberStatements
  readonly #writes: Writes
  readonly #world: World
  readonly #onChange: OnChange
  readonly #isUndone: () => boolean
  #saves = 0
  /** Gregorian seconds before which nothing happens by itself. */
  #nothingDueBefore = 0
  /** Numbers as they were read last; null for no record. */
  readonly #found = new Remembered<PhoneNumber | null>(MOST_FOUND)
  /** How many numbers an owner has, kept in step with the rows. */
  readonly #owned = new Remembered<number>(MOST_OWNERS)

  /** `onChange` is told of each number whose record comes, goes or changes its state. */
  constructor(sql: NumberStatements, world: World, onChange: OnChange, writes: Writes) {
    this.#statements = sql
    this.#writes = writes
    this.#world = world
    this.#onChange = onChange
    this.#isUndone = writes.rollbacks.watch()
  }

  /** How often anything here has changed; changes that were undone may count too. */
  get version(): number {
    return this.#saves + this.#writes.rollbacks.count
  }

  find(e164: string): PhoneNumber | undefined {
    this.#forgetWhatWasRolledBack()
    return this.#found.of(e164, () => this.#read(e164)) ?? undefined
  }

  /** Takes note that these have no record, for whoever has just seen it: what a search returns is likely to be asked for next. */
  noteUnrecorded(numbers: readonly string[]): void {
    this.#forgetWhatWasRolledBack()
    for (const e164 of numbers) this.#found.set(e164, null)
  }

  /** Inserts or replaces; `before` is the number as it was found, undefined where it had no record. */
  save(number: PhoneNumber, before: PhoneNumber | undefined): void {
    this.#note(before?.owner ?? null, number.owner)
    this.#found.set(number.e164, number)
    const due = firstDue(number.pending)
    this.#nothingDueBefore = Math.min(this.#nothingDueBefore, due ?? Infinity)
    const from = before?.state ?? null
    this.#writes.save(this.#world.id, number, from)
    if (from !== number.state) this.#onChange(number.e164, from, number.state)
  }

  /** Takes the record of a number away, also where it belongs to the fixtures. */
  remove(number: PhoneNumber): void {
    this.#note(number.owner, null)
    this.#found.set(number.e164, null)
    this.#writes.remove(this.#world, number)
    this.#onChange(number.e164, number.state, null)
  }

  /** The numbers of `owner` within `range` for which all filters hold, ascending; at most `limit`, after `offset` of them. */
  list(owner: string, range: Range, filters: readonly Filter[], limit = ALL, offset = 0): ListedNumber[] {
    const { sql, values } = conditionOf(filters)
    const where = [owner, range.from, range.to ?? END, ...values]
    const rows = this.#sql
      .list(sql)
      .all(this.#world.id, ...where, this.#world.base, ...where, this.#world.id, limit, offset)
    return rows.map(listed)
  }

  /** How many numbers `owner` has within `range` for which all filters hold. */
  count(owner: string, range: Range, filters: readonly Filter[] = []): number {
    const { sql, values } = conditionOf(filters)
    const where = [owner, range.from, range.to ?? END, ...values]
    return Number(this.#sql.count(sql).get(this.#world.id, ...where, this.#world.base, ...where, this.#world.id))
  }

  /** How many numbers `owner` has. */
  owned(owner: string): number {
    this.#forgetWhatWasRolledBack()
    return this.#owned.of(owner, () => this.count(owner, EVERYTHING))
  }

  /** The numbers within `range` that have a record, in no order. */
  recordedIn(range: Range): string[] {
    const where = [range.from, range.to ?? END]
    return this.#sql.recordedIn.all(this.#world.id, ...where, this.#world.base, ...where, this.#world.id)
  }

  /** The available numbers within `range`, ascending; at most `limit`, after `offset` of them. */
  inPool({ from, to = END }: Range, limit: number, offset: number): string[] {
    const { id, base } = this.#world
    return this.#sql.inPool.all(id, from, to, base, from, to, id, limit, offset)
  }

  /** The numbers to which something should have happened by `now`, the earliest first. */
  due(now: number): PhoneNumber[] {
    this.#forgetWhatWasRolledBack()
    if (now < this.#nothingDueBefore) return []
    const { id } = this.#world
    const rows = this.#sql.due.all(id, now)
    this.#nothingDueBefore = rows.length > 0 ? 0 : (this.#sql.nextDue.get(id) ?? Infinity)
    return rows.map(fromRow)
  }

  /** How many numbers there are. */
  total(): number {
    const { id, base } = this.#world
    return Number(this.#sql.total.get(id, base, id))
  }

  /** The numbers to which something will happen by itself or when it is released, ascending. */
  waiting(): PhoneNumber[] {
    const { id, base } = this.#world
    return this.#sql.waiting.all(id, base, id).map(fromRow)
  }

  /** Every number, ascending, one at a time. */
  *everything(): Generator<PhoneNumber> {
    const { id, base } = this.#world
    for (const row of this.#sql.everything.iterate(id, base, id)) yield fromRow(row)
  }

  /** The statements, for rows that are up to date. */
  get #sql(): NumberStatements {
    this.#writes.flush()
    return this.#statements
  }

  /** Keeps what is remembered in step with a row that is about to be written. */
  #note(from: string | null, to: string | null): void {
    this.#forgetWhatWasRolledBack()
    this.#saves++
    if (from === to) return
    if (from !== null) this.#noteOwned(from, -1)
    if (to !== null) this.#noteOwned(to, 1)
  }

  #noteOwned(owner: string, change: number): void {
    const owned = this.#owned.get(owner)
    if (owned !== undefined) this.#owned.set(owner, owned + change)
  }

  #read(e164: string): PhoneNumber | null {
    const { id, base } = this.#world
    const row = this.#sql.find.get(id, e164, base, e164)
    return row === undefined || row.state === null ? null : fromRow(row)
  }

  #forgetWhatWasRolledBack(): void {
    if (!this.#isUndone()) return
    this.#nothingDueBefore = 0
    this.#found.clear()
    this.#owned.clear()
  }
}

function listed(row: ListedRow): ListedNumber {
  const [e164, state, owner, carrier, features, usedBy, createdAt, modifiedAt] = row
  return { e164, state, owner, carrier, features: JSON.parse(features) as string[], usedBy, createdAt, modifiedAt }
}

/** The columns hold what `save` wrote. */
function fromRow(row: NumberRow): PhoneNumber {
  return {
    e164: row.e164,
    state: row.state,
    owner: row.owner,
    carrier: row.carrier,
    document: JSON.parse(row.document) as JsonObject,
    features: JSON.parse(row.features) as string[],
    usedBy: row.used_by,
    history: JSON.parse(row.history) as string[],
    createdAt: row.created,
    modifiedAt: row.modified,
    pending: row.pending === null ? {} : (JSON.parse(row.pending) as Pending)
  }
}
