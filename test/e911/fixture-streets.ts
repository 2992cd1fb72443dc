import { readFileSync } from 'node:fs'
import type { SubmittedAddress } from '../../src/e911/civic-address.js'
import type { Choice, Match } from '../../src/e911/location.js'
import { createMasterStreets } from '../../src/e911/master-streets.js'
import { checkStreets } from '../../src/e911/street-fixture.js'
import type { AddressPoint, StreetSegment, StreetTables } from '../../src/e911/street-schema.js'

export function readFixture(): unknown {
  return JSON.parse(readFileSync('fixtures/streets.json', 'utf8'))
}

export function fixtureTables(): StreetTables {
  const tables = checkStreets(readFixture())
  if ('faults' in tables) throw new Error(JSON.stringify(tables.faults))
  return tables
}

/** Streets of a test's own: what is not told is that of an ordinary street in Reno. */
export function ownStreets(rows: readonly Partial<StreetSegment>[], points: readonly Partial<AddressPoint>[] = []) {
  const segment: StreetSegment = {
    id: 1,
    country: 'US',
    region: 'NV',
    community: 'RENO',
    postal_city: 'RENO',
    predir: '',
    name: 'VIRGINIA',
    suffix: 'ST',
    postdir: '',
    low: 1,
    high: 99,
    parity: 'B',
    postal_code: '89501',
    plus_four: null,
    latitude: '39.526100',
    longitude: '-119.812700',
    unit_policy: 'optional'
  }
  const point: AddressPoint = {
    street_id: 1,
    house_number: '10',
    unit: null,
    plus_four: null,
    latitude: null,
    longitude: null,
    location_id: null
  }
  return createMasterStreets({
    streets: rows.map((row, index) => ({ ...segment, id: index + 1, ...row })),
    points: points.map((row) => ({ ...point, ...row })),
    city_aliases: []
  })
}

/** `street | unit | city | region | postal code` */
export function address(line: string): SubmittedAddress {
  const [street_address = '', extended_address = '', locality = '', region = '', postal_code = ''] = line.split(' | ')
  return { street_address, ...(extended_address !== '' && { extended_address }), locality, region, postal_code }
}

/** A match as a line like that of `address`, several of them for a choice, and its name for a refusal. */
export function summary(match: Match | undefined): string | readonly string[] | undefined {
  switch (match?.outcome) {
    case 'success':
      return lineOf(match.location)
    case 'multiple_choice':
      return match.details.map(lineOf)
    case 'invalid':
      return `invalid: ${match.reason}`
    case 'fault':
      return `fault: ${match.message}`
    default:
      return undefined
  }
}

function lineOf({ street_address, extended_address = '', locality, region, postal_code }: SubmittedAddress | Choice) {
  return [street_address, extended_address, locality, region, postal_code].join(' | ')
}
