import type { JsonObject } from '../json.js'
import { isState, nextState, type Before } from '../numbering/number-state.js'
import { changed, newNumber, type PhoneNumber } from '../numbering/phone-number.js'
import { publicFields, withoutNulls } from '../numbering/public-fields.js'
import type { Sandbox } from '../sandbox.js'
import type { Caller } from './caller.js'
import { withCarrier } from './carrier.js'
import { keepPaid } from './charge.js'
import { load } from './load-number.js'
import { isOffered } from './offered.js'
import { postedUse } from './posted-use.js'
import { refuse } from './refuse.js'

/**
 * Buys a number for the account of the path (document: Buy a number once searched for). What the account has already is
 * bought again without further ado; whoever may see a number may buy it. The body takes the place of the public fields (reference implementation).
 */
export function activate(sandbox: Sandbox, caller: Caller, e164: string, data: JsonObject): PhoneNumber {
  const before = load(sandbox, caller, e164, caller.path)
  const from: Before = before?.state ?? (isOffered(sandbox, e164) ? 'discovery' : 'unknown')
  const state = nextState(from, 'activate')
  if (!isState(state)) throw refuse(sandbox, state, e164, from, 'activate')
  const number = before ?? newNumber(e164, state, 'external', sandbox.clock.now())
  const wanted = changed(number, {
    state,
    owner: caller.path,
    usedBy: postedUse(sandbox, number.owner === caller.path ? number.usedBy : null, data),
    document: withoutNulls(publicFields(data))
  })
  return keepPaid(sandbox, caller, before, withCarrier(caller, wanted, data.carrier_name))
}
