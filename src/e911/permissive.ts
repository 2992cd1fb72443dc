import { crc32 } from 'node:zlib'
import { type CivicAddress, readAddress, type Reading, type SubmittedAddress } from './civic-address.js'
import {
  answerWith,
  derivedLocationId,
  invalidLocation,
  type Location,
  locationAt,
  type Match,
  type Place
} from './location.js'

/**
 * For those who bring addresses of their own: any address that can be read in one way only is provisioned as it was
 * understood. Two units at once are still a choice, and a box is still no place.
 */
export function acceptAddress(submitted: SubmittedAddress): Match {
  const address = readAddress(submitted)
  if ('reason' in address) return address
  const [reading] = address.readings
  if (reading.certainty === 'row_decides') return invalidLocation('the street address cannot be read for certain')
  return answerWith(reading.units.map((unit) => locateAnywhere(address, reading, unit)))
}

function locateAnywhere(address: CivicAddress, { house, street }: Reading, unit: string): Location {
  const place = { ...address, house, street, unit, ...madeUp(address, house), status: 'PROVISIONED' as const }
  return locationAt({ ...place, locationId: derivedLocationId(place) })
}

/** Somewhere from 30° to 45° north and 80° to 120° west, the same on every run for a house of a postal code. */
function madeUp(
  { country, postalCode }: CivicAddress,
  house: string
): Pick<Place, 'latitude' | 'longitude' | 'plusFour'> {
  const hash = crc32(`${postalCode}|${house}`)
  return {
    latitude: (30 + (hash % 15_000_000) / 1_000_000).toFixed(6),
    longitude: (-80 - (hash % 39_999_999) / 1_000_000).toFixed(6),
    plusFour: country === 'US' ? String(hash % 10_000).padStart(4, '0') : ''
  }
}
