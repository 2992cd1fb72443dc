import type Connection from 'better-sqlite3'
import { isEmpty } from '../src/json.js'
import type { State } from '../src/numbering/number-state.js'
import { firstDue } from '../src/numbering/pending.js'
import type { PhoneNumber } from '../src/numbering/phone-number.js'
import { Remembered } from '../src/remembered.js'
import { addDocumentFunctions } from './number-filters.js'

export interface NumberRow {
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

/** What a list shows of a number, in the order of `LISTED`. */
export type ListedRow = readonly [
  e164: string,
  state: State,
  owner: string | null,
  carrier: PhoneNumber['carrier'],
  features: string,
  usedBy: string | null,
  created: number,
  modified: number
]

const LISTED = 'e164, state, owner, carrier, features, used_by, created, modified'

const COLUMNS = 'e164, state, owner, carrier, document, features, used_by, history, created, modified, due, pending'

/**
 * Rows that a world shows and that fulfil `where` (over the alias `n`): its own, and those of the base that it has no row
 * for. Both halves come from an index in the order of the numbers, so SQLite merges them without sorting.
 * Question marks: the world, the values of `where`; the base, the values of `where`, the world.
 */
export function visible(columns: string, where: string, index = ''): string {
  return `SELECT ${columns} FROM number AS n ${index} WHERE n.world = ? AND ${where}
    UNION ALL
    SELECT ${columns} FROM number AS n ${index} WHERE n.world = ? AND ${where}
    AND NOT EXISTS (SELECT 1 FROM number AS own WHERE own.world = ? AND own.e164 = n.e164)`
}

export type Values = (string | number | null)[]

/** Filters come from clients: so many of the statements that they make are kept. */
const MOST_STATEMENTS = 100

/** The SQL over numbers, prepared once for every world of a database. */
export class NumberStatements {
  readonly find
  readonly put
  readonly drop
  readonly bury
  readonly recordedIn
  readonly inPool
  readonly due
  readonly nextDue
  readonly waiting
  readonly everything
  readonly total
  readonly #lists = new Remembered<Connection.Statement<Values, ListedRow>>(MOST_STATEMENTS)
  readonly #counts = new Remembered<Connection.Statement<Values, number>>(MOST_STATEMENTS)
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
      .prepare<Values, string>(`${visible('n.e164', POOLED)} ORDER BY e164 LIMIT (?+0) OFFSET (?+0)`)
      .pluck()
    this.due = connection.prepare<[number, number], NumberRow>(
      `SELECT ${COLUMNS} FROM number WHERE world = ? AND due IS NOT NULL AND due <= ? ORDER BY due, e164`
    )
    this.nextDue = connection
      .prepare<[number], number | null>('SELECT MIN(due) FROM number WHERE world = ? AND due IS NOT NULL')
      .pluck()
    this.waiting = connection.prepare<Values, NumberRow>(
      `${visible(COLUMNS, "(n.pending IS NOT NULL OR n.state IN ('aging', 'port_in'))")} ORDER BY e164`
    )
    this.everything = connection.prepare<Values, NumberRow>(`${visible(COLUMNS, 'n.state IS NOT NULL')} ORDER BY e164`)
    this.total = connection
      .prepare<Values, number>(`SELECT COUNT(*) FROM (${visible('n.e164', 'n.state IS NOT NULL')})`)
      .pluck()
  }

  /** Inserts or replaces the row of a number. */
  write(world: number, number: PhoneNumber): void {
    this.put.run(
      world,
      number.e164,
      number.state,
      number.owner,
      number.carrier,
      isEmpty(number.document) ? '{}' : JSON.stringify(number.document),
      listText(number.features),
      number.usedBy,
      listText(number.history),
      number.createdAt,
      number.modifiedAt,
      firstDue(number.pending),
      isEmpty(number.pending) ? null : JSON.stringify(number.pending)
    )
  }

  /** The statement that pages the numbers of one owner under `condition`. Those without filters are asked for most. */
  list(condition: string): Connection.Statement<Values, ListedRow> {
    return this.#lists.of(condition, () =>
      this.#connection
        .prepare<Values, ListedRow>(
          `${visible(LISTED, OWNED + condition, BY_OWNER)} ORDER BY e164 LIMIT (?+0) OFFSET (?+0)`
        )
        .raw()
    )
  }

  /** The statement that counts them. */
  count(condition: string): Connection.Statement<Values, number> {
    return this.#counts.of(condition, () =>
      this.#connection
        .prepare<Values, number>(`SELECT COUNT(*) FROM (${visible('n.e164', OWNED + condition, BY_OWNER)})`)
        .pluck()
    )
  }
}

/** JSON; of most numbers these lists are empty. */
function listText(names: readonly string[]): string {
  return names.length === 0 ? '[]' : JSON.stringify(names)
}

const POOLED = "n.state = 'available' AND n.e164 >= ? AND n.e164 < ?"

const OWNED = 'n.owner = ? AND n.e164 >= ? AND n.e164 < ?'

/** Left alone, SQLite would rather read all numbers of the range, whoever owns them. */
const BY_OWNER = 'INDEXED BY number_of_owner'
