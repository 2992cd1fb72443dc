import { join } from 'node:path'
import t from 'tap'
import { parseDocument } from '../../src/state/document-file.js'
import { builtInFixtures, loadCharges, loadFixtures } from '../../src/state/fixtures.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { STREET, faultsOf } from './fixtures-under-test.js'

t.test('My fixture files replace the built-in ones', async (t) => {
  const folder = t.testdir({
    'numbers.json': JSON.stringify([{ e164: '+12125550100', state: 'available' }]),
    'documented-numbers.json': '[]'
  })
  const { numbers, accounts, inventory, streets } = await loadFixtures(folder)
  t.same(numbers, [{ e164: '+12125550100', state: 'available' }])
  t.ok(accounts.has(DEMO), 'what it does not have is built in')
  t.same(inventory().pinnedNumbers('415'), [])
  t.equal([...inventory().exchangesWithPrefix('212233').exchanges].length, 1)
  t.same(streets(), builtInFixtures().streets())
})

t.test('My streets join the built-in ones, or replace all but the one of the document', async (t) => {
  const builtIn = builtInFixtures().streets()
  const point = {
    street_id: 900,
    house_number: '1',
    unit: null,
    plus_four: null,
    latitude: null,
    longitude: null,
    location_id: null
  }
  const alias = { region: 'NV', alias: 'SPARKS', postal_city: 'RENO' }
  const [known] = builtIn.city_aliases
  const cases: [title: string, file: object, ids: number[], points: number, aliases: number][] = [
    [
      'joined',
      { streets: [STREET], points: [point], city_aliases: [alias] },
      [...builtIn.streets.map(({ id }) => id), 900],
      builtIn.points.length + 1,
      builtIn.city_aliases.length + 1
    ],
    [
      'one replaced',
      { streets: [{ ...STREET, id: 2 }], city_aliases: [{ ...known, postal_city: 'RENO' }] },
      [...builtIn.streets.map(({ id }) => id).filter((id) => id !== 2), 2],
      builtIn.points.filter(({ street_id }) => street_id !== 2).length,
      builtIn.city_aliases.length
    ],
    [
      'all replaced',
      { replace: true, streets: [STREET] },
      [1, 900],
      builtIn.points.filter(({ street_id }) => street_id === 1).length,
      builtIn.city_aliases.length
    ]
  ]
  for (const [title, file, ids, points, aliases] of cases) {
    const folder = t.testdir({ 'streets.json': JSON.stringify(file) })
    const streets = (await loadFixtures(folder)).streets()
    t.same(
      streets.streets.map(({ id }) => id),
      ids,
      title
    )
    t.equal(streets.points.length, points, `${title}: points`)
    t.equal(streets.city_aliases.length, aliases, `${title}: aliases`)
  }
})

t.test('A fixture in both JSON and YAML is refused', async (t) => {
  const folder = t.testdir({ 'numbers.json': '[]', 'numbers.yaml': '[]' })
  t.match((await faultsOf(t, loadFixtures(folder))).faults, [
    { file: join(folder, 'numbers.yaml'), at: '', message: /stands beside .*numbers\.json; keep one of them/ }
  ])
})

t.test('A byte order mark at the beginning of a file is skipped', async (t) => {
  const numbers = JSON.stringify([{ e164: '+14157770001', state: 'available' }])
  for (const name of ['numbers.json', 'numbers.yaml']) {
    const fixtures = await loadFixtures(t.testdir({ [name]: `\uFEFF${numbers}` }))
    t.match(fixtures.numbers, [{ e164: '+14157770001' }], name)
  }
  t.match(await parseDocument('SEED', `\uFEFF${numbers}`), { content: [{ e164: '+14157770001' }] }, 'a seed')
})

t.test('Charges are read from a file', async (t) => {
  const charge = { category: 'phone_numbers', item: 'did', rate: 1, activation_charge: 2 }
  const folder = t.testdir({ 'mine.json': JSON.stringify([charge]), 'wrong.json': '[{}]' })
  t.same(await loadCharges(join(folder, 'mine.json')), [charge])
  t.equal((await faultsOf(t, loadCharges(join(folder, 'wrong.json')))).faults.length, 4)
  t.match((await faultsOf(t, loadCharges(join(folder, 'none.json')))).faults, [{ message: /ENOENT/ }])
})
