/** A call that the admin API has refused. The message says what is wrong and what would be right. */
export class AdminError extends Error {
  override readonly name = 'AdminError'
  /** The HTTP status. */
  readonly status: number
  /** A JSON pointer to the wrong part of the body; `''` where the call is wrong as a whole. */
  readonly at: string

  constructor(status: number, message: string, at: string) {
    super(message)
    this.status = status
    this.at = at
  }
}
