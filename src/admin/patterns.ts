import { isOperation, OPERATION_NAMES, operationProblem, outcomeNames } from '../contract/outcomes.js'
import type { Finding } from '../findings/finding.js'
import type { Part } from '../findings/part.js'
import { PatternError } from '../journal/pattern-error.js'
import { TooManyWaitsError } from '../journal/queries.js'
import type { RequestPattern } from '../journal/request-pattern.js'
import { suggest } from '../text/nearest.js'
import type { AdminOptions } from './plugin.js'
import { AdminProblem, refuseFindings } from './problems.js'

/** Finds the parts of a pattern that name something unknown or cannot be used. */
export async function patternFindings(pattern: Part<RequestPattern>, { sandboxes }: AdminOptions): Promise<Finding[]> {
  // All sandboxes read patterns alike, and a call that is refused makes none.
  const unusable = await sandboxes.default.requests.check(pattern.accepted() ?? {})
  return [
    ...pattern.check('/operation', ['operation'], ({ operation }) => operationProblem(operation)),
    ...pattern.check('/outcome', ['operation', 'outcome'], outcomeProblem),
    ...pattern.check('/pathParameters', ['urlPathTemplate'], ({ urlPathTemplate }) =>
      urlPathTemplate === undefined && pattern.field('pathParameters').entries().length > 0
        ? 'needs urlPathTemplate, whose names it has'
        : undefined
    ),
    ...unusable.map(({ at, message }) => ({ at: pattern.at + at, message }))
  ]
}

function outcomeProblem({ operation, outcome }: Pick<RequestPattern, 'operation' | 'outcome'>): string | undefined {
  if (outcome === undefined) return undefined
  const operations = operation === undefined ? OPERATION_NAMES : [operation].filter(isOperation)
  const names = [...new Set(operations.flatMap(outcomeNames))]
  return operations.length === 0 || names.includes(outcome) ? undefined : `is no outcome; ${suggest(outcome, names)}`
}

/** Runs `work` with patterns that stand at a place of the body. Rejects with an AdminProblem for one that would take too long. */
export async function withPatterns<Result>(at: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PatternError) refuseFindings(error.findings.map((one) => ({ ...one, at: at + one.at })))
    if (error instanceof TooManyWaitsError) throw new AdminProblem(429, 'too_many_waits', error.message)
    throw error
  }
}
