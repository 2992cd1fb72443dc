import type { Connection } from './connection.js'

/** The statements of one database, each prepared when it first runs: a sandbox runs few of them, and each holds 4 to 8 kB. */
export class Statements {
  #connection: Connection.Database
  readonly #prepared = new Map<string, unknown>()

  constructor(connection: Connection.Database) {
    this.#connection = connection
  }

  /** Returns the statement of an SQL text of this program, and keeps it. */
  prepare<Values extends [] | [object], Row = unknown>(sql: string): Connection.Statement<Values, Row> {
    const known = this.#prepared.get(sql) as Connection.Statement<Values, Row> | undefined
    if (known !== undefined) return known
    const statement = this.prepareOnce<Values, Row>(sql)
    this.#prepared.set(sql, statement)
    return statement
  }

  /** Returns a statement without keeping it: clients send filters without end. */
  prepareOnce<Values extends [] | [object], Row = unknown>(sql: string): Connection.Statement<Values, Row> {
    return this.#connection.prepare<unknown[], Row>(sql) as Connection.Statement<Values, Row>
  }

  /** Goes over to another connection. */
  reconnect(connection: Connection.Database): void {
    this.#connection = connection
    this.#prepared.clear()
  }
}
