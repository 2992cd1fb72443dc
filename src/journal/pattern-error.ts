/** A part of a pattern that cannot be used; `at` is a JSON pointer into the pattern. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
  readonly at: string

  constructor(at: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.at = at
  }
}

/** Does `work`, and turns its error into a PatternError at that place. */
export function orPatternError<Result>(at: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw new PatternError(at, (error as Error).message, error)
  }
}
