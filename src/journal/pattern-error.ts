import type { Finding } from '../findings/finding.js'

/** The parts of a pattern that cannot be used; pointers begin at the pattern. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[], cause?: unknown) {
    super(findings.map(({ at, message }) => `${at} ${message}`).join('\n'), { cause })
    this.findings = findings
  }
}

/** Does `work`, and turns its error into a PatternError at that place. */
export function orPatternError<Result>(at: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw new PatternError([{ at, message: (error as Error).message }], error)
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
    findings.push(...(error as PatternError).findings)
    return []
  }
}

/** Throws a PatternError unless there are no findings. */
export function assertUsable(findings: readonly Finding[]): void {
  if (findings.length > 0) throw new PatternError(findings)
}
