import { type CivicAddress, type Reading, readLocality } from './civic-address.js'
import { type Relation, relationOf } from './directions.js'
import { houseKey, isOnGrid } from './house-number.js'
import { wordsOf } from './postal-text.js'
import { nameKey } from './street-name.js'
import type { StreetSegment } from './street-schema.js'
import { printStreet, readStreets, type Street } from './street.js'

/** A segment that a submitted address may mean, and how far the address is from it. */
export interface Candidate {
  segment: StreetSegment
  reading: Reading
  penalty: number
  relation: Relation
  /** Name, suffix and directions are those of the segment; only the house may lie elsewhere. */
  isStreet: boolean
  /** How much of an address without a fault is to the letter that of the segment: its line, its community. */
  exactness: number
}

/** The nearest rows win, so only the differences between these matter. */
const PENALTIES = {
  otherCity: 2,
  otherPostalCode: 2,
  missingSuffix: 1,
  otherSuffix: 3,
  similarName: 5,
  likely: 1
} as const
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

/** The form of a segment's name under which it is looked up. */
export function searchKey(segment: StreetSegment): string {
  return nameKey(asSubmitted(segment).name, segment.country)
}

/** Whether a segment has the house, by number and side of the street. A house on a grid is in no range. */
export function hasHouse(
  { low, high, parity }: Pick<StreetSegment, 'low' | 'high' | 'parity'>,
  house: string
): boolean {
  const key = houseKey(house)
  return !isOnGrid(house) && low <= key && key <= high && PARITIES[parity](key)
}

/**
 * Weighs a reading of an address against a segment, its houses left aside; undefined where the segment cannot be meant.
 * `postalCity` is what the locality is also called, `isSimilar` whether a misspelt name counts.
 */
export function candidateOf(
  { region, locality, postalCode }: CivicAddress,
  reading: Reading,
  segment: StreetSegment,
  postalCity: string | undefined,
  isSimilar: (name: string) => boolean
): Candidate | undefined {
  const street = asSubmitted(segment)
  const { country } = segment
  const cities = [segment.community, segment.postal_city].map(readLocality)
  const isCity = [locality, postalCity].some((city) => city !== undefined && cities.includes(city))
  const isPostalCode = postalCode === segment.postal_code
  const isName = nameKey(reading.street.name, country) === nameKey(street.name, country)
  if (segment.region !== region || (!isCity && !isPostalCode)) return undefined
  // A misspelt name is believed only where everything else says that this is the place.
  if (!isName && !(isCity && isPostalCode && reading.certainty === 'certain' && isSimilar(street.name)))
    return undefined
  const relation = relationIn(reading, street)
  const penalty =
    (isCity ? 0 : PENALTIES.otherCity) +
    (isPostalCode ? 0 : PENALTIES.otherPostalCode) +
    (isName ? 0 : PENALTIES.similarName) +
    (reading.certainty === 'likely' ? PENALTIES.likely : 0) +
    suffixPenalty(reading.street.suffix, street.suffix) +
    DIRECTION_PENALTIES[relation]
  const exact = [locality === cities[0], reading.written === printStreet(segment, country)]
  return {
    segment,
    reading,
    penalty,
    relation,
    isStreet: isName && relation === 'equal' && reading.street.suffix === street.suffix,
    exactness: penalty === 0 ? exact.filter(Boolean).length : 0
  }
}

/**
 * How the directions stand to those of a row. Where the reading is not certain, all of them have to be right: the B of
 * `100 B MAIN ST` is the letter of a house, or else a slip for N.
 */
function relationIn({ street, certainty }: Reading, row: Street): Relation {
  const relation = relationOf(street, row)
  return certainty === 'certain' || relation === 'equal' ? relation : 'conflict'
}

/** A row is read as if its own line had been submitted, so that an address copied from an answer always finds it. */
function asSubmitted(segment: StreetSegment): Street {
  const { country } = segment
  const printed = printStreet(segment, country)
  const streets = readStreets(wordsOf(printed), country).map(({ street }) => street)
  return streets.find((street) => printStreet(street, country) === printed) ?? streets[0] ?? segment
}

function suffixPenalty(submitted: string, known: string): number {
  if (submitted === known) return 0
  return submitted === '' ? PENALTIES.missingSuffix : PENALTIES.otherSuffix
}
