import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { SubmittedAddress } from '../../src/e911/civic-address.js'
import type { Match } from '../../src/e911/location.js'
import { magicMatch, MAGIC_ADDRESSES } from '../../src/e911/magic-addresses.js'
import type { StreetSegment } from '../../src/e911/street-schema.js'
import { matchAddress } from '../../src/e911/match.js'
import { acceptAddress } from '../../src/e911/permissive.js'
import { plainText } from '../../src/e911/postal-text.js'
import { createMasterStreets } from '../../src/e911/master-streets.js'
import { fixtureTables, ownStreets } from './fixture-streets.js'

const tables = fixtureTables()
const streets = createMasterStreets(tables)

type Matcher = (address: SubmittedAddress) => Match | undefined

/** An address that was answered, sent back as it is, is answered by itself. */
function assertSettled(match: Matcher, submitted: SubmittedAddress): void {
  const answer = match(submitted)
  assert.deepEqual(match(submitted), answer)
  if (answer?.outcome === 'success') assert.deepEqual(match(answer.location), answer)
  if (answer?.outcome !== 'multiple_choice') return
  assert.ok(answer.details.length >= 2)
  for (const choice of answer.details) {
    const { location } = { location: undefined, ...match(choice) }
    assert.ok(location, `${JSON.stringify(choice)} is not accepted`)
    const { street_address, extended_address = '', locality, region, postal_code } = location
    assert.deepEqual({ postal_code, street_address, extended_address, locality, region }, choice)
  }
}

function settled(match: Matcher, addresses: fc.Arbitrary<SubmittedAddress>): () => void {
  const property = fc.property(addresses, (submitted) => {
    assertSettled(match, submitted)
  })
  return () => {
    fc.assert(property)
  }
}

const one = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const mostly = <T>(value: T, others: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: others })

const DIRECTIONS = ['', 'N', 'south', 'E', 'West', 'O', 'N E', 'SW', 'nord', 'Northwest']
const SUFFIXES = ['', 'St', 'street', 'AVE', 'Boulevard', 'Ct.', 'Rd', 'rue']
const UNITS = ['', '', 'APT 116', '#101', 'Suite 102', '201', '5th floor', 'Rear', 'PH 2', 'apt e', 'back house', '# -']
const CITIES = ['Springfield', 'SF', 'Jerome', 'New York City', 'Oakland', 'saint johns', '']

/** The street's name, with a letter left out, doubled, changed or swapped. */
function misspelt(name: string): fc.Arbitrary<string> {
  return fc.tuple(fc.nat(name.length - 1), one('', 'x', '2', '-', '.', 'swap', 'double')).map(([at, slip]) => {
    const [before, letter, next, after] = [name.slice(0, at), name.charAt(at), name.charAt(at + 1), name.slice(at + 2)]
    if (slip === 'swap') return before + next + letter + after
    return before + (slip === 'double' ? letter + letter : slip) + next + after
  })
}

/** Spellings of an address of a row. */
function written(row: StreetSegment): fc.Arbitrary<SubmittedAddress> {
  const streetLine = fc
    .record({
      house: fc.integer({ min: row.low - 2, max: row.high + 2 }).map(String),
      predir: mostly(row.predir, one(...DIRECTIONS)),
      name: mostly(row.name, misspelt(row.name)),
      suffix: mostly(row.suffix, one(...SUFFIXES)),
      postdir: mostly(row.postdir, one(...DIRECTIONS)),
      unit: mostly('', one(...UNITS)),
      between: one(' ', ', ', '  ', ' - '),
      lower: fc.boolean()
    })
    .map(({ house, predir, name, suffix, postdir, unit, between, lower }) => {
      const line = [[house, predir, name, suffix, postdir].join(' '), unit].join(between)
      return lower ? line.toLowerCase() : line
    })
  return fc.record({
    street_address: streetLine,
    extended_address: one(...UNITS),
    locality: mostly(row.community, one(row.postal_city, ...CITIES)),
    region: mostly(row.region, one('IL', 'QC', 'zz')),
    postal_code: mostly(
      row.postal_code,
      one(...tables.streets.map((other) => other.postal_code), '99999', '94105-1234')
    )
  })
}

const fromFixture = one(...tables.streets).chain(written)
const inTower = written({ ...tables.streets[24], low: 500, high: 500 } as StreetSegment)

/** Lines of words that mean different things in different places. */
const RIDDLES =
  'N E NORTH O EST OUEST SE ST STE SAINT AVE AVENUE RUE CH RD MILL APT UNIT # 4 4-B B FL FLOOR 5TH FIFTH FIRST REAR SIDE LOT LEVEL GROUND NO CR HWY 12 ONE B/2 - TWENTY 5E KEY PIER PH PO BOX 1/2 RR - MAIN A-4 ROUTE'
