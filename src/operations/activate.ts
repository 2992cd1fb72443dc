import type { JsonObject } from '../json.js'
import { isState, nextState, type Before } from '../numbering/number-state.js'
import { changed, newNumber, type PhoneNumber } from '../numbering/phone-number.js'
import { publicFields, withoutNulls } from '../numbering/public-fields.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { Caller } from './rules/permissions.js'
import { applyCarrierName } from './rules/carrier.js'
import { savePaidNumber } from './rules/charge.js'
import { findVisible } from './rules/load-number.js'
import { wasDiscovered } from './rules/discovered.js'
import { usedByAfter } from './rules/used-by.js'
import { toProblem } from './rules/refusals.js'

/**
 * Buys a number for the account of the path (document: Buy a number once searched for). What the account has already is
 * bought again without further ado; whoever may see a number may buy it. The body takes the place of the public fields (reference implementation).
 */
export function activate(sandbox: Sandbox, caller: Caller, e164: string, data: JsonObject): PhoneNumber {
  const before = findVisible(sandbox, caller, e164, caller.path)
  const from: Before = before?.state ?? (wasDiscovered(sandbox, e164) ? 'discovery' : 'unknown')
  const state = nextState(from, 'activate')
  if (!isState(state)) throw toProblem(sandbox, state, e164, from, 'activate')
  const number = before ?? newNumber(e164, state, 'external', sandbox.clock.now())
  const wanted = changed(number, {
    state,
    owner: caller.path,
    usedBy: usedByAfter(sandbox, number.owner === caller.path ? number.usedBy : null, data),
    document: withoutNulls(publicFields(data))
  })
  return savePaidNumber(sandbox, caller, before, applyCarrierName(caller, wanted, data.carrier_name))
}
