import { crc32 } from 'node:zlib'
import type { Country } from './regions.js'
import { printStreet, type Street, streetName } from './street.js'

/** E911 results of the document's schema. */
export type Status = 'PROVISIONED' | 'GEOCODED' | 'INVALID' | 'ERROR' | 'REMOVED'

/** What an address was matched to, keys in the order of the document's example; a key without a value is absent. */
export interface Location {
  street_address: string
  extended_address?: string
  locality: string
  latitude: string
  longitude: string
  location_id: string
  plus_four?: string
  postal_code: string
  region: string
  status: Status
  legacy_data: { house_number: string; predirectional?: string; streetname: string; suite?: string }
}

/** One of the addresses that a client is asked to choose from; all five keys are always there. */
export interface Choice {
  postal_code: string
  street_address: string
  extended_address: string
  locality: string
  region: string
}

export interface Invalid {
  outcome: 'invalid'
  reason: string
}

/** The result of matching a submitted address. `reason` is for a log: the service tells its clients none. */
export type Match =
  | { outcome: 'success'; location: Location }
  | { outcome: 'multiple_choice'; details: readonly Choice[] }
  | Invalid
  | { outcome: 'fault'; message: string }

/** Where a location is, in the parts that it is printed from. Empty text stands for a part that there is none of. */
export interface Place {
  country: Country
  house: string
  street: Street
  unit: string
  locality: string
  region: string
  postalCode: string
  plusFour: string
  latitude: string
  longitude: string
  locationId: string
  status: Status
}

/** No more choices than a person would read. */
const MAX_CHOICES = 10

export function invalidLocation(reason: string): Invalid {
  return { outcome: 'invalid', reason }
}

export function locationAt(place: Place): Location {
  const { country, house, street, unit, locality, region, postalCode } = place
  const { plusFour, latitude, longitude, locationId, status } = place
  return {
    street_address: `${house} ${printStreet(street, country)}`,
    ...(unit !== '' && { extended_address: unit }),
    locality,
    latitude,
    longitude,
    location_id: locationId,
    ...(plusFour !== '' && { plus_four: plusFour }),
    postal_code: postalCode,
    region,
    status,
    legacy_data: {
      house_number: house,
      ...(street.predir !== '' && { predirectional: street.predir }),
      streetname: streetName(street, country),
      ...(unit !== '' && { suite: unit })
    }
  }
}

/** An id of eight digits made of nothing but the address, so that it is the same for every number and on every run. */
export function derivedLocationId(place: Omit<Place, 'locationId'>): string {
  const { country, house, street, unit, locality, region, postalCode } = place
  const { predir, name, suffix, postdir } = street
  const key = [country, region, locality, postalCode, predir, name, suffix, postdir, house, unit].join('|')
  return String(30_000_000 + (crc32(key) % 60_000_000))
}

/** One location is the answer; of several the client has to choose. Those that read alike are one. */
export function answerWith(locations: readonly Location[]): Match {
  const distinct = new Map<string, Location>()
  for (const location of locations) {
    const key = JSON.stringify(choiceOf(location))
    if (!distinct.has(key)) distinct.set(key, location)
  }
  const [only, ...others] = distinct.values()
  if (only !== undefined && others.length === 0) return { outcome: 'success', location: only }
  return { outcome: 'multiple_choice', details: [...distinct.values()].slice(0, MAX_CHOICES).map(choiceOf) }
}

function choiceOf({ postal_code, street_address, extended_address = '', locality, region }: Location): Choice {
  return { postal_code, street_address, extended_address, locality, region }
}
