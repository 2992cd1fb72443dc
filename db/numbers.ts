import { isEmpty, type JsonObject } from '../src/json.js'
import type { Filter } from '../src/numbering/list-filters.js'
import type { State } from '../src/numbering/number-state.js'
import type { Delays } from '../src/numbering/delay-kinds.js'
import { firstDue } from '../src/numbering/delays.js'
import type { FoundNumber } from '../src/numbering/number-schema.js'
import type { PhoneNumber } from '../src/numbering/phone-number.js'
import type { ViewRules } from '../src/numbering/views.js'
import type { Connection } from './connection.js'
import { listEntrySql, listEntryValues } from './list-entries.js'
import { conditionOf } from './number-filters.js'
import {
  BROWSED,
  browsedValues,
  withEnd,
  type E164Range,
  type NumberFilter,
  type Range,
  type Values
} from './number-ranges.js'
import type { Statements } from './statements.js'

/** Hears of a number that is in another state than before; null is no record. */
export type OnStateChange = (e164: string, from: State | null, to: State | null) => void

interface NumberRow {
  e164: string
  state: State
  owner: string | null
  carrier: PhoneNumber['carrier']
  document: string
  features: string
  used_by: string | null
  history: string
  created: number
  modified: number
  due: number | null
  pending: string | null
}

const COLUMNS = 'e164, state, owner, carrier, document, features, used_by, history, created, modified, due, pending'

const INSERT = `INSERT INTO number (${COLUMNS})
  VALUES (@e164, @state, @owner, @carrier, @document, @features, @used_by, @history, @created, @modified, @due, @pending)`

const UPDATE = `UPDATE number SET state = @state, owner = @owner, carrier = @carrier, document = @document, features = @features,
    used_by = @used_by, history = @history, created = @created, modified = @modified, due = @due, pending = @pending
  WHERE e164 = @e164`

/** A number, and its entry in a list as JSON. */
export type ListedRow = [e164: string, entry: string]

/** LIMIT takes it as no limit. */
const NO_LIMIT = -1

/**
 * A page of rows. SQLite compiles a statement anew for each value of a bare `LIMIT @limit`, which costs five times what the search
 * itself does; for an expression it does not.
 */
const LIMIT_AND_OFFSET = 'LIMIT CAST(@limit AS INTEGER) OFFSET CAST(@offset AS INTEGER)'

/** Without the hint, SQLite would read all numbers of the range, of all owners. */
const OWNED = 'FROM number AS n INDEXED BY number_of_owner WHERE n.owner = @owner AND n.e164 >= @from AND n.e164 < @to'

const AVAILABLE = "FROM number INDEXED BY available_number WHERE state = 'available' AND e164 >= @from AND e164 < @to"

/** The numbers that have a record. */
export class Numbers {
  readonly #statements: Statements
  readonly #onStateChange: OnStateChange

  /** `onStateChange` hears of each number whose record comes, goes or changes its state. */
  constructor(statements: Statements, onStateChange: OnStateChange) {
    this.#statements = statements
    this.#onStateChange = onStateChange
  }

  find(e164: string): PhoneNumber | undefined {
    const row = this.#statements
      .prepare<[{ e164: string }], NumberRow>(`SELECT ${COLUMNS} FROM number WHERE e164 = @e164`)
      .get({ e164 })
    return row && fromRow(row)
  }

  /** The states of those of `numbers` that have a record. */
  findStates(numbers: readonly string[]): ReadonlyMap<string, State> {
    const rows = this.#statements
      .prepare<[{ numbers: string }], [e164: string, state: State]>(
        'SELECT e164, state FROM number WHERE e164 IN (SELECT value FROM json_each(@numbers))'
      )
      .raw()
      .all({ numbers: JSON.stringify(numbers) })
    return new Map(rows)
  }

  /**
   * Inserts or replaces; `before` is the number as it was found, undefined where it had no record. One statement for both would hold
   * the triggers of both, and take 13 kB more in each sandbox.
   */
  save(number: PhoneNumber, before: PhoneNumber | undefined): void {
    this.#statements.prepare<[NumberRow]>(before === undefined ? INSERT : UPDATE).run(toRow(number))
    const from = before?.state ?? null
    if (from !== number.state) this.#onStateChange(number.e164, from, number.state)
  }

  delete({ e164, state }: PhoneNumber): void {
    this.#statements.prepare<[{ e164: string }]>('DELETE FROM number WHERE e164 = @e164').run({ e164 })
    this.#onStateChange(e164, state, null)
  }

  /** The numbers of `owner` within `range` for which all filters hold, ascending, as a list shows them; at most `limit`. */
  list(owner: string, range: E164Range, filters: readonly Filter[], rules: ViewRules, limit = NO_LIMIT): ListedRow[] {
    const { sql, values } = conditionOf(filters)
    const columns = `e164, ${listEntrySql(rules.dialect.features_view)}`
    return this.#preparePage<ListedRow>(columns, sql)
      .raw()
      .all({ owner, ...withEnd(range), limit, offset: 0, ...values, ...listEntryValues(rules) })
  }

