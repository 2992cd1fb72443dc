import type { Finding } from '../findings/finding.js'
import { FindingsError, findingsIn } from '../findings/findings-error.js'
import { ExpressionError } from './expression.js'

/** The parts of a pattern that cannot be used; pointers begin at the pattern. */
export class PatternError extends FindingsError {
  override readonly name = 'PatternError'
}

/** Does `work`, and turns its ExpressionError into a PatternError at that place. */
export function orPatternError<Result>(at: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw new PatternError([{ at, message: error.message }], error)
  }
}

/** Does all works. Throws one PatternError with the findings of all that fail. */
export function doAll<Result>(works: readonly (() => Result)[]): Result[] {
  const findings: Finding[] = []
  const results = works.flatMap((work) => orNoted(findings, work))
  assertUsable(findings)
  return results
}

/** Does `work`, and returns its result in a list; adds what is wrong to `findings` where it throws a PatternError. */
export function orNoted<Result>(findings: Finding[], work: () => Result): Result[] {
  try {
    return [work()]
  } catch (error) {
    findings.push(...findingsIn(error))
    return []
  }
}

/** Throws a PatternError unless there are no findings. */
export function assertUsable(findings: readonly Finding[]): void {
  if (findings.length > 0) throw new PatternError(findings)
}
