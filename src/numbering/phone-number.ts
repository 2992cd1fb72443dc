import { NOTHING, type JsonObject } from '../json.js'
import { NO_WAITS, type Pending } from './pending-kinds.js'
import type { State } from './number-state.js'

/** A number with a record. Times are Gregorian seconds. */
export interface PhoneNumber {
  e164: string
  state: State
  /** Account id, or null in the pool. */
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
  pending: Pending
}

/** What a list shows of a number. */
export type ListedNumber = Omit<PhoneNumber, 'document' | 'history' | 'pending'>

/** Neither features nor accounts: what most numbers have, shared by them all. */
export const NO_NAMES: readonly string[] = []

/** What can change of a number. */
type Changes = Partial<Omit<PhoneNumber, 'e164' | 'createdAt'>>

/**
 * The number with some of its fields changed. It is made field by field, so that all numbers are of one kind to the engine:
 * each place that spreads objects makes a kind of its own, and a number goes from one of them to the next.
 */
export function changed(number: PhoneNumber, changes: Changes): PhoneNumber {
  return {
    e164: number.e164,
    state: changes.state ?? number.state,
    owner: changes.owner === undefined ? number.owner : changes.owner,
    carrier: changes.carrier ?? number.carrier,
    document: changes.document ?? number.document,
    features: changes.features ?? number.features,
    usedBy: changes.usedBy === undefined ? number.usedBy : changes.usedBy,
    history: changes.history ?? number.history,
    createdAt: number.createdAt,
    modifiedAt: changes.modifiedAt ?? number.modifiedAt,
    pending: changes.pending ?? number.pending
  }
}

/** A record as it is before its first save. */
export function newNumber(e164: string, state: State, carrier: PhoneNumber['carrier'], now: number): PhoneNumber {
  return {
    e164,
    state,
    owner: null,
    carrier,
    document: NOTHING,
    features: NO_NAMES,
    usedBy: null,
    history: NO_NAMES,
    createdAt: now,
    modifiedAt: now,
    pending: NO_WAITS
  }
}
