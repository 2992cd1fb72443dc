import type { Finding } from './finding.js'

/** The error of a check, with what it has found; pointers begin at what was checked. */
export class FindingsError extends Error {
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[], cause?: unknown) {
    super(findings.map(({ at, message }) => `${at} ${message}`).join('\n'), { cause })
    this.findings = findings
  }
}

/** Returns what a check has found that threw an error. Throws any other error again: it is a defect. */
export function findingsIn(error: unknown): readonly Finding[] {
  if (error instanceof FindingsError) return error.findings
  throw error
}