  /** The same numbers as a search shows them; at most `limit`, after `offset` of them. */
  search(owner: string, range: E164Range, filters: readonly Filter[], limit = NO_LIMIT, offset = 0): FoundNumber[] {
    const { sql, values } = conditionOf(filters)
    return this.#preparePage<FoundNumber>('e164 AS number, state', sql).all({
      owner,
      ...withEnd(range),
      limit,
      offset,
      ...values
    })
  }

  /** How many numbers `owner` has within `range` for which all filters hold. */
  count(owner: string, range: E164Range, filters: readonly Filter[] = []): number {
    const { sql, values } = conditionOf(filters)
    const statement = this.#prepareOwned<number>('SELECT COUNT(*)', sql)
    return Number(statement.pluck().get({ owner, ...withEnd(range), ...values }))
  }

  /** How many numbers `owner` has. */
  countOwned(owner: string): number {
    const count = this.#statements
      .prepare<[{ owner: string }], number>('SELECT numbers FROM owner_count WHERE owner = @owner')
      .pluck()
      .get({ owner })
    return count ?? 0
  }

  /** The numbers within `range` that have a record, ascending. */
  listRecorded(range: E164Range): string[] {
    return this.#statements
      .prepare<[Range], string>('SELECT e164 FROM number WHERE e164 >= @from AND e164 < @to ORDER BY e164')
      .pluck()
      .all(withEnd(range))
  }

  /** The available numbers within `range`, ascending; at most `limit`, after `offset` of them. */
  listAvailable(range: E164Range, limit: number, offset: number): string[] {
    return this.#statements
      .prepare<[Values], string>(`SELECT e164 ${AVAILABLE} ORDER BY e164 ${LIMIT_AND_OFFSET}`)
      .pluck()
      .all({ ...withEnd(range), limit, offset })
  }

  /** How many available numbers there are within `range`; reads them. */
  countAvailable(range: E164Range): number {
    return Number(this.#statements.prepare<[Range], number>(`SELECT COUNT(*) ${AVAILABLE}`).pluck().get(withEnd(range)))
  }

  /** The numbers to which something should have happened by `now` (Gregorian seconds), the earliest first. */
  listDue(now: number): PhoneNumber[] {
    return this.#statements
      .prepare<[{ now: number }], NumberRow>(
        `SELECT ${COLUMNS} FROM number WHERE due IS NOT NULL AND due <= @now ORDER BY due, e164`
      )
      .all({ now })
      .map(fromRow)
  }

  /** The numbers to which something will happen by itself or when it is released, ascending. */
  listPending(): PhoneNumber[] {
    return this.#statements
      .prepare<[], NumberRow>(
        `SELECT ${COLUMNS} FROM number WHERE pending IS NOT NULL OR state IN ('aging', 'port_in') ORDER BY e164`
      )
      .all()
      .map(fromRow)
  }

  /** The numbers that fit, ascending, at most `limit` of them. */
  browse(filter: NumberFilter, limit: number): PhoneNumber[] {
    return this.#statements
      .prepare<[Values], NumberRow>(`SELECT ${COLUMNS} ${BROWSED} ORDER BY e164 LIMIT CAST(@limit AS INTEGER)`)
      .all({ ...browsedValues(filter), limit })
      .map(fromRow)
  }

  /** How many numbers that fit are in each state; states without any are left out. Reads them all. */
  countByState(filter: NumberFilter): Partial<Record<State, number>> {
    const counts = this.#statements
      .prepare<[Values], [State, number]>(`SELECT state, COUNT(*) ${BROWSED} GROUP BY state`)
      .raw()
      .all(browsedValues(filter))
    return Object.fromEntries(counts)
  }

  countAll(): number {
    return Number(this.#statements.prepare<[], number>('SELECT COUNT(*) FROM number').pluck().get())
  }

  /** Every number, ascending, one at a time. */
  *all(): Generator<PhoneNumber> {
    const rows = this.#statements.prepare<[], NumberRow>(`SELECT ${COLUMNS} FROM number ORDER BY e164`).iterate()
    for (const row of rows) yield fromRow(row)
  }

  /** Prepares the page of an owner's numbers; `condition` is that of the filters. */
  #preparePage<Row>(columns: string, condition: string): Connection.Statement<[Values], Row> {
    return this.#prepareOwned(`SELECT ${columns}`, condition, `ORDER BY e164 ${LIMIT_AND_OFFSET}`)
  }

  #prepareOwned<Row>(select: string, condition: string, end = ''): Connection.Statement<[Values], Row> {
    if (condition === '') return this.#statements.prepare(`${select} ${OWNED} ${end}`)
    return this.#statements.prepareOnce(`${select} ${OWNED} AND ${condition} ${end}`)
  }
}

function toRow(number: PhoneNumber): NumberRow {
  return {
    e164: number.e164,
    state: number.state,
    owner: number.owner,
    carrier: number.carrier,
    document: JSON.stringify(number.document),
    features: JSON.stringify(number.features),
    used_by: number.usedBy,
    history: JSON.stringify(number.history),
    created: number.createdAt,
    modified: number.modifiedAt,
    due: firstDue(number.pending),
    pending: isEmpty(number.pending) ? null : JSON.stringify(number.pending)
  }
}

/** The columns hold what `toRow` wrote. */
function fromRow(row: NumberRow): PhoneNumber {
  return {
    e164: row.e164,
    state: row.state,
    owner: row.owner,
    carrier: row.carrier,
    document: row.document === '{}' ? {} : (JSON.parse(row.document) as JsonObject),
    features: parseNames(row.features),
    usedBy: row.used_by,
    history: parseNames(row.history),
    createdAt: row.created,
    modifiedAt: row.modified,
    pending: row.pending === null ? {} : (JSON.parse(row.pending) as Delays)
  }
}

/** The names of a JSON list, which is mostly empty: then it need not be parsed. */
function parseNames(list: string): string[] {
  return list === '[]' ? [] : (JSON.parse(list) as string[])
}
