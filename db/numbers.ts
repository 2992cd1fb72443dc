import type Connection from 'better-sqlite3'
import type { JsonObject } from '../src/json.js'
import type { Filter } from '../src/numbering/list-filters.js'
import type { State } from '../src/numbering/number-state.js'
import { firstDue, type Pending } from '../src/numbering/pending.js'
import type { PhoneNumber } from '../src/numbering/phone-number.js'
import { addDocumentFunctions, conditionOf } from './filter-conditions.js'
import type { World } from './world.js'

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

/** The row of a number that the base has and its world no longer. */
interface BuriedRow extends Omit<NumberRow, 'state'> {
  state: null
}

const COLUMNS = 'e164, state, owner, carrier, document, features, used_by, history, created, modified, due, pending'

/** E.164 strings from `from`, and below `to` where there is one. */
export interface Range {
  from: string
  to?: string | undefined
}

/** Sorts after every E.164 string. */
const END = '+:'

/** The last place that a page reads; LIMIT takes it as "all". */
const ALL = -1

/**
 * Rows that a world shows and that fulfil `where` (over the alias `n`): its own, and those of the base that it has no row
 * for. Both halves come from an index in the order of the numbers, so SQLite merges them without sorting.
 * Question marks: the world, the values of `where`; the base, the values of `where`, the world.
 */
function visible(columns: string, where: string, index = ''): string {
  return `SELECT ${columns} FROM number AS n ${index} WHERE n.world = ? AND ${where}
    UNION ALL
    SELECT ${columns} FROM number AS n ${index} WHERE n.world = ? AND ${where}
    AND NOT EXISTS (SELECT 1 FROM number AS own WHERE own.world = ? AND own.e164 = n.e164)`
}

type Values = (string | number | null)[]

/** The SQL over numbers, prepared once for every world of a database. */
export class NumberStatements {
  readonly find
  readonly put
  readonly drop
  readonly bury
  readonly recordedIn
  readonly inPool
  readonly due
  readonly waiting
  readonly everything
  readonly total
  readonly #lists = new Map<string, Connection.Statement<Values, NumberRow>>()
  readonly #counts = new Map<string, Connection.Statement<Values, number>>()
  readonly #connection: Connection.Database

