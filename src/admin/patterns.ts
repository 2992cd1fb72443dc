import { isOperation, OPERATION_NAMES, operationProblem, outcomeNames } from '../contract/outcomes.js'
import type { Finding } from '../findings/finding.js'
import type { Part } from '../findings/part.js'
import type { RequestPattern } from '../journal/request-pattern.js'
import { suggest } from '../text/nearest.js'
import type { AdminOptions } from './plugin.js'

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
