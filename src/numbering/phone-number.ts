import type { JsonObject } from '../json.js'
import type { Delays } from './delay-kinds.js'
import type { State } from './number-state.js'

/** A number with a record. Times are Gregorian seconds. */
export interface PhoneNumber {
  e164: string
  state: State
  /** Account id, or null for a number on no account. */
  owner: string | null
  /** `local` numbers were made here, `external` ones came from a carrier's offer. */
  carrier: 'external' | 'local'
  /** The public fields: what a client has stored, `e911` and `cnam` included. */
  document: JsonObject
  /** Names of the features that the document and the carrier switch on, sorted. */
  features: readonly string[]
  usedBy: string | null
  /** The accounts that reserved it, the latest first: a release goes back along them. */
  history: readonly string[]
  createdAt: number
  modifiedAt: number
  /** What will happen to it by itself, or when a test says so. */
  pending: Delays
}

/** A record as it is before its first save. */
export function newNumber(e164: string, state: State, carrier: PhoneNumber['carrier'], now: number): PhoneNumber {
  return {
    e164,
    state,
    owner: null,
    carrier,
    document: {},
    features: [],
    usedBy: null,
    history: [],
    createdAt: now,
    modifiedAt: now,
    pending: {}
  }
}

/** Returns the number as `account` holds it in reserve, with the reservation on top of the history. */
export function reservedFor(number: PhoneNumber, account: string): PhoneNumber {
  const { history } = number
  return {
    ...number,
    state: 'reserved',
    owner: account,
    usedBy: number.owner === account ? number.usedBy : null,
    history: history[0] === account ? history : [account, ...history]
  }
}