  constructor(connection: Connection.Database) {
    this.#connection = connection
    addDocumentFunctions(connection)
    this.find = connection.prepare<[number, string, number, string], NumberRow | BuriedRow>(
      `SELECT ${COLUMNS} FROM number WHERE world = ? AND e164 = ?
       UNION ALL SELECT ${COLUMNS} FROM number WHERE world = ? AND e164 = ? LIMIT 1`
    )
    this.put = connection.prepare<
      [
        number,
        string,
        string,
        string | null,
        string,
        string,
        string,
        string | null,
        string,
        number,
        number,
        number | null,
        string | null
      ]
    >(`INSERT OR REPLACE INTO number (world, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    this.drop = connection.prepare<[number, string]>('DELETE FROM number WHERE world = ? AND e164 = ?')
    this.bury = connection.prepare<[number, number, string]>(
      `INSERT INTO number (world, e164, carrier, document, features, history, created, modified)
       SELECT ?, e164, carrier, '{}', '[]', '[]', 0, 0 FROM number WHERE world = ? AND e164 = ?`
    )
    this.recordedIn = connection
      .prepare<Values, string>(visible('n.e164', 'n.state IS NOT NULL AND n.e164 >= ? AND n.e164 < ?'))
      .pluck()
    this.inPool = connection
      .prepare<Values, string>(
        `${visible(
          'n.e164',
          "n.state = 'available' AND n.e164 >= ? AND n.e164 < ? AND n.e164 NOT IN (SELECT value FROM json_each(?))"
        )} ORDER BY e164 LIMIT (?+0) OFFSET (?+0)`
      )
      .pluck()
    this.due = connection.prepare<[number, number], NumberRow>(
      `SELECT ${COLUMNS} FROM number WHERE world = ? AND due IS NOT NULL AND due <= ? ORDER BY due, e164`
    )
    this.waiting = connection.prepare<Values, NumberRow>(
      `${visible(COLUMNS, "(n.pending IS NOT NULL OR n.state IN ('aging', 'port_in'))")} ORDER BY e164`
    )
    this.everything = connection.prepare<Values, NumberRow>(`${visible(COLUMNS, 'n.state IS NOT NULL')} ORDER BY e164`)
    this.total = connection
      .prepare<Values, number>(`SELECT COUNT(*) FROM (${visible('n.e164', 'n.state IS NOT NULL')})`)
      .pluck()
  }

  /** The statement that pages the numbers of one owner under `condition`. Those without filters are asked for most. */
  list(condition: string): Connection.Statement<Values, NumberRow> {
    return remembered(this.#lists, condition, () =>
      this.#connection.prepare<Values, NumberRow>(
        `${visible(COLUMNS, OWNED + condition, BY_OWNER)} ORDER BY e164 LIMIT (?+0) OFFSET (?+0)`
      )
    )
  }

  /** The statement that counts them. */
  count(condition: string): Connection.Statement<Values, number> {
    return remembered(this.#counts, condition, () =>
      this.#connection
        .prepare<Values, number>(`SELECT COUNT(*) FROM (${visible('n.e164', OWNED + condition, BY_OWNER)})`)
        .pluck()
    )
  }
}

const OWNED = 'n.owner = ? AND n.e164 >= ? AND n.e164 < ?'

/** Left alone, SQLite would rather read all numbers of the range, whoever owns them. */
const BY_OWNER = 'INDEXED BY number_of_owner'

/** Filters come from clients: the statements that they make are remembered up to a point. */
const MOST_STATEMENTS = 100

function remembered<Statement>(known: Map<string, Statement>, condition: string, prepare: () => Statement): Statement {
  const before = known.get(condition)
  if (before !== undefined) return before
  if (known.size >= MOST_STATEMENTS) known.clear()
  const statement = prepare()
  known.set(condition, statement)
  return statement
}

/** Hears of a number that is in another state than before; null is no record. */
export type OnChange = (e164: string, from: State | null, to: State | null) => void

/** The numbers of one world. */
export class Numbers {
  readonly #sql: NumberStatements
  readonly #world: World
  readonly #onChange: OnChange

  /** `onChange` is told of each number whose record comes, goes or changes its state. */
  constructor(sql: NumberStatements, world: World, onChange: OnChange) {
    this.#sql = sql
    this.#world = world
    this.#onChange = onChange
  }

  find(e164: string): PhoneNumber | undefined {
    const { id, base } = this.#world
    const row = this.#sql.find.get(id, e164, base, e164)
    return row === undefined || row.state === null ? undefined : fromRow(row)
  }

  /** Inserts or replaces; `before` is the number as it was found, undefined where it had no record. */
  save(number: PhoneNumber, before: PhoneNumber | undefined): void {
    this.#sql.put.run(
      this.#world.id,
      number.e164,
      number.state,
      number.owner,
      number.carrier,
      JSON.stringify(number.document),
      JSON.stringify(number.features),
      number.usedBy,
      JSON.stringify(number.history),
      number.createdAt,
      number.modifiedAt,
      firstDue(number.pending),
      Object.keys(number.pending).length === 0 ? null : JSON.stringify(number.pending)
    )
    if (before?.state !== number.state) this.#onChange(number.e164, before?.state ?? null, number.state)
  }

  /** Takes the record of a number away, also where it belongs to the fixtures. */
  remove(number: PhoneNumber): void {
    const { id, base } = this.#world
    this.#sql.drop.run(id, number.e164)
    this.#sql.bury.run(id, base, number.e164)
    this.#onChange(number.e164, number.state, null)
  }

  /** The numbers of `owner` within `range` for which all filters hold, ascending; at most `limit`, after `offset` of them. */
  list(owner: string, range: Range, filters: readonly Filter[], limit = ALL, offset = 0): PhoneNumber[] {
    const { sql, values } = conditionOf(filters)
    const where = [owner, range.from, range.to ?? END, ...values]
    const rows = this.#sql
      .list(sql)
      .all(this.#world.id, ...where, this.#world.base, ...where, this.#world.id, limit, offset)
    return rows.map(fromRow)
  }

  /** How many numbers `owner` has within `range` for which all filters hold. */
  count(owner: string, range: Range, filters: readonly Filter[] = []): number {
    const { sql, values } = conditionOf(filters)
    const where = [owner, range.from, range.to ?? END, ...values]
    return Number(this.#sql.count(sql).get(this.#world.id, ...where, this.#world.base, ...where, this.#world.id))
  }

  /** The numbers within `range` that have a record, in no order. */
  recordedIn(range: Range): string[] {
    const where = [range.from, range.to ?? END]
    return this.#sql.recordedIn.all(this.#world.id, ...where, this.#world.base, ...where, this.#world.id)
  }

  /** The available numbers within `range` but for those of `except`, ascending. */
  inPool(range: Range, except: readonly string[], limit: number, offset: number): string[] {
    const where = [range.from, range.to ?? END, JSON.stringify(except)]
    return this.#sql.inPool.all(this.#world.id, ...where, this.#world.base, ...where, this.#world.id, limit, offset)
  }

  /** The numbers to which something should have happened by `now`, the earliest first. */
  due(now: number): PhoneNumber[] {
    return this.#sql.due.all(this.#world.id, now).map(fromRow)
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
