import type { JsonObject } from '../json.js'
import { isState, nextState, type CurrentState } from '../numbering/number-state.js'
import { newNumber, type PhoneNumber } from '../numbering/phone-number.js'
import { publicFields, withoutNulls } from '../numbering/public-fields.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { applyCarrierName } from './rules/carrier.js'
import { forEachNumber, forOne, type CollectionOutcome } from './rules/collection.js'
import { findVisible, wasDiscovered } from './rules/load-number.js'
import { applyMagicNumbers, type MagicProblems } from './rules/magic-numbers.js'
import { readNumbers } from './rules/number-list.js'
import type { Caller } from './rules/permissions.js'
import { refusalProblem } from './rules/refusals.js'
import { saveNumber, usedByAfter } from './rules/save-number.js'

/** `PUT …/{PHONE_NUMBER}/activate`. Returns a promise only where a magic number delays the answer. */
export function activateOne(
  sandbox: Sandbox,
  caller: Caller,
  input: string,
  data: JsonObject
): PhoneNumber | Promise<PhoneNumber> {
  return applyMagicNumbers(sandbox, caller, [input], (problems) =>
    forOne(sandbox, input, (e164) => activateUnless(problems, sandbox, caller, e164, data))
  )
}

/** `PUT …/collection/activate`. The fields beside `numbers` go to each of them. */
export function activateMany(
  sandbox: Sandbox,
  caller: Caller,
  data: JsonObject
): CollectionOutcome | Promise<CollectionOutcome> {
  const inputs = readNumbers(data)
  const { numbers: _, ...fields } = data
  return applyMagicNumbers(sandbox, caller, inputs, (problems) =>
    forEachNumber(sandbox, caller, inputs, (e164) => activateUnless(problems, sandbox, caller, e164, fields))
  )
}

/** Activates a number unless it is a magic one that answers with a problem. */
function activateUnless(
  problems: MagicProblems,
  sandbox: Sandbox,
  caller: Caller,
  e164: string,
  data: JsonObject
): PhoneNumber {
  const problem = problems.get(e164)
  if (problem !== undefined) throw problem
  return activate(sandbox, caller, e164, data)
}

/**
 * Buys a number for the account of the path (document: Buy a number once searched for). A number that the account has is bought
 * again without a search, and a caller may buy each number that it may see. The body takes the place of the public fields
 * (reference implementation).
 */
function activate(sandbox: Sandbox, caller: Caller, e164: string, data: JsonObject): PhoneNumber {
  const before = findVisible(sandbox, caller, e164, caller.path)
  const from: CurrentState = before?.state ?? (wasDiscovered(sandbox, e164) ? 'discovery' : 'unknown')
  const state = nextState(from, 'activate')
  if (!isState(state)) throw refusalProblem(sandbox, state, e164, from, 'activate')
  const number = before ?? newNumber(e164, state, 'external', sandbox.clock.now())
  const wanted = {
    ...number,
    state,
    owner: caller.path,
    usedBy: usedByAfter(sandbox, number.owner === caller.path ? number.usedBy : null, data),
    document: withoutNulls(publicFields(data))
  }
  return saveNumber(sandbox, caller, before, applyCarrierName(caller, wanted, data), { isCharged: true })
}
