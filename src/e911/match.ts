/**
 * The master streets: an address belongs to a row, or it is invalid. One that is near enough to a single row is corrected
 * in silence, one that is as near to several is a choice (document: E911, "Multiple choice"). The document does not print its rules.
 * ASSUMED: which address is near enough to which, after what the public carriers of the same service publish.
 */
import { type Candidate, candidateOf, hasHouse, searchKey } from './candidate.js'
import { type CivicAddress, readAddress, type Reading, readLocality, type SubmittedAddress } from './civic-address.js'
import { directionRank } from './directions.js'
import { answerWith, derivedLocationId, invalidLocation, type Location, locationAt, type Match } from './location.js'
import type { MasterStreets } from './master-streets.js'
import type { Country } from './regions.js'
import { isSimilarName, nameKey } from './street-name.js'
import type { AddressPoint, StreetSegment } from './street-schema.js'
import { isSameUnit } from './units.js'

/** What the master streets make of an address. */
export function matchAddress(submitted: SubmittedAddress, streets: MasterStreets): Match {
  const address = readAddress(submitted)
  if ('reason' in address) return address
  const nearest = nearestOf(address.readings.flatMap((reading) => findCandidates(address, reading, streets)))
  const [first, second] = nearest
  if (first === undefined) return invalidLocation('no street of this city or postal code has this house')
  // East is not west: a lone street on the other side of the town is not taken for the one that was asked for.
  if (second === undefined && first.relation === 'conflict')
    return invalidLocation('the street runs in another direction')
  const locations = nearest.map((candidate) => locationsOn(candidate, address, streets))
  if (locations.some(({ length }) => length === 0)) return invalidLocation('the house needs a unit, and none is known')
  return answerWith(locations.flat())
}

function findCandidates(address: CivicAddress, reading: Reading, streets: MasterStreets): readonly Candidate[] {
  const { country, region, postalCode, locality } = address
  const { house, street } = reading
  const alias = streets.postalCity(region, locality)
  const postalCity = alias === undefined ? undefined : readLocality(alias)
  const key = nameKey(street.name, country)
  const segments = streets.segments(region, key, postalCode)
  // A name that another street of the region has is no slip.
  const isKnown = segments.some((segment) => segment.region === region && searchKey(segment) === key)
  const isSimilar = (name: string) => !isKnown && isSimilarName(street.name, name, country)
  const candidates = segments
    .map((segment) => candidateOf(address, reading, segment, postalCity, isSimilar))
    .filter((candidate) => candidate !== undefined)
  const isThere = ({ segment }: Candidate) => hasHouse(segment, house) || streets.points(segment.id, house).length > 0
  // A street that has no such house is not taken for another one.
  const written = candidates.filter(({ isStreet }) => isStreet)
  return (written.length > 0 && !written.some(isThere) ? [] : candidates).filter(isThere)
}

/** The rows of the least penalty, in the order of a list. An address that is a row to the letter means no other row. */
function nearestOf(candidates: readonly Candidate[]): readonly Candidate[] {
  const least = Math.min(...candidates.map(({ penalty }) => penalty))
  const nearest = candidates.filter(({ penalty }) => penalty === least)
  const most = Math.max(...nearest.map(({ exactness }) => exactness))
  return nearest
    .filter(({ exactness }) => exactness === most)
    .toSorted((one, other) => compareSegments(one.segment, other.segment))
}

const SORTED_BY: readonly ((segment: StreetSegment) => string | number)[] = [
  ({ predir }) => directionRank(predir),
  ({ name }) => name,
  ({ suffix }) => suffix,
  ({ postdir }) => directionRank(postdir),
  ({ postal_code }) => postal_code,
  ({ id }) => id
]

function compareSegments(one: StreetSegment, other: StreetSegment): number {
  return SORTED_BY.reduce((order, keyOf) => (order === 0 ? compare(keyOf(one), keyOf(other)) : order), 0)
}

function compare(one: string | number, other: string | number): number {
  return one < other ? -1 : Number(one > other)
}

/** The units of a house where it needs one; none where its row knows none, so that `500B` is not taken for a whole house. */
function locationsOn(
  { segment, reading }: Candidate,
  { country }: CivicAddress,
  streets: MasterStreets
): readonly Location[] {
  const points = streets.points(segment.id, reading.house)
  return reading.units.flatMap((unit) => {
    const point = pointOf(points, unit)
    if (point !== undefined) return locate(country, segment, reading, point.unit ?? '', point)
    const isRequired = segment.unit_policy === 'required'
    return isRequired && (unit === '' || points.length > 0)
      ? points.map((other) => locate(country, segment, reading, other.unit ?? '', other))
      : locate(country, segment, reading, unit)
  })
}

/** The point that a unit means: the very unit, or the only one of its value, so that `STE 102` finds `APT 102`. */
function pointOf(points: readonly AddressPoint[], unit: string): AddressPoint | undefined {
  const exact = points.find((point) => (point.unit ?? '') === unit)
  const [similar, ...others] = points.filter((point) => isSameUnit(point.unit ?? '', unit))
  return exact ?? (others.length === 0 ? similar : undefined)
}

function locate(
  country: Country,
  segment: StreetSegment,
  { house }: Reading,
  unit: string,
  point?: AddressPoint
): Location {
  const place = {
    country,
    house,
    street: segment,
    unit,
    locality: segment.community,
    region: segment.region,
    postalCode: segment.postal_code,
    plusFour: point?.plus_four ?? segment.plus_four ?? '',
    latitude: point?.latitude ?? segment.latitude,
    longitude: point?.longitude ?? segment.longitude,
    status: 'PROVISIONED' as const
  }
  return locationAt({ ...place, locationId: point?.location_id ?? derivedLocationId(place) })
}
