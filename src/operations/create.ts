import type { JsonObject } from '../json.js'
import { isState, nextState, type State } from '../numbering/number-state.js'
import { newNumber, reservedFor, type PhoneNumber } from '../numbering/phone-number.js'
import { publicFields, withoutNulls } from '../numbering/public-fields.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { isAuthorized, type Caller } from './rules/permissions.js'
import { applyCarrierName } from './rules/carrier.js'
import { findVisible } from './rules/load-number.js'
import { refusalProblem } from './rules/refusals.js'
import { saveNumber, usedByAfter } from './rules/save-number.js'

/** The states that a number may be created in, by what its creator may do. Every account may say that a number is ported in. */
const CREATION_STATES: Readonly<Record<'admin' | 'additions' | 'others', readonly State[]>> = {
  admin: ['aging', 'available', 'in_service', 'port_in', 'reserved'],
  additions: ['in_service', 'reserved'],
  others: ['port_in']
}

/** The states that `GET carriers_info` shows to the caller; without additions it shows none. */
export function creationStates({ account }: Caller): readonly State[] {
  if (account.admin) return CREATION_STATES.admin
  return account.additions ? CREATION_STATES.additions : []
}

/**
 * Makes a number that no carrier offered, or takes one that is resting, in the pool or being ported (reference
 * implementation, `create`). `create_with_state` in the body says in which state, `in_service` where it does not.
 */
export function create(sandbox: Sandbox, caller: Caller, e164: string, data: JsonObject): PhoneNumber {
  const asked = data.create_with_state
  const state = asked ?? 'in_service'
  const allowed = [...creationStates(caller), ...CREATION_STATES.others]
  const target = allowed.find((one) => one === state)
  return make(sandbox, caller, e164, data, { target, isExplicit: state === asked })
}

/** Makes a number that another carrier still has and is going to hand over (reference implementation, `port`). */
export function port(sandbox: Sandbox, caller: Caller, e164: string, data: JsonObject): PhoneNumber {
  return make(sandbox, caller, e164, data, { target: 'port_in', isExplicit: true })
}

interface Wish {
  /** Undefined where the caller may not create in the state that it asked for. */
  target: State | undefined
  /** Whether the client named the state. */
  isExplicit: boolean
}

function make(
  sandbox: Sandbox,
  caller: Caller,
  e164: string,
  data: JsonObject,
  { target, isExplicit }: Wish
): PhoneNumber {
  const before = findVisible(sandbox, caller, e164, caller.path)
  if (target === undefined) throw new Problem('forbidden_because', 'state_for_create')
  const from = before?.state ?? 'unknown'
  const action = target === 'port_in' ? 'port' : 'create'
  const next = nextState(from, action)
  if (!isState(next)) throw refusalProblem(sandbox, next, e164, from, action)
  const number = before ?? newNumber(e164, target, 'local', sandbox.clock.now())
  assertMayTake(sandbox, caller, before, target, isExplicit)
  const { create_with_state: _, ...fields } = withoutNulls(publicFields(data))
  const moved = moveTo({ ...number, document: fields }, stateOnArrival(sandbox, target), caller.path)
  const wanted = { ...moved, usedBy: usedByAfter(sandbox, moved.usedBy, data) }
  return saveNumber(sandbox, caller, before, applyCarrierName(caller, wanted, data), { isCharged: true })
}

/**
 * Throws where the number has a record and the caller may not have it. A free one may be taken by `port_in`, and by `in_service` where
 * the client named no state.
 */
function assertMayTake(
  sandbox: Sandbox,
  caller: Caller,
  before: PhoneNumber | undefined,
  target: State,
  isExplicit: boolean
): void {
  if (before === undefined || target === 'port_in') return
  const isFree = before.state === 'available' || before.state === 'aging'
  if (target === 'in_service' && isFree && !isExplicit) return
  if (target === 'reserved' && before.owner === caller.path) throw new Problem('no_change_required')
  if (target === 'in_service' && before.owner === caller.path) return
  if (!isAuthorized(sandbox, caller, before, caller.path)) throw new Problem('forbidden')
}

/** The state of a number when it arrives: in service at once where porting takes no time. */
function stateOnArrival({ delaySettings }: Sandbox, target: State): State {
  return target === 'port_in' && delaySettings.port_in === 'immediate' ? 'in_service' : target
}

function moveTo(number: PhoneNumber, state: State, account: string): PhoneNumber {
  switch (state) {
    case 'reserved':
      return reservedFor(number, account)
    case 'available':
      return { ...number, state }
    default:
      return { ...number, state, owner: account, usedBy: number.owner === account ? number.usedBy : null }
  }
}
