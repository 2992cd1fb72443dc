import { JSONPathEnvironment } from 'json-p3'
import { DEEPEST_DOCUMENT } from '../numbering/public-fields.js'
import type { JsonValue } from '../json.js'
import { ExpressionError } from './expression.js'

/** Values that one search may look at, by the estimate below: about a second, which only a path that is written for it needs. */
const MAX_PATH_STEPS = 1_000_000

/** Makes a search of JSON of a JSONPath. Throws an ExpressionError; the search throws one for JSON in which it would take too long. */
export type CompileJsonPath = (source: string) => (json: JsonValue) => JsonValue[]

/** The engine of RFC 9535, which runs no code of a path. */
const ENVIRONMENT = new JSONPathEnvironment({ maxRecursionDepth: DEEPEST_DOCUMENT + 2 })

export const compileJsonPath: CompileJsonPath = (source) => {
  const { filters, descents, unions, queries } = shapeOf(source)
  const path = orPathError(source, () => ENVIRONMENT.compile(source))
  return (json) => {
    const { values, depth } = measure(json)
    // Each further descent sees a value once for each value above it, and so does a comparison within a filter.
    const passes = depth ** (Math.max(0, descents - 1) + Math.min(filters, descents, 1))
    if (values * passes * 2 ** unions * (1 + queries) > MAX_PATH_STEPS) {
      throw new ExpressionError(`takes too long on JSON of ${values} values, ${depth} levels deep: ${source}`)
    }
    return orPathError(source, () => Array.from(path.lazyQuery(json), ({ value }) => value as JsonValue))
  }
}

const QUOTED = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/gs

/** Counts what makes a path slow. Throws an ExpressionError for what could take a time without bound. */
function shapeOf(source: string) {
  const bare = source.replace(QUOTED, '""')
  const [, name] = /\b(match|search)\s*\(/.exec(bare) ?? []
  if (name !== undefined) {
    throw new ExpressionError(`has the function ${name}; put "matches" beside "expression" instead: ${source}`)
  }
  const count = (part: string) => bare.split(part).length - 1
  if (count('$') > 1) {
    throw new ExpressionError(`must not refer to the root ($) within a filter, only to the item (@): ${source}`)
  }
  return { filters: count('?'), descents: count('..'), unions: count(','), queries: count('@') }
}

/** Counts the values in a value, itself included, and how deep they nest. */
function measure(json: JsonValue): { values: number; depth: number } {
  const inside = typeof json === 'object' && json !== null ? Object.values(json).map(measure) : []
  return inside.reduce((sum, one) => ({ values: sum.values + one.values, depth: Math.max(sum.depth, one.depth + 1) }), {
    values: 1,
    depth: 1
  })
}

function orPathError<Result>(source: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw new ExpressionError(`is no JSONPath (RFC 9535): ${(error as Error).message}: ${source}`, { cause: error })
  }
}
