import { DatabaseError } from '../../db/connection.js'
import { inOrder, type Finding } from '../findings/finding.js'
import { FindingsError } from '../findings/findings-error.js'
import { TooManyWaitsError } from '../journal/queries.js'
import { Problem } from '../problems.js'
import { SnapshotLimitError } from '../state/snapshots.js'

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

/** Makes the problem of a call that is wrong as a whole. One that is wrong at a place has a FindingsError. */
export function invalidCall(message: string): AdminProblem {
  return new AdminProblem(400, 'invalid', message)
}

/** Makes an AdminProblem of an error that a call has thrown. Any other error is a defect. */
export function toAdminProblem(error: unknown): AdminProblem {
  if (error instanceof AdminProblem) return error
  if (error instanceof FindingsError) return findingsProblem(error)
  if (error instanceof SnapshotLimitError) return new AdminProblem(409, 'limit', error.message)
  if (error instanceof TooManyWaitsError) return new AdminProblem(429, 'too_many_waits', error.message)
  // A file that cannot be deleted: one that cannot be opened is a Problem.
  if (error instanceof DatabaseError) {
    return new AdminProblem(409, 'file', `the file of the sandbox ${error.reason}; remove it by hand`)
  }
  if (error instanceof Problem) {
    // The Problems of a call are about its sandbox: its name is malformed, it is dropped, or it cannot be opened.
    const { message: expected } = error.data as { message: string }
    return new AdminProblem(error.status, error.status < 500 ? 'invalid' : 'failure', `${error.title}: ${expected}`)
  }
  const { statusCode, message } = error as Error & { statusCode?: number }
  // Fastify refuses requests too, with a status of its own.
  return statusCode !== undefined && statusCode < 500
    ? new AdminProblem(statusCode, 'invalid', message)
    : new AdminProblem(500, 'failure', 'the emulator failed; its log says how')
}

/** The most problems that one answer lists. */
const MAX_PROBLEMS = 50

function findingsProblem({ findings }: FindingsError): AdminProblem {
  const problems = inOrder(findings).slice(0, MAX_PROBLEMS)
  // An error has one at least.
  const [{ at, message }] = problems as [Finding]
  return new AdminProblem(400, 'invalid', message, at, problems.length > 1 ? problems : [])
}
