import type { MagicAttempt } from '../../db/magic-attempts.js'
import type { Store } from '../../db/database.js'
import type { SearchPage } from '../../db/search-pages.js'
import type { Run } from '../../db/discoveries.js'
import type { IssuedToken } from '../../db/tokens.js'
import type { NumberFixture } from './fixtures.js'
import { featuresOf } from '../numbering/features.js'
import type { PhoneNumber } from '../numbering/phone-number.js'

/** What a document says about the rows of a world. */
export interface Rows {
  numbers: readonly NumberFixture[]
  /** What searches have returned. */
  offers: readonly Run[]
  /** What searches have found, for the later pages. */
  searches: readonly SearchPage[]
  tokens: readonly IssuedToken[]
  /** Tries of magic numbers. */
  attempts: readonly MagicAttempt[]
}

/** Puts rows into a world as they are, past the rules. `now` is when numbers were made that do not say when (Gregorian seconds). */
export function fill(
  { numbers, discoveries, searchPages, tokens, magicAttempts }: Store,
  rows: Rows,
  now: number
): void {
  for (const row of rows.numbers) numbers.save(fromFixture(row, now), undefined)
  for (const run of rows.offers) discoveries.add(run)
  for (const { query, numbers: page } of rows.searches) searchPages.put(query, page)
  for (const token of rows.tokens) tokens.put(token)
  for (const attempt of rows.attempts) magicAttempts.put(attempt)
}

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
