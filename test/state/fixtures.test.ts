import { join } from 'node:path'
import t from 'tap'
import type { Finding } from '../../src/findings/finding.js'
import { Part } from '../../src/findings/part.js'
import {
  accountFindings,
  checkFixtureFile,
  FIXTURE_FILES,
  numberFindings,
  type FixtureName,
  type NumberFixture
} from '../../src/state/fixture-schemas.js'
import { builtInFixtures, loadFixtures } from '../../src/state/fixtures.js'
import { checkStreets } from '../../src/e911/street-fixture.js'
import type { Account } from '../../src/sandbox/accounts.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { readFixture } from '../harness/fixture-files.js'
import { ACCOUNT, faultsOf, STREET } from './fixtures-under-test.js'

const checkNumbers = (numbers: readonly NumberFixture[]) =>
  numberFindings(Part.of<typeof numbers>(numbers, []).each(), new Set())

const PACKAGED: readonly FixtureName[] = ['accounts', 'numbers', 'rate-centers', 'toll-free', 'documented-numbers']

t.test('The built-in fixtures are valid', async (t) => {
  t.same(Object.keys(FIXTURE_FILES).sort(), [...PACKAGED, 'charges'].sort())
  for (const file of PACKAGED) {
    t.same((await checkFixtureFile(file, readFixture(`${file}.json`))).findings, [], file)
  }
  t.notOk('faults' in checkStreets(readFixture('streets.json')))
})

t.test('The built-in fixtures are what the documentation says', async (t) => {
  const { accounts, numbers, inventory, streets } = builtInFixtures()
  t.equal(accounts.get(DEMO)?.name, 'demo')
  t.match(numbers, [
    { e164: '+14155234712', state: 'in_service', owner: DEMO, carrier: 'local', created: 63_636_963_275 },
    { e164: '+14155558920', state: 'reserved', owner: DEMO, carrier: 'local', document: { my_own_field: {} } },
    { e164: '+14155558921', owner: DEMO }
  ])
  t.same(inventory().pinnedNumbers('415'), ['+14152338397', '+14152338421'])
  t.same(inventory().pinnedNumbers('555'), ['+15552225562', '+15554445558'])
  t.equal(inventory(), inventory(), 'the stock is made once')
  t.match(streets().streets[0], { id: 1, name: 'NATOMA', latitude: '37.786861' })
})

t.test('A fixture file is checked against its schema, and each fault names its place', async (t) => {
  const without = (key: string) => Object.fromEntries(Object.entries(ACCOUNT).filter(([one]) => one !== key))
  const cases: [file: FixtureName, content: unknown, findings: [at: string, message: string][]][] = [
    ['accounts', [ACCOUNT], []],
    ['accounts', {}, [['', 'must have the field accounts']]],
    ['accounts', [without('id')], [['/0', 'must have the field id']]],
    [
      'accounts',
      [ACCOUNT, { ...ACCOUNT, id: 'b'.repeat(32), colour: 'red' }],
      [
        [
          '/1/colour',
          'is no field here; there are id, name, realm, parent, admin, additions, api_key, user, password, token'
        ]
      ]
    ],
    ['accounts', [{ ...ACCOUNT, parent: 5 }], [['/0/parent', 'must be a string or null']]],
    ['accounts', [{ ...ACCOUNT, parent: 'x' }], [['/0/parent', 'must have at least 32 characters']]],
    [
      'accounts',
      [{ ...ACCOUNT, admin: 'no', token: '' }],
      [
        ['/0/admin', 'must be true or false'],
        ['/0/token', 'must have at least 1 character']
      ]
    ],
    ['numbers', [{ e164: '+14155550100', state: 'available' }], []],
    [
      'numbers',
      [
        {
          e164: '+14155550100',
          state: 'reserved',
          owner: null,
          carrier: 'local',
          document: { any: [1] },
          used_by: 'callflow',
          history: [DEMO],
          created: 0,
          modified: 1
        }
      ],
      []
    ],
    [
      'numbers',
      [{ e164: '4155550100', state: 'available' }],
      [['/0/e164', 'must be a number in E.164 with a plus sign, such as +14155550142']]
    ],
    [
      'numbers',
      [{ e164: '+14155550100', state: 'sold' }],
      [
        [
          '/0/state',
          'must be one of aging, available, deleted, discovery, in_service, port_in, port_out, released, reserved'
        ]
      ]
    ],
    [
      'numbers',
      [{ e164: '+14155550100', state: 'available', carrier: 'other' }],
      [['/0/carrier', 'must be one of external, local']]
    ],
    ['numbers', [{ e164: '+14155550100', state: 'available', created: -1 }], [['/0/created', 'must be at least 0']]],
    ['rate-centers', [{ npa: '415', nxx: '233', rate_center: null, state: null, lata: null }], []],
    [
      'rate-centers',
      [{ npa: '41', nxx: 233, rate_center: 'X', state: 'CAL', lata: '7' }],
      [
        ['/0/lata', 'must be three digits, such as 415'],
        ['/0/npa', 'must be three digits, such as 415'],
        ['/0/nxx', 'must be a string'],
        ['/0/state', 'must have at most 2 characters']
      ]
    ],
    ['toll-free', [5], [['/0', 'must be an object with npa, nxx, rate_center, state, lata']]],
    ['documented-numbers', [{ e164: '+14155550100' }], []],
    ['documented-numbers', [{}], [['/0', 'must have the field e164']]],
    ['charges', [{ prefix: '1415', category: 'a', item: 'b', rate: 0, activation_charge: 1.5 }], []],
    [
      'charges',
      [{ prefix: '+1415', category: 'a', item: 'b', rate: -1, activation_charge: 1 }],
      [
        ['/0/prefix', 'must be digits only, such as 1415'],
        ['/0/rate', 'must be at least 0']
      ]
    ]
  ]
  for (const [file, content, findings] of cases) {
    const expected: Finding[] = findings.map(([at, message]) => ({ at, message }))
    t.same(
      (await checkFixtureFile(file, content)).findings,
      expected,
      `${file}: ${JSON.stringify(content).slice(0, 80)}`
    )
  }
})

