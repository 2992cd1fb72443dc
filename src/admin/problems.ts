import { SnapshotLimitError } from '../state/snapshots.js'
import { StateError } from '../state/checks.js'
import { inOrder, type Finding } from '../findings/finding.js'

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
const MAX_PROBLEMS = 50

/** Throws the problem of a call unless there are no findings. */
export function refuseFindings(findings: readonly Finding[]): void {
  const problems = inOrder(findings)
  const [first] = problems
  if (first === undefined) return
  const { at, message } = first
  throw new AdminProblem(400, 'invalid', message, at, problems.length > 1 ? problems.slice(0, MAX_PROBLEMS) : [])
}

/** Runs `work`, and turns the refusal of a state document into an AdminProblem with its findings. */
export async function withStateErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SnapshotLimitError) throw new AdminProblem(409, 'limit', error.message)
    if (error instanceof StateError) refuseFindings(error.findings)
    throw error
  }
}
