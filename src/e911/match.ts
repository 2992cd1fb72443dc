/**
 * The master streets: an address belongs to a row, or it is invalid. One that is near enough to a single row is corrected
 * in silence, one that is as near to several is a choice (document: E911, "Multiple choice"). The document does not print its rules.
 * ASSUMED: which address is near enough to which, after what the public carriers of the same service publish.
 */
import { type Candidate, candidateOf } from './candidate.js'
import { type CivicAddress, readAddress, readLocality, type SubmittedAddress } from './civic-address.js'
import { directionRank } from './directions.js'
import { answerWith, derivedLocationId, invalid, type Location, locationAt, type Match } from './location.js'
import type { MasterStreets } from './master-streets.js'
import type { AddressPoint, StreetSegment } from './street-schema.js'
import { unitValue } from './units.js'

/** What the master streets make of an address. */
export function matchAddress(submitted: SubmittedAddress, streets: MasterStreets): Match {
  const address = readAddress(submitted)
  if ('reason' in address) return address
  const nearest = nearestOf(findCandidates(address, streets))
  const [first, second] = nearest
  if (first === undefined) return invalid('no street of this city or postal code has this house')
  // East is not west: a lone street on the other side of the town is not taken for the one that was asked for.
  if (second === undefined && first.relation === 'conflict') return invalid('the street runs in another direction')
  return answerWith(nearest.flatMap(({ segment }) => locationsOn(segment, address, streets)))
}

function findCandidates(address: CivicAddress, streets: MasterStreets): readonly Candidate[] {
  const { region, street, postalCode, locality } = address
  const alias = streets.postalCity(region, locality)
  const postalCity = alias === undefined ? undefined : readLocality(alias)
  return streets
    .segments(region, street.name, postalCode)
    .map((segment) => candidateOf(address, segment, postalCity))
    .filter((candidate) => candidate !== undefined)
}

/** The rows of the least penalty, in the order of a list. An address that is a row to the letter means no other row. */
function nearestOf(candidates: readonly Candidate[]): readonly Candidate[] {
  const least = Math.min(...candidates.map(({ penalty }) => penalty))
  const nearest = candidates.filter(({ penalty }) => penalty === least)
  const exact = nearest.filter(({ isExact }) => isExact)
  return (exact.length > 0 ? exact : nearest).toSorted((one, other) => compareSegments(one.segment, other.segment))
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

function locationsOn(segment: StreetSegment, address: CivicAddress, streets: MasterStreets): readonly Location[] {
  const points = streets.points(segment.id, address.house)
  const units = address.units.length > 0 ? address.units : ['']
  return units.flatMap((unit) => {
    const point = pointOf(points, unit)
    if (point !== undefined) return locate(segment, address, point.unit ?? '', point)
    const known = segment.unit_policy === 'required' ? points : []
    return known.length > 0
      ? known.map((other) => locate(segment, address, other.unit ?? '', other))
      : locate(segment, address, unit)
  })
}

/** The point that a unit means: the very unit, or the only one of its value, so that `STE 102` finds `APT 102`. */
function pointOf(points: readonly AddressPoint[], unit: string): AddressPoint | undefined {
  const exact = points.find((point) => (point.unit ?? '') === unit)
  const [similar, ...others] = points.filter((point) => unitValue(point.unit ?? '') === unitValue(unit))
  return exact ?? (others.length === 0 ? similar : undefined)
}

function locate(
  segment: StreetSegment,
  { country, house }: CivicAddress,
  unit: string,
  point?: AddressPoint
): Location {
  const place = {
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
  return locationAt({ ...place, locationId: point?.location_id ?? derivedLocationId(country, place) })
}
