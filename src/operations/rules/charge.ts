import { quote } from '../../sandbox/charges.js'
import type { PhoneNumber } from '../../numbering/phone-number.js'
import { Problem } from '../../problems.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import type { Caller } from './permissions.js'
import { prepare, store } from './save-number.js'

/**
 * Keeps a number that may cost something: what is wrong with it is said first, then the price (reference implementation,
 * the dry run). Throws `accept_charges` with the quote where the client has not accepted it yet, and whatever `prepare` throws.
 */
export function savePaidNumber(
  sandbox: Sandbox,
  caller: Caller,
  before: PhoneNumber | undefined,
  wanted: PhoneNumber
): PhoneNumber {
  const { number: after, isE911New } = prepare(sandbox, caller, before, wanted)
  const isPaid = before?.state === after.state && before.owner === caller.path
  const charge = sandbox.behaviour.charges.find(({ prefix = '' }) => after.e164.startsWith(prefix, '+'.length))
  if (!isPaid && !caller.acceptsCharges && charge !== undefined) throw new Problem('accept_charges', quote(charge))
  return store(sandbox, before, after, isE911New)
}
