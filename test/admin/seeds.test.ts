import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { run } from '../../src/cli/run.js'
import { FixtureError } from '../../src/state/fixtures.js'
import { isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import { packageRoot } from '../../src/package.js'
import { schemaFindings } from '../../src/findings/schema-findings.js'
import type { Settings } from '../../src/settings.js'
import { publishedSchemas } from '../../src/state/json-schemas.js'
import { DEMO, emulatorFor } from '../harness/emulator-under-test.js'
import { account } from './state-under-test.js'

const SEED = {
  clock: { rate: 0, now: '2024-01-31T12:00:00.000Z' },
  numbers: [{ e164: '+12125550100', state: 'reserved', owner: DEMO }],
  offers: [
    { first: '4155550000', last: '4155550009' },
    { first: '5005550503', last: '5005550503' }
  ],
  searches: [{ query: 'q', numbers: [{ number: '+14155550000', state: 'discovery' }] }],
  tokens: [{ token: 'seeded-token', account: DEMO, expires: 99_000_000_000 }],
  attempts: [{ e164: '+15005550503', tries: 1 }],
  faults: [{ operation: 'list', status: 503, times: 1 }],
  timing: { aging: { after_seconds: 60 } }
}

const { numbers: _, ...WITHOUT_NUMBERS } = SEED

const NUMBERS_IN_YAML = `
# Whatever begins with a plus is a number of the plan, quoted or not.
$schema: ./node_modules/oneuc-emulator/fixtures/schema/state.schema.json
numbers:
  - e164: +12125550100
    state: aging
  - { e164: "+12125550101", state: deleted }
`

function isObjectList(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** The states of the numbers that a sandbox has, by number. */
async function statesIn(t: Test, flags: Partial<Settings>, place = ''): Promise<Record<string, JsonValue | undefined>> {
  const { call } = await emulatorFor(t, flags)
  const { body } = await call({ method: 'GET', url: `${place}/__admin/state` })
  return Object.fromEntries(
    isObjectList(body.numbers).map(({ e164, state }) => [typeof e164 === 'string' ? e164 : '', state])
  )
}

/** The faults of fixtures that cannot be used, a line each. */
async function faultsOf(t: Test, flags: Partial<Settings>): Promise<string[]> {
  try {
    await emulatorFor(t, flags)
    return []
  } catch (error) {
    return error instanceof FixtureError ? error.message.split('\n') : [String(error)]
  }
}

t.test('a seed lies over the fixtures of every sandbox', async (t) => {
  for (const place of ['', '/sandboxes/any']) {
    const { call } = await emulatorFor(t, { seedJson: JSON.stringify(SEED) })
    const state = async () => (await call({ method: 'GET', url: `${place}/__admin/state` })).body
    const first = await state()
    t.match(first, { ...WITHOUT_NUMBERS, faults: [{ id: '1', name: 'status 503', hits: 0 }] })
    t.equal(isObjectList(first.numbers).length, 4, 'the fixtures are still there')

    const list = { method: 'GET', url: `${place}/v2/accounts/${DEMO}/phone_numbers`, token: 'seeded-token' } as const
    t.match(await call(list), { status: 503 }, 'the fault happens')
    t.match(await call(list), { status: 200 }, 'once')
    const buy = (number: string) =>
      call({ ...list, method: 'PUT', url: `${list.url}/${number}/activate`, body: { data: {} } })
    t.match(await buy('%2B14155550003'), { status: 201 }, 'an offer of the seed can be bought')
    t.match(await buy('%2B15005550503'), { status: 503 }, 'tried once before, it fails once more')
    t.match(await buy('%2B15005550503'), { status: 201 }, 'and is bought then')
    t.match(await call({ method: 'GET', url: `${place}/v2/phone_numbers?prefix=4155550&quantity=20` }), { status: 200 })
    t.match((await state()).offers, [{ first: '4155550000' }], 'offers join those of the seed')

    await call({ method: 'POST', url: `${place}/__admin/reset` })
    t.same(await state(), first, 'a reset leads back to the seed')
    await call({ method: 'POST', url: `${place}/__admin/reset?to=empty` })
    t.match(
      await state(),
      { numbers: [], offers: [], tokens: [], attempts: [], faults: [], timing: {} },
      'or to nothing'
    )
    await call({ method: 'POST', url: `${place}/__admin/reset?only=faults,clock` })
    t.match(await state(), { clock: SEED.clock, faults: [{ id: '1' }], numbers: [] }, 'or in part')
  }
})

t.test('seeds come in JSON and in YAML, from a folder, a file and a text, the later over the earlier', async (t) => {
  const folder = t.testdir({
    init: {
      'b.yml': 'numbers: [{ e164: +12125550100, state: port_in }, { e164: +12125550102, state: released }]\n',
      'a.yaml': NUMBERS_IN_YAML,
      'readme.txt': 'not a seed'
    },
    'seed.json': JSON.stringify({ numbers: [{ e164: '+12125550102', state: 'in_service', owner: DEMO }] })
  })
  const states = await statesIn(t, {
    seedDir: join(folder, 'init'),
    seedFile: join(folder, 'seed.json'),
    seedJson: '{"numbers":[{"e164":"+12125550103","state":"available"}]}'
  })
  t.match(states, {
    '+12125550100': 'port_in',
    '+12125550101': 'deleted',
    '+12125550102': 'in_service',
    '+12125550103': 'available',
    '+14155234712': 'in_service'
  })
})

t.test('accounts of a seed join those of the fixtures, and may be below them', async (t) => {
  const folder = t.testdir({
    'a.json': JSON.stringify({ accounts: [{ ...account('a', null), parent: DEMO }] }),
    'b.json': JSON.stringify({ accounts: [account('b', 'a')] })
  })
  const { call } = await emulatorFor(t, { seedDir: folder })
  const { body } = await call({ method: 'GET', url: '/__admin/accounts' })
  t.equal(isObjectList(body.accounts).length, 8)
  const read = await call({
    method: 'GET',
    url: `/v2/accounts/${'b'.repeat(32)}/phone_numbers`,
    token: 'demo-token'
  })
  t.match(read, { status: 200 })
})

t.test('what a sandbox exports is a seed, and --clock outweighs the one in it', async (t) => {
  const { call } = await emulatorFor(t, { seedJson: JSON.stringify(SEED) })
  const text = (await call({ method: 'GET', url: '/__admin/state' })).text
  const seeded = await emulatorFor(t, { seedJson: text })
  t.equal((await seeded.call({ method: 'GET', url: '/__admin/state' })).text, text)
  const frozen = await emulatorFor(t, { seedJson: text, clock: 0 })
  t.match((await frozen.call({ method: 'GET', url: '/__admin/state' })).body, {
    clock: { now: '1970-01-01T00:00:00.000Z' }
  })
})

t.test('a seed that is wrong is refused with every fault of every document', async (t) => {
  const folder = t.testdir({
    init: {
      'a.json': '{"numbers":[{"e164":"415","state":"sold"}]}',
      'b.yaml': 'numbers: [\nfaults: {a: 1, a: 2}\n',
      'c.yaml': 'a: &a [1]\nb: !!strange 2\n',
      'd.json': '{"accounts":[{"id":"x"}]}'
    }
  })
  const init = join(folder, 'init')
  const faults = await faultsOf(t, { seedDir: init, seedFile: join(folder, 'none.json'), seedJson: '{' })
  const expected = [
    /a\.json \/numbers\/0\/e164: must be a number in E\.164 with a plus sign, such as \+14155550142/,
    /a\.json \/numbers\/0\/state: must be one of aging, available, /,
    /b\.yaml: .* line \d/,
    /c\.yaml: Unresolved tag/,
    /d\.json \/accounts\/0: must have the field/,
    /none\.json: cannot be read: ENOENT/,
    /--seed-json: line 1, column \d+: /
  ]
  for (const pattern of expected)
    t.ok(
      faults.some((fault) => pattern.test(fault)),
      String(pattern)
    )
  t.match(await faultsOf(t, { seedDir: join(folder, 'nowhere') }), [/nowhere: there is no such folder/])
  const bomb = `a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n`
  const explosive = t.testdir({ 'bomb.yaml': bomb })
  t.match(await faultsOf(t, { seedFile: join(explosive, 'bomb.yaml') }), [/Excessive alias count/])
})

t.test(
  'a fault in the form of a seed hides no other, and an account of it may be the parent of a later one',
  async (t) => {
    const own = account('a')
    const init = t.testdir({
      '1.json': JSON.stringify({ accounts: [{ ...own, admin: 'no' }, 7], faults: [{ operation: 'bye', status: 500 }] }),
      '2.json': JSON.stringify({ accounts: [{ ...account('b'), parent: own.id }], lunch: 1 }),
      '3.json': '{"accounts": 7}',
      '4.json': '[]'
    })
    const lines = await faultsOf(t, { seedDir: init })
    t.strictSame(
      lines.map((line) => line.replace(`${init}/`, '').replace(/:.*/, '')),
      [
        '1.json /accounts/0/admin',
        '1.json /accounts/1',
        '1.json /faults/0/operation',
        '2.json /lunch',
        '3.json /accounts',
        '4.json'
      ]
    )
  }
)

t.test('the program ends with 2 and says where a seed is wrong', async (t) => {
  const said = t.capture(process.stderr, 'write')
  t.equal(await run([], { ONEUC_EMULATOR_SEED_JSON: '{"numbers":[{"e164":"+12125550100"}]}' }), 2)
  t.match(said.args().flat().join(''), /--seed-json \/numbers\/0: must have the field state/)
})

t.test('fixtures may be JSON or YAML, a list or an object that names its schema', async (t) => {
  const number = { e164: '+12125550100', state: 'in_service', owner: DEMO }
  const forms: Readonly<Record<string, Record<string, string>>> = {
    'a list': { 'numbers.json': JSON.stringify([number]) },
    'an object': { 'numbers.json': JSON.stringify({ $schema: './schema/numbers.schema.json', numbers: [number] }) },
    'a list in YAML': { 'numbers.yaml': '- { e164: +12125550100, state: in_service }\n' },
    'an object in YAML': { 'numbers.yml': 'numbers:\n- { e164: "+12125550100", state: in_service }\n' }
  }
  for (const [name, files] of Object.entries(forms)) {
    t.same(await statesIn(t, { fixtures: t.testdir(files) }), { '+12125550100': 'in_service' }, name)
  }
})

t.test('fixtures that are wrong are refused with every fault of every file', async (t) => {
  const cases: Readonly<Record<string, [files: Record<string, string>, faults: RegExp[]]>> = {
    'wrong rows': [
      { 'numbers.json': '{"numbers":[{"e164":"+12125550100","state":"sold","x":1}]}', 'accounts.yaml': 'a: 1' },
      [
        /accounts\.yaml: must have the field accounts/,
        /accounts\.yaml \/a: is no field/,
        /numbers\.json \/numbers\/0\/x: is no field here/,
        /numbers\.json \/numbers\/0\/state: must be one of /
      ]
    ],
    'rows that do not go together': [
      { 'numbers.yaml': 'numbers: [{ e164: +1212555010, state: aging }]' },
      [/numbers\.yaml \/numbers\/0\/e164: no numbering plan/]
    ],
    'accounts that are their own parents': [
      { 'accounts.json': JSON.stringify([account('a', 'b'), account('b', 'a'), account('c', 'a')]) },
      [/accounts\.json \/0\/parent: must be the id of another/, /accounts\.json \/1\/parent/]
    ],
    'one file in two forms': [{ 'numbers.json': '[]', 'numbers.yaml': '[]' }, [/numbers\.yaml: stands beside .*json/]],
    'no document': [{ 'numbers.yaml': '[' }, [/numbers\.yaml: /]],
    'wrong streets': [{ 'streets.yaml': 'streets: 1' }, [/streets\.yaml \/streets: must be an array/]],
    'unreadable streets': [{ 'streets.json': '{' }, [/streets\.json: line 1, column \d+: /]]
  }
  for (const [name, [files, expected]] of Object.entries(cases)) {
    const faults = await faultsOf(t, { fixtures: t.testdir(files) })
    for (const pattern of expected)
      t.ok(
        faults.some((fault) => pattern.test(fault)),
        `${name}: ${String(pattern)}`
      )
  }
  t.match(await faultsOf(t, { fixtures: join(t.testdirName, 'nowhere') }), [/no such folder/])
  const free = [{ category: 'phone_numbers', item: 'number', rate: 0, activation_charge: 0 }]
  const charges = join(t.testdir({ 'c.yaml': JSON.stringify(free) }), 'c.yaml')
  t.same(await faultsOf(t, { charges }), [])
  t.match(await faultsOf(t, { charges: join(t.testdir({ 'c.json': '[{}]' }), 'c.json') }), [/c\.json \/0: must have/])
})

t.test('the published schemas are those that documents are checked with', async (t) => {
  const root = join(packageRoot(), 'fixtures')
  const schemas = publishedSchemas()
  t.same(readdirSync(join(root, 'schema')), [...schemas.keys()].sort(), 'npm run schemas has been run')
  for (const [file, text] of schemas) t.equal(readFileSync(join(root, 'schema', file), 'utf8'), text, file)
  for (const file of readdirSync(root).filter((name) => schemas.has(name.replace('.json', '.schema.json')))) {
    const schema = JSON.parse(schemas.get(file.replace('.json', '.schema.json')) ?? '') as Parameters<
      typeof schemaFindings
    >[0]
    t.same(schemaFindings(schema, JSON.parse(readFileSync(join(root, file), 'utf8'))), [], file)
  }
})
