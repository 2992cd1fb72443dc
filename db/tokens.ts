import type { Statements } from './statements.js'

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
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  find(token: string): IssuedToken | undefined {
    return this.#statements
      .prepare<[{ token: string }], IssuedToken>('SELECT token, account, expires FROM token WHERE token = @token')
      .get({ token })
  }

  save(token: IssuedToken): void {
    this.#statements
      .prepare<[IssuedToken]>(
        'INSERT OR REPLACE INTO token (token, account, expires) VALUES (@token, @account, @expires)'
      )
      .run(token)
  }

  /** Deletes the tokens that have been expired for a day at `now` (Gregorian seconds), so that logins do not pile up. */
  deleteExpired(now: number): void {
    this.#statements
      .prepare<[{ before: number }]>('DELETE FROM token WHERE expires < @before')
      .run({ before: now - KEPT_SECONDS })
  }

  /** Deletes the tokens of an account. */
  deleteOf(account: string): void {
    this.#statements.prepare<[{ account: string }]>('DELETE FROM token WHERE account = @account').run({ account })
  }

  /** Every token, in its order as text. */
  all(): IssuedToken[] {
    return this.#statements.prepare<[], IssuedToken>('SELECT token, account, expires FROM token ORDER BY token').all()
  }
}
