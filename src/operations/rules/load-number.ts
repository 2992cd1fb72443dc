import { magicNumber } from '../../inventory/magic-numbers.js'
import { isPhoneNumber, nationalNumber, toE164 } from '../../numbering/e164.js'
import type { PhoneNumber } from '../../numbering/phone-number.js'
import { Problem } from '../../problems.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import { mayFetch, type Caller } from './permissions.js'

/** The E.164 form of what a client wrote. Throws `not_reconcilable`, in the form of the dialect. */
export function parseNumber({ behaviour }: Sandbox, input: string): string {
  const e164 = toE164(input)
  if (isPhoneNumber(e164)) return e164
  if (behaviour.dialect.not_reconcilable === 'object') throw new Problem('not_reconcilable', input)
  throw new Problem('not_reconcilable_kazoo')
}

/** The record of a number, if there is one. Throws `forbidden` where the caller may not see it. */
export function findVisible(
  sandbox: Sandbox,
  caller: Caller,
  e164: string,
  assignTo: string | null
): PhoneNumber | undefined {
  const number = sandbox.store.numbers.find(e164)
  if (number !== undefined && !mayFetch(sandbox, caller, number, assignTo)) throw new Problem('forbidden')
  return number
}

/** Whether a search has returned the number, whichever client searched (document: "once searched for"); magic ones need none. */
export function wasDiscovered({ store }: Sandbox, e164: string): boolean {
  const national = nationalNumber(e164)
  return national !== undefined && (magicNumber(e164) !== undefined || store.discoveries.has(national))
}
