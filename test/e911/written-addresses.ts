import fc from 'fast-check'
import type { SubmittedAddress } from '../../src/e911/civic-address.js'
import type { StreetSegment } from '../../src/e911/street-schema.js'
import { fixtureTables } from './fixture-streets.js'

// Addresses as people write them, for properties that hold for all of them.

export const tables = fixtureTables()

export const one = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const mostly = <T>(value: T, others: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: others })

const DIRECTIONS = ['', 'N', 'south', 'E', 'West', 'O', 'N E', 'SW', 'nord', 'Northwest']
const SUFFIXES = ['', 'St', 'street', 'AVE', 'Boulevard', 'Ct.', 'Rd', 'rue']
export const UNITS = [
  '',
  '',
  'APT 116',
  '#101',
  'Suite 102',
  '201',
  '5th floor',
  'Rear',
  'PH 2',
  'apt e',
  'back house',
  '# -'
]
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
      house: fc.integer({ min: Math.max(0, row.low - 2), max: row.high + 2 }).map(String),
      letter: mostly('', one('B', ' 1/2')),
      predir: mostly(row.predir, one(...DIRECTIONS)),
      name: mostly(row.name, misspelt(row.name)),
      suffix: mostly(row.suffix, one(...SUFFIXES)),
      postdir: mostly(row.postdir, one(...DIRECTIONS)),
      unit: mostly('', one(...UNITS)),
      between: one(' ', ', ', '  ', ' - '),
      lower: fc.boolean()
    })
    .map(({ house, letter, predir, name, suffix, postdir, unit, between, lower }) => {
      const line = [[house + letter, predir, name, suffix, postdir].join(' '), unit].join(between)
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

export const fromFixture = one(...tables.streets).chain(written)
export const inTower = written({ ...tables.streets[24], low: 500, high: 500 } as StreetSegment)

/** Lines of words that mean different things in different places. */
const RIDDLES =
  'N E NORTH O EST OUEST SE ST STE SAINT AVE AVENUE RUE CH RD MILL APT UNIT # 4 4-B B FL FLOOR 5TH FIFTH FIRST REAR SIDE LOT LEVEL GROUND NO CR HWY 12 ONE B/2 - TWENTY 5E KEY PIER PH PO BOX 1/2 RR - MAIN A-4 ROUTE'
const riddle = fc.array(one(...RIDDLES.split(' ')), { maxLength: 7 }).map((words) => words.join(' '))
export const fromRiddles = fc.record({
  street_address: fc
    .tuple(one('1', '10', '10-12', '3B', '007', '1.5', '10 B', '7 - 9', 'UNIT 4 12', '# 4 12', 'N6W23', 'TEN'), riddle)
    .map((words) => words.join(' ')),
  extended_address: riddle,
  locality: one('Reno', 'St-Jean', 'Saint Saint', '100-Mile House'),
  region: one('NV', 'QC'),
  postal_code: one('89501', 'H3B 4W5')
})

/** An address of a row with a word too many, anywhere behind the house. */
export const withRiddle = fc.tuple(fromFixture, fc.nat(9), one(...RIDDLES.split(' '))).map(([address, at, word]) => {
  const [house = '', ...words] = address.street_address.split(' ')
  return { ...address, street_address: [house, ...words.toSpliced(at % (words.length + 1), 0, word)].join(' ') }
})
