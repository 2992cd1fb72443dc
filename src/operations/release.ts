import { NOTHING, type JsonObject } from '../json.js'
import { featuresOf } from '../numbering/features.js'
import { isState, nextState, type State } from '../numbering/number-state.js'
import { NO_WAITS } from '../numbering/pending.js'
import { changed, NO_NAMES, type PhoneNumber } from '../numbering/phone-number.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { isAuthorized, isOnAccount, type Caller } from './rules/permissions.js'
import { store } from './rules/save-number.js'
import { findVisible } from './rules/load-number.js'
import { toProblem } from './rules/refusals.js'
import { first, type Query } from './rules/search-query.js'

/**
 * Takes a number off its account (document: Removing Numbers from an Account): back to an earlier reservation if there is
 * one, else into the pool, after a rest where numbers age. `hard` in the query deletes it for good, if an admin asks (reference
 * implementation).
 */
export function release(sandbox: Sandbox, caller: Caller, e164: string, _data: JsonObject, query: Query): PhoneNumber {
  const before = loadOwn(sandbox, caller, e164)
  if (first(query, 'hard') === 'true' && caller.account.admin) return drop(sandbox, before)
  const state = stateAfter(sandbox, before)
  if (!isAuthorized(sandbox, caller, before, null)) throw new Problem('forbidden')
  const [, reservedFor, ...earlier] = before.history
  if (reservedFor !== undefined) {
    const left = released(before, 'reserved', featuresOf(state, before.carrier, NOTHING))
    return store(sandbox, before, changed(left, { owner: reservedFor, history: [reservedFor, ...earlier] }))
  }
  if (state === 'deleted') return drop(sandbox, before)
  const rests = sandbox.timings.aging !== 'immediate'
  return store(sandbox, before, released(before, rests ? 'aging' : state, NO_NAMES))
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
  // What is on no account has had its answer; what an admin has made available on one cannot become so again.
  throw toProblem(sandbox, 'invalid_state_transition', e164, state, 'release')
}

/** Ends the record of a number; the answer is the last that is seen of it. */
function drop(sandbox: Sandbox, number: PhoneNumber): PhoneNumber {
  sandbox.store.numbers.remove(number)
  const left = released(number, 'deleted', featuresOf('deleted', number.carrier, NOTHING))
  return changed(left, { modifiedAt: sandbox.clock.now(), pending: NO_WAITS })
}

/** A number of which its owner has left nothing. */
function released(number: PhoneNumber, state: State, features: PhoneNumber['features']): PhoneNumber {
  return changed(number, { document: NOTHING, features, usedBy: null, state, owner: null, history: NO_NAMES })
}
