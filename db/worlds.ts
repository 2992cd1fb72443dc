import type Connection from 'better-sqlite3'
import { FIRST_WORLD, type World } from './world.js'
import type { Writes } from './writes.js'

/** Every table whose rows belong to a world, with the columns that tell its rows apart there. */
const TABLES = {
  number: 'e164',
  block: 'exchange',
  offer: 'first',
  found: 'query',
  attempt: 'e164',
  token: 'token'
} as const

/** Rows that one step of sweeping takes away, so that no request waits long behind it. */
const SWEPT_AT_ONCE = 500

/** LIMIT takes it as no limit. */
const ALL = -1

/** The numbers whose blocks are counted, as GLOB has it. */
const TEN_DIGITS = `+1${'[0-9]'.repeat(10)}`

/** The worlds that a table has rows of, found by jumping from one to the next: a table may have millions of rows. */
function worldsIn(table: string): string {
  return `WITH RECURSIVE next (world) AS (
      SELECT MIN(world) FROM ${table}
      UNION ALL SELECT (SELECT MIN(world) FROM ${table} WHERE world > next.world) FROM next WHERE world IS NOT NULL
    ) SELECT world FROM next WHERE world IS NOT NULL`
}

/** Which worlds there are. Leaving one costs nothing at once; its rows are swept away in small steps. */
export class Worlds {
  readonly #writes: Writes
  readonly #connection: Connection.Database
  #preparedCopies: Connection.Statement<[number, number]>[] | undefined
  #preparedSweeps: Connection.Statement<[number, number, number]>[] | undefined
  readonly #names
  readonly #worldOf
  readonly #setName
  readonly #dropName
  readonly #dropCounts
  readonly #recount
  readonly #abandoned: number[]
  #next: number

  constructor(connection: Connection.Database, writes: Writes) {
    this.#writes = writes
    this.#connection = connection
    this.#names = connection.prepare<[], string>('SELECT name FROM sandbox').pluck()
    this.#worldOf = connection.prepare<[string], World>('SELECT world AS id, base FROM sandbox WHERE name = ?')
    this.#setName = connection.prepare<[string, number, number]>(
      'INSERT OR REPLACE INTO sandbox (name, world, base) VALUES (?, ?, ?)'
    )
    this.#dropName = connection.prepare<[string]>('DELETE FROM sandbox WHERE name = ?')
    this.#dropCounts = connection.prepare<[number]>(
      'DELETE FROM block WHERE world IN (SELECT world FROM sandbox WHERE base = ?)'
    )
    this.#recount = connection.prepare<[number]>(
      `INSERT INTO block (world, exchange, recorded, pooled)
       SELECT own.world, substr(own.e164, 3, 6),
         SUM((own.state IS NOT NULL) - (base.state IS NOT NULL)),
         SUM((own.state IS 'available') - (base.state IS 'available'))
       FROM sandbox JOIN number AS own ON own.world = sandbox.world
         LEFT JOIN number AS base ON base.world = sandbox.base AND base.e164 = own.e164
       WHERE sandbox.base = ? AND own.e164 GLOB '${TEN_DIGITS}' GROUP BY 1, 2`
    )
    const used = Object.keys(TABLES)
      .map((table) => `SELECT world FROM (${worldsIn(table)})`)
      .join(' UNION ')
    const named = new Set(connection.prepare<[], number>('SELECT world FROM sandbox').pluck().all())
    const ids = connection.prepare<[], number>(used).pluck().all()
    this.#abandoned = ids.filter((id) => id >= FIRST_WORLD && !named.has(id))
    this.#next = Math.max(FIRST_WORLD - 1, ...ids, ...named) + 1
  }

  /** An id that no row has. */
  create(): number {
    return this.#next++
  }

  /** The sandboxes that the file keeps worlds for. */
  names(): string[] {
    return this.#names.all()
  }

  /** The world that the file keeps for a sandbox, if it does. */
  named(name: string): World | undefined {
    return this.#worldOf.get(name)
  }

  /** Makes the file keep `world` for a sandbox. */
  name(name: string, { id, base }: World): void {
    this.#writes.begin()
    this.#setName.run(name, id, base)
  }

  forget(name: string): void {
    this.#writes.begin()
    this.#dropName.run(name)
  }

  /** Puts a copy of the rows of one world into another, which must be empty. */
  copy(from: number, to: number): void {
    this.#writes.flush()
    for (const statement of this.#copies) statement.run(to, from)
  }

  /** Gives a world up: nobody reads its rows any more. */
  abandon(world: number): void {
    this.#writes.forget(world)
    this.#abandoned.push(world)
  }

  /** Takes away some rows of what was given up. Returns whether there is more to do. */
  sweep(): boolean {
    const world = this.#abandoned[0]
    if (world === undefined) return false
    const swept = this.#sweeps.reduce(
      (most, sweep) => Math.max(most, sweep.run(world, world, SWEPT_AT_ONCE).changes),
      0
    )
    if (swept < SWEPT_AT_ONCE) this.#abandoned.shift()
    return this.#abandoned.length > 0
  }

  /** Takes all rows of a world away at once. */
  empty(world: number): void {
    this.#writes.flush()
    for (const sweep of this.#sweeps) sweep.run(world, world, ALL)
  }

  /** Counts the blocks of all sandboxes over `base` anew: they say what differs from it, and its rows have changed. */
  recount(base: number): void {
    this.#writes.flush()
    this.#dropCounts.run(base)
    this.#recount.run(base)
  }

  /** A table each, prepared for the first who needs them: most starts need none. */
  get #copies(): Connection.Statement<[number, number]>[] {
    return (this.#preparedCopies ??= Object.keys(TABLES).map((table) => {
      const columns = this.#connection
        .prepare<[string], string>("SELECT name FROM pragma_table_info(?) WHERE name <> 'world'")
        .pluck()
        .all(table)
        .join(', ')
      return this.#connection.prepare(
        `INSERT INTO ${table} (world, ${columns}) SELECT ?, ${columns} FROM ${table} WHERE world = ?`
      )
    }))
  }

  get #sweeps(): Connection.Statement<[number, number, number]>[] {
    return (this.#preparedSweeps ??= Object.entries(TABLES).map(([table, key]) =>
      this.#connection.prepare(
        `DELETE FROM ${table} WHERE world = ? AND (${key}) IN (SELECT ${key} FROM ${table} WHERE world = ? LIMIT (?+0))`
      )
    ))
  }
}
