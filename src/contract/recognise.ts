import { isObject, type JsonValue } from '../json.js'
import { PROBLEMS, type Kind } from '../problems.js'
import { exampleProblem, type FailureContext } from './example-problems.js'
import { allOutcomes, formsOf, type OperationName } from './outcomes.js'

/** The end of a request that an answer shows: a failure, or none. */
interface RecognisedEnd {
  /** Undefined for a success. */
  kind: Kind | undefined
}

/** The failures whose `data` has any form. */
const FREE_FORMS: ReadonlySet<Kind> = new Set(['validation_error', 'client_error', 'accept_charges'])

/**
 * Recognises how a request has ended by the answer of a service: a success by its envelope, a failure by status and message, and by the
 * form of its `data` where several have those. Undefined where the answer is none of the table, or could be more than one of it.
 */
export function recogniseEnd(
  operation: OperationName | undefined,
  status: number,
  body: JsonValue | undefined
): RecognisedEnd | undefined {
  if (!isObject(body)) return undefined
  if (status < 300) return body.status === 'success' ? { kind: undefined } : undefined
  const named = kindsOf(operation).filter(
    (kind) => PROBLEMS[kind].status === status && PROBLEMS[kind].message === body.message
  )
  const alike = named.filter((kind) => hasForm(exampleProblem(kind, NOTHING).data, body.data))
  const sameCause = alike.filter((kind) => causeWords(exampleProblem(kind, NOTHING).data) === causeWords(body.data))
  const free = named.filter((kind) => FREE_FORMS.has(kind))
  const [kind, ...others] = [sameCause, alike, free, named].find(({ length }) => length > 0) ?? []
  return kind === undefined || others.length > 0 ? undefined : { kind }
}

/** What the examples of failures are about: the form of an answer is enough to recognise it. */
const NOTHING: FailureContext = { numbers: [], account: 'x', address: {} }

/** Lists the failures of an operation in all their forms. */
function kindsOf(operation: OperationName | undefined): Kind[] {
  const kinds = allOutcomes(operation).flatMap(({ kind }) => (kind === undefined ? [] : formsOf(kind)))
  return [...new Set(kinds)]
}

/** Tells whether the `data` of an answer has the form of an example: the same keys, and texts of the same words. */
function hasForm(example: JsonValue, data: JsonValue | undefined): boolean {
  if (typeof example === 'string') return typeof data === 'string' && withoutNames(example) === withoutNames(data)
  if (!isObject(example)) return Array.isArray(example) === Array.isArray(data) && typeof example === typeof data
  if (!isObject(data) || Object.keys(data).sort().join() !== Object.keys(example).sort().join()) return false
  const { message } = example
  return typeof message !== 'string' || hasForm(message, data.message)
}

/** Returns the words with which the cause of a failure begins. */
function causeWords(data: JsonValue | undefined): string {
  return isObject(data) && typeof data.cause === 'string' ? withoutNames(data.cause.replace(/\(.*/s, '')) : ''
}

/** Returns a text without the numbers, ids and names that it is about. */
function withoutNames(text: string): string {
  return text.replace(/'[^']*'|\S*\d\S*/g, '').replace(/\s+/g, ' ')
}