const riddle = fc.array(one(...RIDDLES.split(' ')), { maxLength: 7 }).map((words) => words.join(' '))
const fromRiddles = fc.record({
  street_address: fc
    .tuple(one('1', '10', '10-12', '3B', '007', '1.5', '10 B', '7 - 9', 'UNIT 4 12', '# 4 12', 'N6W23', 'TEN'), riddle)
    .map((words) => words.join(' ')),
  extended_address: riddle,
  locality: one('Reno', 'St-Jean', 'Saint Saint', '100-Mile House'),
  region: one('NV', 'QC'),
  postal_code: one('89501', 'H3B 4W5')
})

const anyText = fc.string({ unit: 'binary', maxLength: 12 })
const brokenText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
  .map((units) => String.fromCharCode(...units))
const text = fc.oneof(
  anyText,
  brokenText,
  fc.constant('x'.repeat(201)),
  fc.constant('\0'),
  fc.constant('ﷺ'.repeat(199))
)
const fromText = fc.record({
  street_address: fc.oneof(
    text,
    text.map((street) => `12 ${street}`),
    text.map((unit) => `116 Natoma St ${unit}`)
  ),
  extended_address: text,
  locality: fc.oneof(text, fc.constant('San Francisco')),
  region: fc.oneof(text, fc.constant('CA')),
  postal_code: fc.oneof(text, fc.constant('94105'))
})
const magic = fc.record({
  street_address: one(...MAGIC_ADDRESSES).map((row) => row.street_address.replace('n', '7').toLowerCase()),
  extended_address: fc.oneof(text, one(...UNITS)),
  locality: text,
  region: fc.oneof(one('CA', 'on', 'zz'), text),
  postal_code: fc.oneof(one('94105-3745', 'm5x1a9'), text)
})

const match: Matcher = (address) => matchAddress(address, streets)

t.test('an answer sent back is answered by itself', async (t) => {
  t.doesNotThrow(settled(match, fromFixture), 'for addresses as people write them')
  t.doesNotThrow(settled(match, inTower), 'for units of a tower')
  t.doesNotThrow(settled(match, fromText), 'for any text')
  t.doesNotThrow(settled(acceptAddress, fromFixture), 'Permissive mode accepts any address')
  t.doesNotThrow(settled(acceptAddress, fromRiddles), 'where any address will do, for words with two meanings')
  t.doesNotThrow(settled(acceptAddress, fromText), 'where any address will do, for any text')
  t.doesNotThrow(settled(magicMatch, magic), 'for magic addresses')
  t.doesNotThrow(settled(magicMatch, fromText), 'for addresses without magic')
})

t.test('With any streets, an answer sent back is answered by itself', async (t) => {
  const rows = fc.uniqueArray(
    fc.record({
      community: one('RENO', 'SPARKS'),
      postal_city: one('RENO', 'SPARKS'),
      predir: one('', 'N', 'SW', 'O', 'W'),
      name: one(
        'MAIN',
        'AVENUE',
        'SEVENTH',
        'NORTH',
        'ST JAMES',
        'ROUTE 7',
        'STATE ROUTE 7',
        'AVENUE N',
        'B',
        '7',
        'MAIN ST 4'
      ),
      suffix: one('', 'ST', 'RD', 'RUE'),
      postdir: one('', 'N', 'SW'),
      postal_code: one('89501', '89502'),
      unit_policy: one('required' as const, 'optional' as const)
    }),
    { minLength: 1, maxLength: 6, selector: (row) => JSON.stringify({ ...row, postal_city: '', unit_policy: '' }) }
  )
  const points = fc.array(
    fc.record({ street_id: fc.integer({ min: 1, max: 6 }), unit: one(null, 'APT 1', 'STE 1', 'UNIT 2', 'REAR') })
  )
  const address = fc.record({
    street_address: fc
      .tuple(
        one('', 'N ', 'W ', 'SW '),
        one(
          'MAIN',
          'AVENUE',
          '7TH',
          'NORTH',
          'ST JAMES',
          'ROUTE 7',
          'STATE ROUTE 7',
          'AVENUE N',
          'B',
          'B MAIN',
          '7',
          'MAIN ST 4'
        ),
        one('', ' ST', ' RD'),
        one('', ' N', ' SW'),
        one('', ' # 1')
      )
      .map((parts) => `10 ${parts.join('')}`),
    extended_address: one('', 'UNIT 1', '2', 'REAR', '9'),
    locality: one('RENO', 'SPARKS', 'ELKO'),
    region: fc.constant('NV'),
    postal_code: one('89501', '89502', '89503')
  })
  const property = fc.property(rows, points, address, (rows, points, submitted) => {
    const own = ownStreets(rows, points)
    assertSettled((address) => matchAddress(address, own), submitted)
  })
  t.doesNotThrow(() => {
    fc.assert(property)
  }, 'an answer sent back is answered by itself')
})

t.test('Normalised text stays as it is when it is normalised again', async (t) => {
  const property = fc.property(text, (line) => {
    assert.equal(plainText(plainText(line)), plainText(line))
  })
  t.doesNotThrow(() => {
    fc.assert(property)
  })
})
