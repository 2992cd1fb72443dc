import { isState, nextState } from '../numbering/number-state.js'
import { reservedFor, type PhoneNumber } from '../numbering/phone-number.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { isAuthorized, type Caller } from './rules/permissions.js'
import { saveNumber } from './rules/save-number.js'
import { findVisible } from './rules/load-number.js'
import { refusalProblem } from './rules/refusals.js'

/** Holds a number for the account of the path (reference implementation, `reserve`). Public fields stay as they are. */
export function reserve(sandbox: Sandbox, caller: Caller, e164: string): PhoneNumber {
  const before = findVisible(sandbox, caller, e164, caller.path)
  if (before === undefined) throw new Problem('bad_identifier')
  const state = nextState(before.state, 'reserve')
  const isHandedOver = state === 'no_change_required' && before.owner !== caller.path
  if (!isState(state) && !isHandedOver) throw refusalProblem(sandbox, state, e164, before.state, 'reserve')
  if (!isAuthorized(sandbox, caller, before, caller.path)) throw new Problem('forbidden')
  return saveNumber(sandbox, caller, before, reservedFor(before, caller.path))
}
