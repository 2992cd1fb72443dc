import type { Rows } from '../../db/database.js'
import { featuresOf } from '../numbering/features.js'
import type { PhoneNumber } from '../numbering/phone-number.js'
import type { InitialState } from '../sandbox/initial-state.js'
import type { NumberFixture } from './fixture-schemas.js'
import type { Fixtures } from './fixtures.js'
import type { StateDocument } from './schema.js'

/** What every sandbox begins with; `now` is when numbers were made that do not say when (Gregorian seconds). */
export function initialStateOf({ accounts, numbers, seed }: Fixtures, now: number): InitialState {
  const { clock, faults, ownDelays, settings, ...rows } = seed
  return {
    accounts,
    rows: { ...rows, numbers: numbers.map((row) => fromFixture(row, now)) },
    clock,
    faults,
    ownDelays,
    settings
  }
}

/** The rows of a document beside its numbers. */
export function otherRowsOf({
  offers = [],
  searches = [],
  tokens = [],
  attempts = []
}: StateDocument): Omit<Rows, 'numbers'> {
  return { discoveries: offers, searchPages: searches, tokens, magicAttempts: attempts }
}

/** A number as a document describes it; `now` is when it was made where it does not say when (Gregorian seconds). */
export function fromFixture(row: NumberFixture, now: number): PhoneNumber {
  const { e164, state, owner = null, carrier = 'external', document = {}, used_by = null, created = now } = row
  return {
    e164,
    state,
    owner,
    carrier,
    document,
    features: row.features ?? featuresOf(state, carrier, document),
    usedBy: used_by,
    history: row.history ?? (state === 'reserved' && owner !== null ? [owner] : []),
    createdAt: created,
    modifiedAt: row.modified ?? created,
    pending: row.pending ?? {}
  }
}

/** A number as documents write it, every field in its place. */
export function toFixture(number: PhoneNumber): Required<NumberFixture> {
  const { e164, state, owner, carrier, document, features, usedBy, history, createdAt, modifiedAt, pending } = number
  return {
    e164,
    state,
    owner,
    carrier,
    document,
    features: [...features],
    used_by: usedBy,
    history: [...history],
    created: createdAt,
    modified: modifiedAt,
    pending
  }
}
