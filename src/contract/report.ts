import type { Dialect } from '../dialect.js'
import { PROBLEMS } from '../problems.js'
import type { Counted, Sighting, Coverage } from './coverage.js'
import { formIn, OPERATION_NAMES, OPERATIONS, type Operation, type OperationName } from './outcomes.js'
import { WARNING_CODES, WARNINGS } from './warnings.js'

export interface ReportedOutcome {
  name: string
  /** `success`, or the status of the failure. */
  status: string
  /** What it says, in a sentence. */
  means: string
  /** The document's heading, or the reference implementation. */
  source: string
  documented: boolean
  count: number
  /** Null where it was never seen. */
  first: Sighting | null
}

export interface ReportedOperation {
  name: OperationName
  source: string
  documented: boolean
  outcomes: ReportedOutcome[]
}

export interface ReportedWarning {
  code: string
  count: number
  section: string
  means: string
  advice: string
  /** What the first request's warning was about. */
  detail: string
  first: Sighting
}

export interface ReportedStray extends Counted {
  /** Method and path. */
  request: string
}

interface Share {
  seen: number
  of: number
  /** Rounded down, so that 100 means all. */
  percent: number
}

/** What the client under test has done against the document. */
export interface ContractReport {
  /** Name of the sandbox; null for all of them together. */
  sandbox: string | null
  summary: { requests: number; warnings: number; unmatched: number; documented: Share; all: Share }
  warnings: ReportedWarning[]
  operations: ReportedOperation[]
  unmatched: ReportedStray[]
  /** Requests without a route beyond those listed. */
  unmatched_beyond: number
}

/** The report of what has been counted, in the order of the tables; statuses are those of the dialect. */
export function contractReport(tally: Coverage, sandbox: string | null, dialect: Dialect): ContractReport {
  const operations = OPERATION_NAMES.map((name) => reportedOperation(tally, name, dialect))
  const outcomes = operations.flatMap((operation) => operation.outcomes)
  const warnings = WARNING_CODES.flatMap((code): ReportedWarning[] => {
    const counted = tally.warnings.get(code)
    return counted === undefined ? [] : [{ code, ...WARNINGS[code], ...counted }]
  })
  const unmatched = [...tally.unmatched].map(([request, counted]) => ({ request, ...counted }))
  return {
    sandbox,
    summary: {
      requests: tally.requests,
      warnings: sum(warnings),
      unmatched: sum(unmatched) + tally.unmatchedBeyond,
      documented: share(outcomes.filter(({ documented }) => documented)),
      all: share(outcomes)
    },
    warnings,
    operations,
    unmatched,
    unmatched_beyond: tally.unmatchedBeyond
  }
}

function reportedOperation(tally: Coverage, name: OperationName, dialect: Dialect): ReportedOperation {
  const { source, isDocumented, outcomes }: Operation = OPERATIONS[name]
  const seen = tally.outcomes.get(name)
  return {
    name,
    source,
    documented: isDocumented,
    outcomes: outcomes.map((outcome) => ({
      name: outcome.name,
      status: outcome.kind === undefined ? 'success' : String(PROBLEMS[formIn(dialect, outcome.kind)].status),
      means: outcome.means,
      source: outcome.source,
      documented: outcome.isDocumented,
      count: seen?.get(outcome.name)?.count ?? 0,
      first: seen?.get(outcome.name)?.first ?? null
    }))
  }
}

function share(outcomes: readonly ReportedOutcome[]): Share {
  const seen = outcomes.filter(({ count }) => count > 0).length
  return { seen, of: outcomes.length, percent: Math.floor((100 * seen) / outcomes.length) }
}

function sum(counted: readonly { count: number }[]): number {
  return counted.reduce((total, { count }) => total + count, 0)
}
