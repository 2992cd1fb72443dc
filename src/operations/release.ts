import type { JsonObject } from '../json.js'
import { featuresOf } from '../numbering/features.js'
import { isState, nextState, type State } from '../numbering/number-state.js'
import type { PhoneNumber } from '../numbering/phone-number.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { findVisible } from './rules/load-number.js'
import { isAuthorized, isOnAccount, type Caller } from './rules/permissions.js'
import { refusalProblem } from './rules/refusals.js'
import { saveNumber } from './rules/save-number.js'
import { first, type Query } from '../text/url.js'

/**
 * Takes a number off its account (document: Removing Numbers from an Account): back to an earlier reservation if there is
 * one, else to the available ones, after a rest where numbers age. `hard` in the query deletes it for good, if an admin asks
 * (reference implementation).
 */
export function release(sandbox: Sandbox, caller: Caller, e164: string, _data: JsonObject, query: Query): PhoneNumber {
  const before = loadOwn(sandbox, caller, e164)
  if (first(query, 'hard') === 'true' && caller.account.admin) return drop(sandbox, before)
  const state = stateAfter(sandbox, before)
  if (!isAuthorized(sandbox, caller, before, null)) throw new Problem('forbidden')
  const [, reservedFor, ...earlier] = before.history
  if (reservedFor !== undefined) {
    const features = featuresOf(state, before.carrier, {})
    const wanted = { ...strip(before, 'reserved', features), owner: reservedFor, history: [reservedFor, ...earlier] }
    return saveNumber(sandbox, caller, before, wanted, { isReleased: true })
  }
  if (state === 'deleted') return drop(sandbox, before)
  const rests = sandbox.delaySettings.aging !== 'immediate'
  return saveNumber(sandbox, caller, before, strip(before, rests ? 'aging' : state, []), { isReleased: true })
}

function loadOwn(sandbox: Sandbox, caller: Caller, e164: string): PhoneNumber {
  if (sandbox.behaviour.dialect.not_on_account === 'shown') {
    const number = findVisible(sandbox, caller, e164, null)
    if (number === undefined) throw new Problem('bad_identifier')
    return number
  }
  const number = sandbox.store.numbers.find(e164)
  if (number === undefined || !isOnAccount(sandbox, caller, number)) throw new Problem('bad_identifier')
  return number
}

/** The state that a release ends in. Throws where this state or this carrier allows none. */
function stateAfter(sandbox: Sandbox, { e164, state, carrier }: PhoneNumber): State {
  // A local number can be released whatever its state (reference implementation).
  if (carrier === 'local') return sandbox.behaviour.dialect.release === 'unless_local' ? 'deleted' : 'available'
  const next = nextState(state, 'release')
  if (isState(next)) return next
  // A number on no account is refused before this; an available one that an admin has assigned cannot become available again.
  throw refusalProblem(sandbox, 'invalid_state_transition', e164, state, 'release')
}

/** Deletes the record of a number; the answer is the last that is seen of it. */
function drop(sandbox: Sandbox, number: PhoneNumber): PhoneNumber {
  sandbox.store.numbers.delete(number)
  const stripped = strip(number, 'deleted', featuresOf('deleted', number.carrier, {}))
  return { ...stripped, modifiedAt: sandbox.clock.now(), pending: {} }
}

/** A number without anything of its owner. */
function strip(number: PhoneNumber, state: State, features: PhoneNumber['features']): PhoneNumber {
  return { ...number, document: {}, features, usedBy: null, state, owner: null, history: [] }
}
