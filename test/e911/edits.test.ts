import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { createMasterStreets } from '../../src/e911/master-streets.js'
import { matchAddress } from '../../src/e911/match.js'
import { printStreet } from '../../src/e911/street.js'
import type { AddressPoint, StreetSegment, StreetTables } from '../../src/e911/street-schema.js'
import { fixtureTables } from './fixture-streets.js'

/** Rows whose names have what is never forgiven, beside those of the fixtures; each alone in its own ZIP code and city. */
const NAMES: readonly Partial<StreetSegment>[] = [
  { name: 'COUNTY ROAD 502' },
  { name: 'COUNTY ROAD DD' },
  { name: 'STATE HIGHWAY 59', postdir: 'E' },
  { name: 'STATE ROUTE 27' },
  { name: 'ROUTE 132' },
  { name: 'US HIGHWAY 50' },
  { name: 'FM 1383' },
  { name: 'AVENUE B' },
  { name: 'AVENUE N' },
  { name: '9 MILE', suffix: 'RD' },
  { name: '27 1/2', suffix: 'RD' },
  { name: '11', suffix: 'ST', predir: 'E' },
  { name: '109TH', suffix: 'AVE' },
  { name: 'B', suffix: 'ST' },
  { name: 'E', suffix: 'ST' },
  { name: 'CIRCLE R', suffix: 'DR' },
  { name: 'B WASHINGTON', suffix: 'ST' },
  { name: 'WASHINGTON', suffix: 'ST' },
  { name: 'WASHINGTON', suffix: 'ST', predir: 'N', postdir: 'W' },
  { name: 'LANE 8 1/2' },
  { name: 'ROAD 6', predir: 'S' }
]
const HOUSES = ['12B', '109A', '12 1/2', '112-10', 'N6W23001', 'W148 N9748', '39W123']

const builtIn = fixtureTables()
const [virginia] = builtIn.streets
assert.ok(virginia)
const own = NAMES.map((name, index): StreetSegment => {
  const city = `TOWN${'ABCDEFGHIJKLMNOPQRSTUVW'.charAt(index)}`
  const place = {
    region: 'NV',
    community: city,
    postal_city: city,
    postal_code: String(89500 + index),
    parity: 'B' as const
  }
  return { ...virginia, ...place, id: 1000 + index, suffix: '', predir: '', postdir: '', low: 1, high: 20_000, ...name }
})
const points = own.flatMap(({ id }) =>
  HOUSES.map((house_number): AddressPoint => {
    const place = { plus_four: null, latitude: null, longitude: null, location_id: null }
    return { street_id: id, house_number, unit: null, ...place }
  })
)
const tables: StreetTables = {
  streets: [...builtIn.streets, ...own],
  points: [...builtIn.points, ...points],
  city_aliases: builtIn.city_aliases
}
const streets = createMasterStreets(tables)

/** An address of a row, to the letter. */
const written = fc.constantFrom(...tables.streets).chain((row) => {
  const known = tables.points.filter(({ street_id }) => street_id === row.id).map(({ house_number }) => house_number)
  return fc.record({ row: fc.constant(row), house: fc.constantFrom(String(row.low), String(row.high), ...known) })
})

/** Where a digit, a word of one letter or the letter of a house stands. */
const UNFORGIVEN = /\d|(?<![A-Z\d])[A-Z](?![A-Z\d])|(?<=\d)[A-Z](?![A-Z])|(?<![A-Z])[A-Z](?=\d)/g
const ANY = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.split('')

/** What to put in the place of a letter or a digit: another one, two, or one beside it. */
const edit = fc.record({
  at: fc.nat(99),
  change: fc.oneof(
    fc.constantFrom(...ANY).map((other) => () => other),
    fc.constantFrom(...ANY).map((other) => (one: string) => one + other),
    fc.constantFrom(...ANY).map((other) => (one: string) => other + one),
    fc.constantFrom(' ', '-').map((other) => () => other),
    fc.constant(() => '')
  )
})

/** A direction may be left out, and it has a French letter in Canada. */
function isSameDirection(row: StreetSegment, edited: string): boolean {
  const inEnglish = (line: string) => (row.country === 'CA' ? line.replaceAll(/\bO\b/g, 'W') : line)
  const same = ['predir', 'postdir'].map((side) => printStreet({ ...row, [side]: '' }, row.country))
  const plain = inEnglish(edited).replaceAll(/[ -]+/g, ' ').trim()
  return [printStreet(row, row.country), ...same].map(inEnglish).includes(plain)
}

t.test(
  'No edit of a digit, of a word of one letter or of a house letter finds the row that it was made on',
  async (t) => {
    const property = fc.property(written, edit, ({ row, house }, { at, change }) => {
      const street = printStreet(row, row.country)
      const line = `${house} ${street}`
      const places = [...line.matchAll(UNFORGIVEN)].map(({ index }) => index)
      const place = places[at % places.length] ?? 0
      const edited = `${line.slice(0, place)}${change(line.charAt(place))}${line.slice(place + 1)}`
      const { community, region, postal_code } = row
      const submitted = { locality: community, region, postal_code }
      const right = matchAddress({ ...submitted, street_address: line }, streets)
      assert.ok(right.outcome !== 'invalid', `${line} is a row`)
      const match = matchAddress({ ...submitted, street_address: edited }, streets)
      if (match.outcome !== 'success' || edited.replace(/^0+/, '') === line) return
      const { street_address, legacy_data } = match.location
      const found = street_address.slice(legacy_data.house_number.length + 1)
      const message = `${edited} became ${street_address}`
      // Another house may lie on the same row; the answer is then that house, never the one of before.
      if (place < house.length) assert.notEqual(legacy_data.house_number, house, message)
      else if (!isSameDirection(row, edited.slice(house.length))) assert.notEqual(found, street, message)
    })
    t.doesNotThrow(() => {
      fc.assert(property, { numRuns: 3000 })
    })
  }
)
