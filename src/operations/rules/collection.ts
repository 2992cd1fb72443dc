import { sumOfQuotes } from '../../inventory/charges.js'
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { toE164 } from '../../numbering/e164.js'
import type { PhoneNumber } from '../../numbering/phone-number.js'
import { Problem, PROBLEMS } from '../../problems.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import type { Caller } from './permissions.js'
import { parseNumber } from './load-number.js'

/** The numbers of a collection that worked, and the errors of the others, by number. */
export interface CollectionOutcome {
  success: ReadonlyMap<string, PhoneNumber>
  error: ReadonlyMap<string, JsonValue>
}

/**
 * Calls `work` with every number of a collection (document: Buy a Collection). Where the dialect refuses a collection in
 * which some fail, nothing is applied, unless charges are accepted; either way the failure lists the failed numbers only.
 */
export function forEachNumber(
  sandbox: Sandbox,
  caller: Caller,
  numbers: readonly string[],
  work: (e164: string) => PhoneNumber
): CollectionOutcome {
  const refuses = sandbox.behaviour.dialect.collection === 'refused'
  const outcome = sandbox.transaction(() => {
    const { success, error, quotes } = tryEach(sandbox, numbers, work)
    if (refuses && error.size > 0 && !caller.acceptsCharges) throw clientError(error)
    if (quotes.length > 0) throw new Problem('accept_charges', sumOfQuotes(quotes))
    return { success, error }
  })
  if (refuses && outcome.error.size > 0) throw clientError(outcome.error)
  return outcome
}

/** One number, as a collection of one without its wrapping. */
export function forOne(sandbox: Sandbox, input: string, work: (e164: string) => PhoneNumber): PhoneNumber {
  const e164 = parseNumber(sandbox, input)
  return sandbox.transaction(() => work(e164))
}

function clientError(error: ReadonlyMap<string, JsonValue>): Problem {
  return new Problem('client_error', Object.fromEntries(error))
}

function tryEach(sandbox: Sandbox, numbers: readonly string[], work: (e164: string) => PhoneNumber) {
  const success = new Map<string, PhoneNumber>()
  const error = new Map<string, JsonValue>()
  const quotes: JsonObject[] = []
  for (const input of numbers) {
    try {
      const e164 = parseNumber(sandbox, input)
      success.set(e164, work(e164))
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      if (problem.kind === 'accept_charges' && isObject(problem.data)) quotes.push(problem.data)
      else error.set(keyOf(problem, input), entryOf(sandbox, problem, input))
    }
  }
  return { success, error, quotes }
}

/** Numbers that no plan knows are named as they were sent. */
function keyOf({ kind }: Problem, input: string): string {
  return kind === 'not_reconcilable' || kind === 'not_reconcilable_kazoo' ? input : toE164(input)
}

function entryOf({ behaviour }: Sandbox, { kind, data }: Problem, input: string): JsonValue {
  if (kind !== 'bad_identifier') return data
  return behaviour.dialect.collection_errors === 'atom' ? 'not_found' : PROBLEMS.number_not_found.data(toE164(input))
}
