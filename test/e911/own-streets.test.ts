import t from 'tap'
import { matchAddress } from '../../src/e911/match.js'
import { checkStreets } from '../../src/e911/street-fixture.js'
import { address, ownStreets, readFixture, summary } from './fixture-streets.js'

const unknown = 'invalid: no street of this city or postal code has this house'

t.test('Addresses are matched against my own streets', async (t) => {
  const virginia = '10 VIRGINIA ST |  | RENO | NV | 89501'
  const submitted = address('10 Virginia St |  | Reno | NV | 89501')

  const communities = [{ community: 'SPARKS' }, { community: 'RENO' }]
  t.equal(summary(matchAddress(submitted, ownStreets(communities))), virginia, 'a community before a postal city')
  const twice = matchAddress(submitted, ownStreets([{ plus_four: '0001' }, { plus_four: '0002' }]))
  t.equal(summary(twice), virginia, 'a row written twice is one')
  t.match(twice, { location: { plus_four: '0001' } }, 'namely the first')

  const named = ownStreets([{ name: 'SEVENTH', suffix: 'AVE' }])
  const seventh = '10 SEVENTH AVE |  | RENO | NV | 89501'
  t.equal(summary(matchAddress(address('10 7th Ave |  | Reno | NV | 89501'), named)), seventh, 'printed as the row is')
  t.equal(summary(matchAddress(address(seventh), named)), seventh, 'and found by what is printed')

  const crossing = { predir: 'N', postdir: 'SW' }
  const cross = ownStreets([crossing])
  const crossed = '10 N VIRGINIA ST SW |  | RENO | NV | 89501'
  t.equal(summary(matchAddress(address('10 N Virginia St |  | Reno | NV | 89501'), cross)), crossed, 'half a direction')

  const several = ownStreets([{ postal_code: '89502' }, { postdir: 'E' }, {}, { name: 'VIRGINIE' }])
  const far = '10 Virginia St W |  | Reno | NV | 89599'
  t.same(summary(matchAddress(address(far), several)), [virginia, virginia.replace('89501', '89502')], 'in order')

  const directions = ownStreets([{ predir: 'NW' }, { predir: 'W' }, { postdir: 'N' }, { predir: 'E' }, { predir: 'S' }])
  t.same(
    summary(matchAddress(submitted, directions)),
    ['VIRGINIA ST N', 'S VIRGINIA ST', 'E VIRGINIA ST', 'W VIRGINIA ST', 'NW VIRGINIA ST'].map((street) =>
      virginia.replace('VIRGINIA ST', street)
    ),
    'in the order of the compass'
  )

  const halfWay = ownStreets([crossing, { predir: 'N', postal_code: '89502' }])
  t.equal(
    summary(matchAddress(address('10 N Virginia St |  | Reno | NV | 89501'), halfWay)),
    crossed,
    'half a direction before another ZIP'
  )
  const suffixes = ownStreets([{}, { suffix: '', postal_code: '89502' }])
  t.equal(
    summary(matchAddress(address('10 Virginia |  | Reno | NV | 89501'), suffixes)),
    virginia,
    'a missing suffix before another ZIP'
  )
  const numbered = ownStreets([{ name: '125TH' }])
  t.equal(
    summary(matchAddress(address('10 126th St |  | Reno | NV | 89501'), numbered)),
    unknown,
    'a number has no slips'
  )

  const lone = ownStreets([{ unit_policy: 'required' }], [{ unit: 'APT 1' }])
  t.equal(summary(matchAddress(submitted, lone)), virginia.replace('|  |', '| APT 1 |'), 'the only unit there is')
  const unlisted = ownStreets([{ unit_policy: 'required' }])
  const needsUnit = 'invalid: the house needs a unit, and none is known'
  t.equal(summary(matchAddress(submitted, unlisted)), needsUnit, 'no unit is known')
  const written = '10 VIRGINIA ST | STE 4 | RENO | NV | 89501'
  t.equal(summary(matchAddress(address(written), unlisted)), written, 'a unit where none is known')
  const half = ownStreets([{ unit_policy: 'required' }, {}])
  t.equal(summary(matchAddress(submitted, half)), needsUnit, 'one of two rows needs a unit')
  const twins = ownStreets([{ unit_policy: 'required' }], [{ unit: 'APT 1' }, { unit: 'STE 1' }, { unit: null }])
  const suite = '10 VIRGINIA ST | STE 1 | RENO | NV | 89501'
  t.equal(summary(matchAddress(address(suite), twins)), suite, 'two units of one value')
  t.equal(summary(matchAddress(submitted, twins)), virginia, 'a building that is known without a unit')
  t.same(
    summary(matchAddress({ ...submitted, extended_address: '1' }, twins)),
    [suite.replace('STE', 'APT'), suite, virginia],
    'a value that two units have'
  )

  const tower = Array.from({ length: 12 }, (_, index) => ({ unit: `APT ${index}` }))
  const { details } = { details: [], ...matchAddress(submitted, ownStreets([{ unit_policy: 'required' }], tower)) }
  t.equal(details.length, 10, 'no more than ten choices')
})

