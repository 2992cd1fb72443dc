import { crc32 } from 'node:zlib'
import { isLong, isTooLong, readLocality, type SubmittedAddress } from './civic-address.js'
import {
  type Choice,
  invalidLocation,
  type Location,
  locationAt,
  type Match,
  type Place,
  type Status
} from './location.js'
import { plainCode, plainText, wordsOf } from './postal-text.js'
import { countryOf, readPostalCode } from './regions.js'
import { readStreet } from './street.js'
import { printUnits, readUnit } from './units.js'

/** A street line that forces an outcome; the rest of the address does not matter. `result` is for people to read. */
type MagicAddress = { street_address: string; result: string } & (
  | { outcome: 'success'; status: Status }
  | { outcome: 'success'; status: Status; returned_as: string }
  | { outcome: 'multiple_choice' | 'invalid' }
  | { outcome: 'fault'; message: string }
)

/**
 * Case, spacing and ST or STREET make no difference; n is a number. A status other than PROVISIONED is what the
 * reference implementation stores when an address was found and the step after that, provisioning, went wrong.
 */
// prettier-ignore
export const MAGIC_ADDRESSES: readonly MagicAddress[] = [
  { street_address: '911 PROVISIONED TEST ST',    result: '200, status PROVISIONED',                     outcome: 'success', status: 'PROVISIONED' },
  { street_address: '911 CORRECTED TEST ST',      result: '200, returned as 911 N CORRECTED TEST ST',    outcome: 'success', status: 'PROVISIONED', returned_as: '911 N CORRECTED TEST ST' },
  { street_address: '911 GEOCODED TEST ST',       result: '200, status GEOCODED',                        outcome: 'success', status: 'GEOCODED' },
  { street_address: '911 STATUS INVALID TEST ST', result: '200, status INVALID',                         outcome: 'success', status: 'INVALID' },
  { street_address: '911 STATUS ERROR TEST ST',   result: '200, status ERROR',                           outcome: 'success', status: 'ERROR' },
  { street_address: '911 STATUS REMOVED TEST ST', result: '200, status REMOVED',                         outcome: 'success', status: 'REMOVED' },
  { street_address: '911 MULTIPLE TEST ST',       result: '400 multiple_choice of two',                  outcome: 'multiple_choice' },
  { street_address: '911 MULTIPLE n TEST ST',     result: '400 multiple_choice of n, from 2 to 10',      outcome: 'multiple_choice' },
  { street_address: '911 INVALID TEST ST',        result: '400 invalid data',                            outcome: 'invalid' },
  { street_address: '911 UNREACHABLE TEST ST',    result: '500 unspecified_fault, unreachable',          outcome: 'fault', message: 'unreachable' },
  { street_address: '911 ERROR TEST ST',          result: '500 unspecified_fault, Location could not be processed', outcome: 'fault', message: 'Location could not be processed' }
]

const CHOSEN_LINE = '911 PROVISIONED TEST ST'
const CHOICES = { fewest: 2, most: 10 } as const

/** What a magic address answers; undefined for any other address. */
export function magicMatch(submitted: SubmittedAddress): Match | undefined {
  if (isTooLong(submitted)) return undefined
  const line = plainText(submitted.street_address).replace(/ STREET$/, ' ST')
  const [, count] = / (\d+) TEST ST$/.exec(line) ?? []
  const written = count === undefined ? line : line.replace(` ${count} TEST`, ' n TEST')
  const magic = MAGIC_ADDRESSES.find((row) => row.street_address === written || returnedLine(row) === written)
  const rest = restOf(submitted)
  if (magic === undefined || Object.values(rest).some(isLong)) return undefined
  return matchMagic(magic, rest, Number(count ?? CHOICES.fewest))
}

function matchMagic(magic: MagicAddress, rest: Rest, count: number): Match {
  switch (magic.outcome) {
    case 'success':
      return { outcome: 'success', location: locateMagic(returnedLine(magic), rest, magic.status) }
    case 'multiple_choice':
      return { outcome: 'multiple_choice', details: choices(rest, count) }
    case 'invalid':
      return invalidLocation('the magic address is an invalid one')
    case 'fault':
      return { outcome: 'fault', message: magic.message }
  }
}

/** The line that an answer has; a client that sends it back gets the same answer. */
function returnedLine(row: MagicAddress): string {
  return 'returned_as' in row ? row.returned_as : row.street_address
}

function locateMagic(line: string, rest: Rest, status: Status): Location {
  const [house = '', ...street] = wordsOf(line)
  const key = [line, rest.unit, rest.locality, rest.region, rest.postalCode].join('|')
  return locationAt({
    ...rest,
    country: 'US',
    house,
    street: readStreet(street, 'US'),
    latitude: '37.000000',
    longitude: '-122.000000',
    locationId: String(91_100_000 + (crc32(key) % 99_999)),
    status
  })
}

/** Units of one magic address, so that each choice succeeds when it is sent back. */
function choices({ postalCode, locality, region }: Rest, count: number): readonly Choice[] {
  const length = Math.min(Math.max(count, CHOICES.fewest), CHOICES.most)
  return Array.from({ length }, (_, index) => ({
    postal_code: postalCode,
    street_address: CHOSEN_LINE,
    extended_address: `UNIT ${index + 1}`,
    locality,
    region
  }))
}

/** The address but for its street line. It only has to be there, and is normalised as far as it can be. */
type Rest = Pick<Place, 'unit' | 'locality' | 'region' | 'postalCode' | 'plusFour'>

function restOf({ extended_address = '', locality, region, postal_code }: SubmittedAddress): Rest {
  const country = countryOf(plainText(region))
  const code = plainCode(postal_code)
  return {
    unit: printUnits(readUnit(wordsOf(plainText(extended_address)))),
    locality: readLocality(locality),
    region: plainText(region),
    postalCode: readPostalCode(code, country ?? 'US') ?? code,
    plusFour: country === 'US' ? '0911' : ''
  }
}