t.test('Accounts form a tree, and no account, token or number is there twice', async (t) => {
  const account = (id: string, parent: string | null) => ({ ...ACCOUNT, id, parent }) as unknown as Account
  const number = (e164: string): NumberFixture => ({ e164, state: 'available' })
  const parent = 'must be the id of another account that is not below this one'
  const cases: [
    title: string,
    accounts: Account[],
    numbers: NumberFixture[],
    faults: [at: string, message: string][]
  ][] = [
    ['a tree', [account('a', null), account('b', 'a'), account('c', 'b')], [], []],
    [
      'an id twice',
      [account('a', null), account('a', null)],
      [],
      [['accounts.json/1/id', 'another account has this id']]
    ],
    ['a stranger above', [account('a', 'x')], [], [['accounts.json/0/parent', parent]]],
    ['its own parent', [account('a', 'a')], [], [['accounts.json/0/parent', parent]]],
    [
      'a ring, and one that hangs on it',
      [account('a', 'b'), account('b', 'a'), account('c', 'a')],
      [],
      [
        ['accounts.json/0/parent', parent],
        ['accounts.json/1/parent', parent]
      ]
    ],
    [
      'a number three times',
      [],
      [number('+14155550100'), number('+14155550101'), number('+14155550100'), number('+14155550100')],
      [
        ['numbers.json/2/e164', 'another row has this number'],
        ['numbers.json/3/e164', 'another row has this number']
      ]
    ],
    ['a number of no plan', [], [number('+0123456789')], [['numbers.json/0/e164', 'no numbering plan knows it']]]
  ]
  for (const [title, accounts, numbers, faults] of cases) {
    const found = [
      ...accountFindings(Part.of(accounts, [])).map(({ at, message }) => [`accounts.json${at}`, message]),
      ...checkNumbers(numbers).map(({ at, message }) => [`numbers.json${at}`, message])
    ]
    t.same(found, faults, title)
  }
})

t.test('A large fixture file is checked in one pass', async (t) => {
  const numbers = Array.from({ length: 100_000 }, (_, i): NumberFixture => ({
    e164: `+1${4_150_000_000 + i}`,
    state: 'aging'
  }))
  t.same(checkNumbers(numbers), [])
  const folder = t.testdir({ 'numbers.json': JSON.stringify(numbers.map(({ e164 }) => ({ number: e164 }))) })
  const { faults } = await faultsOf(t, loadFixtures(folder))
  t.equal(faults.length, 1_000, 'even if every row is wrong')
})

t.test('Every fault of every fixture file is reported with its place', async (t) => {
  const folder = t.testdir({
    'accounts.json': JSON.stringify([{ ...ACCOUNT, admin: 'no' }]),
    'numbers.json': '[',
    'toll-free.json': '{}',
    'streets.json': JSON.stringify({ streets: [{ ...STREET, low: 100 }] })
  })
  const { faults, message } = await faultsOf(t, loadFixtures(folder))
  t.same(
    faults.map(({ file, at }) => [file, at]),
    [
      [join(folder, 'accounts.json'), '/0/admin'],
      [join(folder, 'numbers.json'), ''],
      [join(folder, 'toll-free.json'), ''],
      [join(folder, 'streets.json'), '/streets/0/high']
    ]
  )
  t.match(message, /accounts\.json \/0\/admin: must be true or false\n.*numbers\.json: line 1, column 2: /)
})

t.test('A fault in the form of a fixture hides no other, in its file or in another', async (t) => {
  const number = { e164: '+0123456789', state: 'available' }
  const folder = t.testdir({
    'accounts.json': JSON.stringify({ accounts: [ACCOUNT, { ...ACCOUNT, admin: 'no' }, 7] }),
    'numbers.json': JSON.stringify([number, { ...number, state: 'sold' }])
  })
  const { faults } = await faultsOf(t, loadFixtures(folder))
  t.same(
    faults.map(({ file, at }) => [file, at]),
    [
      [join(folder, 'accounts.json'), '/accounts/1/admin'],
      [join(folder, 'accounts.json'), '/accounts/1/id'],
      [join(folder, 'accounts.json'), '/accounts/2'],
      [join(folder, 'numbers.json'), '/0/e164'],
      [join(folder, 'numbers.json'), '/1/e164'],
      [join(folder, 'numbers.json'), '/1/state']
    ]
  )
  t.match((await faultsOf(t, loadFixtures(t.testdir({ 'streets.json': 'no JSON' })))).faults, [
    { at: '', message: /^line \d+, column \d+: / }
  ])
  t.match((await faultsOf(t, loadFixtures(join(folder, 'none')))).faults, [{ message: 'there is no such folder' }])
})
