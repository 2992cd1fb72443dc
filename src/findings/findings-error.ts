import type { Finding } from './finding.js'

/** The error of a check, with what it has found; pointers begin at what was checked. */
export class FindingsError extends Error {
  override readonly name = 'FindingsError'
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[], cause?: unknown) {
    super(findings.map(({ at, message }) => `${at} ${message}`).join('\n'), { cause })
    this.findings = findings
  }
}

/** Throws a FindingsError unless there are no findings. */
export function assertNone(findings: readonly Finding[]): void {
  if (findings.length > 0) throw new FindingsError(findings)
}

/** Returns what a check has found that threw an error. Throws any other error again: it is a defect. */
export function findingsIn(error: unknown): readonly Finding[] {
  if (error instanceof FindingsError) return error.findings
  throw error
}

/** Does all works. Throws one FindingsError with the findings of all that fail. */
export function doAll<Result>(works: readonly (() => Result)[]): Result[] {
  const findings: Finding[] = []
  const results = works.flatMap((work) => noteFindings(findings, work))
  assertNone(findings)
  return results
}

/** Does `work`, and returns its result in a list; adds what is wrong to `findings` where it throws a FindingsError. */
export function noteFindings<Result>(findings: Finding[], work: () => Result): Result[] {
  try {
    return [work()]
  } catch (error) {
    findings.push(...findingsIn(error))
    return []
  }
}
