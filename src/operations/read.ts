import { isPhoneNumber, toE164 } from '../numbering/e164.js'
import type { PhoneNumber } from '../numbering/phone-number.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { countRead } from './rules/due-changes.js'
import { isOnAccount, mayFetch, type Caller } from './rules/permissions.js'

/** One number of the account (document: List An Account's Specific Phone Number). Every failure is a 404. */
export function read(sandbox: Sandbox, caller: Caller, input: string): PhoneNumber {
  const e164 = toE164(input)
  const number = isPhoneNumber(e164) ? sandbox.store.numbers.find(e164) : undefined
  if (number === undefined || !isShown(sandbox, caller, number)) throw new Problem('bad_identifier')
  return countRead(sandbox, number)
}

function isShown(sandbox: Sandbox, caller: Caller, number: PhoneNumber): boolean {
  const isHere = sandbox.behaviour.dialect.not_on_account === 'shown' || isOnAccount(sandbox, caller, number)
  return isHere && mayFetch(sandbox, caller, number, null)
}
