import { isWithin, type Account } from '../../sandbox/accounts.js'
import type { PhoneNumber } from '../../numbering/phone-number.js'
import type { Sandbox } from '../../sandbox/sandbox.js'

/** The account that asks, and the account that it asks for. */
export interface Caller {
  /** The account that the token belongs to: permission is its. */
  account: Account
  /** The account of the path: it gets the numbers that are bought. */
  path: string
  /** As it was sent, `''` where none was. */
  token: string
  acceptsCharges: boolean
}

/**
 * Whether the caller may change a number (reference implementation, `is_authorized`): an admin may; so may the owner and its
 * ancestors; a number without an owner may be changed by each caller that may act for the account it would go to.
 */
export function isAuthorized(sandbox: Sandbox, caller: Caller, number: PhoneNumber, assignTo: string | null): boolean {
  const account = number.owner ?? assignTo
  return caller.account.admin || (account !== null && isWithin(sandbox.accounts, caller.account.id, account))
}

/** Whether the caller may see a number at all (reference implementation, `handle_fetch`). */
export function mayFetch(sandbox: Sandbox, caller: Caller, number: PhoneNumber, assignTo: string | null): boolean {
  return (
    number.state === 'available' ||
    isAuthorized(sandbox, caller, number, assignTo) ||
    isReservedAbove(sandbox, caller, number)
  )
}

/** Whether an ancestor of the caller holds the number in reserve. */
function isReservedAbove(sandbox: Sandbox, caller: Caller, { state, owner }: PhoneNumber): boolean {
  return state === 'reserved' && owner !== null && isWithin(sandbox.accounts, owner, caller.account.id)
}

/** Whether the number belongs to the account of the path or one below it. */
export function isOnAccount(sandbox: Sandbox, caller: Caller, { owner }: PhoneNumber): boolean {
  return owner !== null && isWithin(sandbox.accounts, caller.path, owner)
}
