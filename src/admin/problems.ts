import { SnapshotLimitError } from '../state/snapshots.js'
import { StateError } from '../state/checks.js'
import type { Finding } from '../state/schema-findings.js'

/** A wrong call of the admin API: what is wrong, where (a JSON pointer into the body), and what would be right. */
export class AdminProblem extends Error {
  override readonly name = 'AdminProblem'
  readonly status: number
  readonly error: string
  readonly at: string
  /** All that is wrong, where that is more than one thing; the first is `message` and `at`. */
  readonly problems: readonly Finding[]

  constructor(status: number, error: string, message: string, at = '', problems: readonly Finding[] = []) {
    super(message)
    this.status = status
    this.error = error
    this.at = at
    this.problems = problems
  }
}

export function notFound(what: string): AdminProblem {
  return new AdminProblem(404, 'not_found', `there is no ${what}`)
}

export function invalidAt(at: string, message: string): AdminProblem {
  return new AdminProblem(400, 'invalid', message, at)
}

/** The most problems that one answer lists. */
export const MAX_PROBLEMS = 50

/** Makes the problem of a call with one finding or more. */
export function invalid(findings: readonly [Finding, ...Finding[]]): AdminProblem {
  const [{ at, message }] = findings
  return new AdminProblem(400, 'invalid', message, at, findings.length > 1 ? findings.slice(0, MAX_PROBLEMS) : [])
}

/** Runs `work`, and turns the refusal of a state document into an AdminProblem with its findings. */
export async function withStateErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SnapshotLimitError) throw new AdminProblem(409, 'limit', error.message)
    if (!(error instanceof StateError)) throw error
    throw invalid(error.findings)
  }
}
