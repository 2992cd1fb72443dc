import { Type, type Static } from '@sinclair/typebox'
import { DIALECT_NAMES, type Dialect } from '../dialect.js'
import { PROBLEMS } from '../problems.js'
import {
  FIRST_SEEN,
  LOST_ANSWER_COUNTER,
  UNMATCHED_COUNTER,
  WARNING_COUNTER,
  type Coverage,
  type WarningCounter
} from './coverage.js'
import {
  OPERATION_NAMES,
  OPERATIONS,
  problemFor,
  type Operation,
  type OperationName,
  type OutcomeName
} from './outcomes.js'
import { WARNING_CODES, WARNINGS, type WarningCode } from './warnings.js'
import { oneOf, textOrNull } from '../text/text-schema.js'

const REPORTED_OUTCOME = Type.Object({
  name: Type.Unsafe<OutcomeName>({ type: 'string' }),
  status: Type.String({ description: 'success, or the status of the failure' }),
  means: Type.String(),
  source: Type.String({ description: 'The heading of the document, or the section of the reference implementation' }),
  documented: Type.Boolean(),
  count: Type.Integer(),
  first: Type.Unsafe<Static<typeof FIRST_SEEN> | null>({
    anyOf: [FIRST_SEEN, { type: 'null' }],
    description: 'Null where the outcome was not seen'
  })
})
export type ReportedOutcome = Static<typeof REPORTED_OUTCOME>

const REPORTED_OPERATION = Type.Object({
  name: Type.Unsafe<OperationName>({ type: 'string' }),
  source: Type.String(),
  documented: Type.Boolean(),
  outcomes: Type.Array(REPORTED_OUTCOME)
})

const REPORTED_WARNING = Type.Object({
  ...WARNING_COUNTER.properties,
  code: Type.Unsafe<WarningCode>({ type: 'string' }),
  section: Type.String({ description: 'The heading of the document' }),
  means: Type.String(),
  advice: Type.String()
})

const SHARE = Type.Object({
  seen: Type.Integer(),
  of: Type.Integer(),
  percent: Type.Integer({ description: 'Rounded down, so that 100 means all' })
})

/** What the client under test has done against the document. */
export const CONTRACT_REPORT = Type.Object({
  sandbox: textOrNull({ description: 'Null for all together' }),
  dialect: oneOf(DIALECT_NAMES),
  made_at: Type.String({
    description: 'When the report was made, by the clock of the sandbox, such as 2024-01-31T12:00:00.000Z'
  }),
  summary: Type.Object({
    requests: Type.Integer(),
    warnings: Type.Integer(),
    unmatched: Type.Integer(),
    documented: SHARE,
    all: SHARE
  }),
  warnings: Type.Array(REPORTED_WARNING),
  operations: Type.Array(REPORTED_OPERATION),
  lost_answers: Type.Array(LOST_ANSWER_COUNTER, {
    description: 'What operations did without the client seeing it: a fault came after them, or the client had left'
  }),
  unmatched: Type.Array(
    Type.Object({ ...UNMATCHED_COUNTER.properties, request: Type.String({ description: 'Method and path' }) })
  ),
  unmatched_beyond: Type.Integer({ description: 'Unmatched requests beyond those listed' })
})
export type ContractReport = Static<typeof CONTRACT_REPORT>

/** What a report is about. */
interface ReportSubject {
  /** The name of the sandbox; null for all together. */
  sandbox: string | null
  dialect: Dialect
  /** Unix milliseconds of the report. */
  at: number
}

/** Makes the report of a coverage, in the order of the tables; statuses are those of the dialect. */
export function contractReport(coverage: Coverage, { sandbox, dialect, at }: ReportSubject): ContractReport {
  const operations = OPERATION_NAMES.map((name) => reportOperation(coverage, name, dialect))
  const outcomes = operations.flatMap((operation) => operation.outcomes)
  const warnings = WARNING_CODES.flatMap((code) => reportWarning(code, coverage.warnings.get(code)))
  const unmatched = [...coverage.unmatched].map(([request, counter]) => ({ request, ...counter }))
  return {
    sandbox,
    dialect: dialect.name,
    made_at: new Date(at).toISOString(),
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

function reportOperation(coverage: Coverage, name: OperationName, dialect: Dialect): Static<typeof REPORTED_OPERATION> {
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

function reportWarning(code: WarningCode, counter: WarningCounter | undefined): Static<typeof REPORTED_WARNING>[] {
  const { source, description, advice } = WARNINGS[code]
  return counter === undefined ? [] : [{ code, section: source, means: description, advice, ...counter }]
}

function share(outcomes: readonly ReportedOutcome[]): Static<typeof SHARE> {
  const seen = outcomes.filter(({ count }) => count > 0).length
  return { seen, of: outcomes.length, percent: Math.floor((100 * seen) / outcomes.length) }
}

function sum(counters: readonly { count: number }[]): number {
  return counters.reduce((total, { count }) => total + count, 0)
}
