import { onFirstUse, type Connection } from './connection.js'

export interface IssuedToken {
  token: string
  account: string
  /** Gregorian seconds from which on it is refused. */
  expires: number
}

/** How long an expired token is still told apart from one that never was, in seconds. */
const KEPT_SECONDS = 86_400

/** The tokens that logins have issued. */
export class Tokens {
  readonly #find
  readonly #save
  readonly #deleteExpired
  readonly #deleteOf
  readonly #all

  constructor(connection: Connection.Database) {
    this.#find = onFirstUse(() =>
      connection.prepare<[Pick<IssuedToken, 'token'>], IssuedToken>(
        'SELECT token, account, expires FROM token WHERE token = @token'
      )
    )
    this.#save = onFirstUse(() =>
      connection.prepare<[IssuedToken]>(
        'INSERT OR REPLACE INTO token (token, account, expires) VALUES (@token, @account, @expires)'
      )
    )
    this.#deleteExpired = onFirstUse(() =>
      connection.prepare<[{ before: number }]>('DELETE FROM token WHERE expires < @before')
    )
    this.#deleteOf = onFirstUse(() =>
      connection.prepare<[{ account: string }]>('DELETE FROM token WHERE account = @account')
    )
    this.#all = onFirstUse(() =>
      connection.prepare<[], IssuedToken>('SELECT token, account, expires FROM token ORDER BY token')
    )
  }

  find(token: string): IssuedToken | undefined {
    return this.#find().get({ token })
  }

  save(token: IssuedToken): void {
    this.#save().run(token)
  }

  /** Deletes the tokens that have been expired for a day at `now` (Gregorian seconds), so that logins do not pile up. */
  deleteExpired(now: number): void {
    this.#deleteExpired().run({ before: now - KEPT_SECONDS })
  }

  /** Deletes the tokens of an account. */
  deleteOf(account: string): void {
    this.#deleteOf().run({ account })
  }

  /** Every token, in its order as text. */
  all(): IssuedToken[] {
    return this.#all().all()
  }
}
