import { AdminProblem, invalidAt } from './problems.js'
import { isOperation, OPERATION_NAMES, outcomeNames } from '../contract/outcomes.js'
import { PatternError } from '../journal/pattern-error.js'
import { TooManyWaitsError } from '../journal/queries.js'
import type { RequestPattern } from '../journal/request-pattern.js'
import { suggest } from '../text/nearest.js'

/**
 * Runs `work` with a pattern. Rejects with an AdminProblem that points to the part of the pattern that cannot be used.
 */
export async function withPattern<Result>(
  pattern: RequestPattern,
  work: (pattern: RequestPattern) => Promise<Result>
): Promise<Result> {
  checkNames(pattern)
  return withPatternErrors('', () => work(pattern))
}

/** Runs `work` with patterns in turn, which stand at a place of the body. */
export async function withPatterns<Result>(
  at: string,
  patterns: readonly RequestPattern[],
  work: (patterns: readonly RequestPattern[]) => Promise<Result>
): Promise<Result> {
  for (const [i, pattern] of patterns.entries()) checkNames(pattern, `${at}/${i}`)
  return withPatternErrors(at, () => work(patterns))
}

async function withPatternErrors<Result>(at: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PatternError) throw invalidAt(at + error.at, error.message)
    if (error instanceof TooManyWaitsError) throw new AdminProblem(429, 'too_many_waits', error.message)
    throw error
  }
}

function checkNames({ operation, outcome }: RequestPattern, at = ''): void {
  if (operation !== undefined && !isOperation(operation)) {
    throw invalidAt(`${at}/operation`, `is no operation; ${suggest(operation, OPERATION_NAMES)}`)
  }
  if (outcome === undefined) return
  const operations = operation === undefined ? OPERATION_NAMES : [operation]
  const names = [...new Set(operations.flatMap(outcomeNames))]
  if (!names.includes(outcome)) throw invalidAt(`${at}/outcome`, `is no outcome; ${suggest(outcome, names)}`)
}
