import { AdminProblem, invalid } from '../../src/admin/plugin.js'
import { SnapshotLimitError } from '../../src/state/snapshots.js'
import { StateError } from '../../src/state/checks.js'

/** What `work` returns; a document that it refuses becomes a refusal of the call, with the first of its faults. */
export function refusing<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof SnapshotLimitError) throw new AdminProblem(409, 'limit', error.message)
    if (!(error instanceof StateError)) throw error
    const { findings } = error
    const [{ at, message }] = findings
    throw invalid(at, findings.length === 1 ? message : `${message} (1 of ${findings.length} faults)`)
  }
}