t.test('A file of streets is checked', async (t) => {
  const file = readFixture() as Record<'streets' | 'points' | 'city_aliases', Record<string, unknown>[]>
  const [street = {}, point = {}, alias = {}] = [file.streets[0], file.points[0], file.city_aliases[0]]
  const checked = checkStreets(file)
  t.match(
    checked,
    { streets: { length: 30 }, points: { length: 4 }, city_aliases: { length: 7 } },
    'the fixture is sound'
  )
  t.match(checked, { streets: [{ latitude: '37.786861', longitude: '-122.399484', lat: undefined }] }, 'in full words')
  t.same(
    checkStreets({ streets: [] }),
    { streets: [], points: [], city_aliases: [] },
    'the other lists may be left out'
  )
  t.same(
    checkStreets({ streets: [{ ...street, mine: 1 }] }),
    checkStreets({ streets: [street] }),
    'more keys are let be'
  )

  const one = (changes: object) => ({ streets: [{ ...street, ...changes }] })
  const withPoint = (changes: object) => ({ streets: [street], points: [{ ...point, ...changes }] })
  // prettier-ignore
  const faulty: readonly [what: string, file: unknown, ...at: string[]][] = [
    ['no object',                    null,                                                   '/streets'],
    ['no array',                     { streets: {}, points: 1, city_aliases: 'x' },          '/city_aliases', '/points', '/streets'],
    ['a row that is none',           { streets: [street], city_aliases: [null] },            '/city_aliases/0/alias', '/city_aliases/0/postal_city', '/city_aliases/0/region'],
    ['a missing field',              { streets: [street], city_aliases: [{ ...alias, alias: undefined }] }, '/city_aliases/0/alias'],
    ['every fault at once',          one({ country: 'USA', parity: 'X', suffix: 'STREET' }), '/streets/0/country', '/streets/0/parity', '/streets/0/suffix'],
    ['lower case',                   one({ name: 'Natoma', community: '' }),                 '/streets/0/community', '/streets/0/name'],
    ['a direction',                  one({ predir: 'NORTH' }),                               '/streets/0/predir'],
    ['the other country',            one({ country: 'CA' }),                                 '/streets/0/country', '/streets/0/postal_code'],
    ['low above high',               one({ low: 199 }),                                      '/streets/0/high'],
    ['a number in text',             one({ low: '100', id: -1, high: 1.5 }),                 '/streets/0/high', '/streets/0/id', '/streets/0/low'],
    ['form and meaning',             one({ lat: 37.7, low: 199 }),                           '/streets/0/high', '/streets/0/lat'],
    ['a ZIP+4 as postal code',       one({ postal_code: '94105-3745' }),                     '/streets/0/postal_code'],
    ['a plus four of five',          one({ plus_four: '37455' }),                            '/streets/0/plus_four'],
    ['coordinates',                  one({ lat: 37.7, lng: '-222.0' }),                      '/streets/0/lat', '/streets/0/lng'],
    ['a unit policy',                one({ unit_policy: null }),                             '/streets/0/unit_policy'],
    ['an id twice',                  { streets: [street, street] },                          '/streets/1'],
    ['a point of no street',         withPoint({ street_id: 7 }),                            '/points/0/street_id'],
    ['a point beyond its street',    withPoint({ house_number: '117' }),                     '/points/0/house_number'],
    ['a point of a faulty street',   { streets: [{ ...street, low: '' }], points: [point] }, '/streets/0/low'],
    ['a point of no streets',        { streets: 0, points: [point] },                        '/streets'],
    ['a point of a street with another id', { streets: [{ ...street, id: -1 }], points: [point] }, '/streets/0/id'],
    ['a point twice',                { streets: [street], points: [point, point] },          '/points/1'],
    ['a house number and a unit',    withPoint({ house_number: '0116', unit: 'APARTMENT 1' }), '/points/0/house_number', '/points/0/unit'],
    ['a house letter apart',         withPoint({ house_number: '116 B' }),                    '/points/0/house_number'],
    ['two units in one',             withPoint({ unit: 'APT 1 APT 2' }),                     '/points/0/unit'],
    ['a unit in a name',             one({ name: 'NATOMA APT 4', suffix: '' }),               '/streets/0/name'],
    ['an empty unit',                withPoint({ unit: '', location_id: 'A-1' }),            '/points/0/location_id', '/points/0/unit'],
    ['an alias twice',               { streets: [street], city_aliases: [alias, alias] },    '/city_aliases/1']
  ]
  for (const [what, broken, ...at] of faulty) {
    const result = checkStreets(broken)
    t.same('faults' in result && result.faults.map((fault) => fault.at), at, what)
  }
  t.match(checkStreets(one({ parity: 'X' })), { faults: [{ message: 'must be O or E or B' }] }, 'it says what is right')
  t.match(checkStreets({ streets: [street, street] }), { faults: [{ message: 'repeats id of /streets/0' }] })
  const grid = checkStreets(withPoint({ house_number: 'N6W23001' }))
  t.match(grid, { points: [{ house_number: 'N6W23001' }] }, 'a house on a grid lies in no range')
  const french = one({ suffix: 'RUE', predir: '', unit_policy: 'required', plus_four: null })
  t.match(checkStreets(french), { streets: [{ suffix: 'RUE' }] }, 'a French type is a suffix')
})
