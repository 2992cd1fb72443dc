import type { Dialect } from '../dialect.js'
import { PROBLEMS } from '../problems.js'
import type { Coverage, FirstSeen, LostAnswerCounter, UnmatchedCounter, WarningCounter } from './coverage.js'
import { OPERATION_NAMES, OPERATIONS, problemFor, type Operation, type OperationName } from './outcomes.js'
import { WARNING_CODES, WARNINGS, type WarningCode } from './warnings.js'

export interface ReportedOutcome {
  name: string
  /** `success`, or the status of the failure. */
  status: string
  /** The outcome's description. */
  means: string
  /** The document's heading, or the section of the reference implementation. */
  source: string
  documented: boolean
  count: number
  /** Null where the outcome was not seen. */
  first: FirstSeen | null
}

export interface ReportedOperation {
  name: OperationName
  source: string
  documented: boolean
  outcomes: ReportedOutcome[]
}

export interface ReportedWarning extends WarningCounter {
  code: WarningCode
  /** The document's heading. */
  section: string
  /** The warning's description. */
  means: string
  advice: string
}

export interface UnmatchedRequest extends UnmatchedCounter {
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
  /** What operations did without the client seeing it: a fault came after them, or the client had left. */
  lost_answers: LostAnswerCounter[]
  unmatched: UnmatchedRequest[]
  /** Unmatched requests beyond those listed. */
  unmatched_beyond: number
}

/** Makes the report of a coverage, in the order of the tables; statuses are those of the dialect. */
export function contractReport(coverage: Coverage, sandbox: string | null, dialect: Dialect): ContractReport {
  const operations = OPERATION_NAMES.map((name) => reportOperation(coverage, name, dialect))
  const outcomes = operations.flatMap((operation) => operation.outcomes)
  const warnings = WARNING_CODES.flatMap((code) => reportWarning(code, coverage.warnings.get(code)))
  const unmatched = [...coverage.unmatched].map(([request, counter]) => ({ request, ...counter }))
  return {
    sandbox,
    summary: {
      requests: coverage.requests,
      warnings: sum(warnings),
      unmatched: sum(unmatched) + coverage.unmatchedBeyond,
      documented: share(outcomes.filter(({ documented }) => documented)),
      all: share(outcomes)
    },
    warnings,
    operations,
    lost_answers: [...coverage.lostAnswers.values()],
    unmatched,
    unmatched_beyond: coverage.unmatchedBeyond
  }
}

function reportOperation(coverage: Coverage, name: OperationName, dialect: Dialect): ReportedOperation {
  const { source, isDocumented, outcomes }: Operation = OPERATIONS[name]
  const counters = coverage.outcomes.get(name)
  return {
    name,
    source,
    documented: isDocumented,
    outcomes: outcomes.map((outcome) => ({
      name: outcome.name,
      status: outcome.kind === undefined ? 'success' : String(PROBLEMS[problemFor(dialect, outcome.kind)].status),
      means: outcome.description,
      source: outcome.source,
      documented: outcome.isDocumented,
      count: counters?.get(outcome.name)?.count ?? 0,
      first: counters?.get(outcome.name)?.first ?? null
    }))
  }
}

function reportWarning(code: WarningCode, counter: WarningCounter | undefined): ReportedWarning[] {
  const { source, description, advice } = WARNINGS[code]
  return counter === undefined ? [] : [{ code, section: source, means: description, advice, ...counter }]
}

function share(outcomes: readonly ReportedOutcome[]): Share {
  const seen = outcomes.filter(({ count }) => count > 0).length
  return { seen, of: outcomes.length, percent: Math.floor((100 * seen) / outcomes.length) }
}

function sum(counters: readonly { count: number }[]): number {
  return counters.reduce((total, { count }) => total + count, 0)
}
