import type Connection from 'better-sqlite3'
import { shownThrough, type World } from './world.js'
import type { Writes } from './writes.js'

export interface IssuedToken {
  token: string
  account: string
  /** Gregorian seconds from which on it is refused. */
  expires: number
}

export class TokenStatements {
  readonly find
  readonly add
  readonly sweep
  readonly isAny
  readonly everything

  constructor(connection: Connection.Database) {
    this.isAny = connection
      .prepare<[number, number], number>('SELECT EXISTS (SELECT 1 FROM token WHERE world IN (?, ?))')
      .pluck()
    this.find = connection.prepare<[number, string, number, string], IssuedToken>(
      `SELECT token, account, expires FROM token WHERE world = ? AND token = ?
       UNION ALL SELECT token, account, expires FROM token WHERE world = ? AND token = ? LIMIT 1`
    )
    this.add = connection.prepare<[number, string, string, number]>(
      'INSERT OR REPLACE INTO token (world, token, account, expires) VALUES (?, ?, ?, ?)'
    )
    this.sweep = connection.prepare<[number, number]>('DELETE FROM token WHERE world = ? AND expires < ?')
    this.everything = connection.prepare<number[], IssuedToken>(
      `${shownThrough('token', 'token', 'account, expires')} ORDER BY token`
    )
  }
}

/** How long an expired token is still told apart from one that never was, in seconds. */
const REMEMBERED = 86_400

/** The tokens that logins have issued. */
export class Tokens {
  readonly #sql: TokenStatements
  readonly #world: World
  readonly #writes: Writes
  /** Whether there may be any; most worlds have none, and need not be asked. */
  #isAny: boolean | undefined

  constructor(sql: TokenStatements, world: World, writes: Writes) {
    this.#sql = sql
    this.#world = world
    this.#writes = writes
  }

  find(token: string): IssuedToken | undefined {
    this.#isAny ??= this.#sql.isAny.get(this.#world.id, this.#world.base) === 1
    if (!this.#isAny) return undefined
    return this.#sql.find.get(this.#world.id, token, this.#world.base, token)
  }

  /** Remembers a token; long expired ones go, so that logins cannot pile up. */
  add(token: IssuedToken, now: number): void {
    this.#writes.begin()
    this.#sql.sweep.run(this.#world.id, now - REMEMBERED)
    this.put(token)
  }

  /** Remembers a token beside all others. */
  put({ token, account, expires }: IssuedToken): void {
    this.#writes.begin()
    this.#isAny = true
    this.#sql.add.run(this.#world.id, token, account, expires)
  }

  /** Every token, in its order as text. */
  everything(): IssuedToken[] {
    const { id, base } = this.#world
    return this.#sql.everything.all(id, base, id)
  }
}
