import { SnapshotLimitError } from '../state/snapshots.js'
import { StateError } from '../state/checks.js'

/** A wrong call of the admin API: what is wrong, where (a JSON pointer into the body), and what would be right. */
export class AdminProblem extends Error {
  override readonly name = 'AdminProblem'
  readonly status: number
  readonly error: string
  readonly at: string

  constructor(status: number, error: string, message: string, at = '') {
    super(message)
    this.status = status
    this.error = error
    this.at = at
  }
}

export function notFound(what: string): AdminProblem {
  return new AdminProblem(404, 'not_found', `there is no ${what}`)
}

export function invalidAt(at: string, message: string): AdminProblem {
  return new AdminProblem(400, 'invalid', message, at)
}

/** Runs `work`, and turns the refusal of a state document into an AdminProblem with the first of its findings. */
export async function withStateErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SnapshotLimitError) throw new AdminProblem(409, 'limit', error.message)
    if (!(error instanceof StateError)) throw error
    const { findings } = error
    const [{ at, message }] = findings
    throw invalidAt(at, findings.length === 1 ? message : `${message} (1 of ${findings.length} faults)`)
  }
}
