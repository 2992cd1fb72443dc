import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { SubmittedAddress } from '../../src/e911/civic-address.js'
import type { Location, Match } from '../../src/e911/location.js'
import { magicMatch, MAGIC_ADDRESSES } from '../../src/e911/magic-addresses.js'
import type { StreetSegment } from '../../src/e911/street-schema.js'
import { matchAddress } from '../../src/e911/match.js'
import { acceptAddress } from '../../src/e911/permissive.js'
import { plainText } from '../../src/e911/postal-text.js'
import { createMasterStreets } from '../../src/e911/master-streets.js'
import { ownStreets } from './fixture-streets.js'
import { fromFixture, fromRiddles, inTower, one, tables, UNITS, withRiddle } from './written-addresses.js'

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

/** The rows that hold an address as it was answered: its house on its side, its street, place and code. */
function rowsOf({ street_address, locality, region, postal_code, legacy_data }: Location): readonly StreetSegment[] {
  const house = parseInt(legacy_data.house_number)
  return tables.streets.filter((row) => {
    const { predir, name, suffix, postdir } = row
    const line = row.suffix === 'RUE' ? [suffix, name, postdir] : [predir, name, suffix, postdir]
    return (
      street_address === [legacy_data.house_number, ...line].filter((part) => part !== '').join(' ') &&
      [locality, region, postal_code].join() === [row.community, row.region, row.postal_code].join() &&
      house >= row.low &&
      house <= row.high &&
      (row.parity === 'B' || (house % 2 === 1) === (row.parity === 'O'))
    )
  })
}

function assertHeld(submitted: SubmittedAddress): void {
  const answer = matchAddress(submitted, streets)
  if (answer.outcome !== 'success') return
  const { location } = answer
  const message = `${JSON.stringify(submitted)} became ${JSON.stringify(location)}`
  const [row, ...others] = rowsOf(location)
  assert.ok(row !== undefined && others.length === 0, message)
  assert.equal(parseInt(location.legacy_data.house_number), parseInt(submitted.street_address), message)
  const alias = tables.city_aliases.find(
    (one) => `${one.region} ${one.alias}` === `${row.region} ${plainText(submitted.locality)}`
  )
  const cities = [row.community, row.postal_city].map(plainText)
  const isCity = [plainText(submitted.locality), alias?.postal_city ?? ''].some((city) => cities.includes(city))
  assert.ok(isCity || submitted.postal_code.startsWith(row.postal_code), message)
  const units = tables.points.filter((point) => {
    return point.street_id === row.id && point.house_number === location.legacy_data.house_number
  })
  if (row.unit_policy === 'optional') return
  assert.ok(location.extended_address, message)
  assert.ok(units.length === 0 || units.some(({ unit }) => unit === location.extended_address), message)
}

t.test('An address is accepted only if one street has it', async (t) => {
  for (const addresses of [fromFixture, withRiddle, inTower]) {
    t.doesNotThrow(() => {
      fc.assert(fc.property(addresses, assertHeld), { numRuns: 1000 })
    })
  }
})

/** Spellings of an address that are one and the same. */
const SPELLINGS: readonly ((address: SubmittedAddress) => SubmittedAddress)[] = [
  (address) => eachField(address, (text) => text.toLowerCase()),
  (address) => eachField(address, (text) => text.toUpperCase()),
  (address) => eachField(address, (text) => `  ${text}\t`),
  (address) => eachField(address, (text) => text.replaceAll(' ', '   ')),
  (address) => Object.fromEntries(Object.entries(address).toReversed()) as unknown as SubmittedAddress
]

function eachField(address: SubmittedAddress, spell: (text: string) => string): SubmittedAddress {
  const { street_address, extended_address = '', locality, region, postal_code } = address
  return {
    street_address: spell(street_address),
    extended_address: spell(extended_address),
    locality: spell(locality),
    region: spell(region),
    postal_code: spell(postal_code)
  }
}

t.test('An answer depends neither on case and spaces nor on the order of the keys', async (t) => {
  const magicLine = one(...MAGIC_ADDRESSES).map((row) => row.street_address.replace(' n ', ' 7 '))
  const fromMagic = fc
    .tuple(fromFixture, magicLine)
    .map(([address, street_address]) => ({ ...address, street_address }))
  const cases: readonly [string, Matcher, fc.Arbitrary<SubmittedAddress>][] = [
    ['for addresses as people write them', match, fromFixture],
    ['for a word too many', match, withRiddle],
    ['where any address will do', acceptAddress, fromRiddles],
    ['for magic addresses', magicMatch, fromMagic]
  ]
  for (const [what, matcher, addresses] of cases) {
    const property = fc.property(addresses, one(...SPELLINGS), (submitted, spell) => {
      assert.deepEqual(matcher(spell(submitted)), matcher(submitted))
    })
    t.doesNotThrow(() => {
      fc.assert(property, { numRuns: 500 })
    }, what)
  }
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
