import { type CivicAddress, readLocality } from './civic-address.js'
import { type Relation, relationOf } from './directions.js'
import type { StreetSegment } from './street-schema.js'
import { wordsOf } from './postal-text.js'
import { isSimilarName } from './similar-name.js'
import { printStreet, readStreet, type Street } from './street.js'
import { houseKey } from './street-line.js'

/** A segment that a submitted address may mean, and how far the address is from it. */
export interface Candidate {
  segment: StreetSegment
  penalty: number
  relation: Relation
  /** Nothing had to be corrected, the community's own name included. */
  isExact: boolean
}

/** The nearest rows win, so only the differences between these matter. */
const PENALTIES = { otherCity: 2, otherPostalCode: 2, missingSuffix: 1, otherSuffix: 3, similarName: 5 } as const
const DIRECTION_PENALTIES: Readonly<Record<Relation, number>> = {
  equal: 0,
  moved: 1,
  left_out: 1,
  added: 1,
  partial: 1,
  conflict: 4
}

/** Which houses lie on which side of a street. */
const PARITIES: Readonly<Record<StreetSegment['parity'], (house: number) => boolean>> = {
  O: (house) => house % 2 === 1,
  E: (house) => house % 2 === 0,
  B: () => true
}

/** The name under which a segment is looked up: `AVE` stays and `FIRST` is `1ST`, as in a submitted street. */
export function searchName(segment: StreetSegment): string {
  return asSubmitted(segment).name
}

/** Whether a segment has the house, by number and side of the street. */
export function hasHouse(
  { low, high, parity }: Pick<StreetSegment, 'low' | 'high' | 'parity'>,
  house: string
): boolean {
  const key = houseKey(house)
  return low <= key && key <= high && PARITIES[parity](key)
}

/** Weighs an address against a segment; undefined where it cannot be meant. `postalCity` is what the locality is also called. */
export function candidateOf(
  address: CivicAddress,
  segment: StreetSegment,
  postalCity: string | undefined
): Candidate | undefined {
  const street = asSubmitted(segment)
  const cities = [segment.community, segment.postal_city].map(readLocality)
  const isCity = [address.locality, postalCity].some((city) => city !== undefined && cities.includes(city))
  const isPostalCode = address.postalCode === segment.postal_code
  const isName = address.street.name === street.name
  if (segment.region !== address.region || !hasHouse(segment, address.house)) return undefined
  if (!isCity && !isPostalCode) return undefined
  // A misspelt name is believed only where everything else says that this is the place.
  if (!isName && !(isCity && isPostalCode && isSimilarName(address.street.name, street.name))) return undefined
  const relation = relationOf(address.street, street)
  const penalty =
    (isCity ? 0 : PENALTIES.otherCity) +
    (isPostalCode ? 0 : PENALTIES.otherPostalCode) +
    (isName ? 0 : PENALTIES.similarName) +
    suffixPenalty(address.street.suffix, street.suffix) +
    DIRECTION_PENALTIES[relation]
  return { segment, penalty, relation, isExact: penalty === 0 && address.locality === cities[0] }
}

/** A row is read as if its own line had been submitted, so that an address copied from an answer always finds it. */
function asSubmitted(segment: StreetSegment): Street {
  return readStreet(wordsOf(printStreet(segment)), segment.country)
}

function suffixPenalty(submitted: string, known: string): number {
  if (submitted === known) return 0
  return submitted === '' ? PENALTIES.missingSuffix : PENALTIES.otherSuffix
}
