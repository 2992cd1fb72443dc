/** The settings that a sandbox has of its own, and the reset of one account. */
import t from 'tap'
import type { JsonObject, JsonValue } from '../../src/json.js'
import { createEmulator } from '../../src/library.js'
import { DEMO, emulatorFor, type Call } from '../harness/emulator-under-test.js'
import { ADDRESS, adminFor, at, inSandbox, NUMBERS } from './admin-under-test.js'

const OTHER = 'a'.repeat(32)

const PROCESS: JsonObject = {
  auth: 'documented',
  accounts: 'auto',
  e911: 'streets',
  contract: 'warn',
  max_page_size: null,
  random_seed: null,
  rate_limit: false
}

interface Effect {
  title: string
  settings: JsonObject
  request: Call
  /** The status with the settings, and that of a sandbox without them. */
  status: number
  otherwise: number
}

const stranger: Call = { method: 'GET', url: `/v2/accounts/${OTHER}/phone_numbers`, token: 'unknown' }

const EFFECTS: readonly Effect[] = [
  { title: 'wants known tokens', settings: { auth: 'strict' }, request: stranger, status: 401, otherwise: 200 },
  {
    title: 'wants no token',
    settings: { auth: 'off' },
    request: { method: 'GET', url: NUMBERS },
    status: 200,
    otherwise: 401
  },
  { title: 'knows only its accounts', settings: { accounts: 'known' }, request: stranger, status: 404, otherwise: 200 },
  {
    title: 'takes any address',
    settings: { e911: 'permissive' },
    request: {
      method: 'POST',
      url: `${NUMBERS}/%2B14155234712`,
      token: 'demo-token',
      body: { data: { e911: { ...ADDRESS, street_address: '12 NOWHERE ST' } } }
    },
    status: 200,
    otherwise: 400
  },
  {
    title: 'refuses what differs from the document',
    settings: { contract: 'strict' },
    request: { method: 'GET', url: '/v2/phone_numbers?prefix=415&nonsense=1' },
    status: 400,
    otherwise: 200
  }
]

t.test('A sandbox has settings of its own, and its neighbour those of the process', async (t) => {
  const subject = await emulatorFor(t)
  for (const [i, { title, settings, request, status, otherwise }] of EFFECTS.entries()) {
    const own = { ...request, url: `/sandboxes/own-${i}${request.url}` }
    const made = await subject.call({ method: 'POST', url: `/__admin/sandboxes/own-${i}`, body: settings })
    t.equal(made.status, 201)
    t.equal((await subject.call(own)).status, status, `it ${title}`)
    const plain = { ...request, url: `/sandboxes/plain-${i}${request.url}` }
    t.equal((await subject.call(plain)).status, otherwise, 'the neighbour does not')
    t.equal((await subject.call({ method: 'POST', url: `/sandboxes/own-${i}/__admin/reset` })).status, 200)
    t.equal((await subject.call(own)).status, status, `it ${title} after a reset`)
    const back = Object.fromEntries(Object.keys(settings).map((name) => [name, null]))
    const { body } = await subject.call({ method: 'PATCH', url: `/__admin/sandboxes/own-${i}`, body: back })
    t.strictSame([body.settings, body.own], [PROCESS, []], 'null makes it that of the process')
  }
})

t.test('A page of the list is never larger than the process or the sandbox allows', async (t) => {
  const { admin, api } = await adminFor(t, { maxPageSize: 2 })
  const sizeOf = async (query: string) => (await api('GET', `${NUMBERS}${query}`)).body.page_size
  t.strictSame([await sizeOf(''), await sizeOf('?page_size=3'), await sizeOf('?page_size=1')], [2, 2, 1])
  await admin('PATCH', '/sandboxes/default', { max_page_size: 3 })
  t.strictSame([await sizeOf(''), await sizeOf('?page_size=9')], [3, 3])
})

t.test('A limit counts the requests of one operation and one account by the clock of the sandbox', async (t) => {
  const { admin, api, call } = await adminFor(t, { clock: 0 })
  const limits = [
    { operation: 'list', per_minute: 2 },
    { operation: 'read', per_minute: 1 }
  ]
  const { body } = await admin('PATCH', '/sandboxes/default', { rate_limit: limits })
  t.strictSame(at(body, 'settings', 'rate_limit'), limits)
  const list = async () => (await api('GET', NUMBERS)).status
  t.strictSame([await list(), await list(), await list()], [200, 200, 429])
  const refused = await api('GET', NUMBERS)
  t.equal(refused.headers['retry-after'], '30')
  t.equal((await call(stranger)).status, 200, 'another account has requests left')
  t.equal((await api('GET', `${NUMBERS}/%2B14155234712`)).status, 200, 'another operation has a limit of its own')
  t.equal((await api('GET', '/v2/phone_numbers?prefix=415')).status, 200, 'a third one has none')
  t.equal((await api('GET', '/v2/nowhere')).status, 404, 'nor has a path without an operation')
  await admin('POST', '/clock/advance', { seconds: 30 })
  t.strictSame([await list(), await list()], [200, 429])
  await admin('PATCH', '/sandboxes/default', { rate_limit: { operation: 'list', per_minute: 1 } })
  t.strictSame([await list(), await list()], [200, 429], 'a new limit begins anew')
  await admin('PATCH', '/sandboxes/default', { rate_limit: false })
  t.strictSame([await list(), await list()], [200, 200])
})

t.test(
  'A sandbox that is made with a seed has the ids of the seed, and one that gets it later has them after a reset',
  async (t) => {
    const { admin, api } = await adminFor(t)
    const idOf = async (name: string) => (await api('GET', `/sandboxes/${name}${NUMBERS}`)).body.request_id
    await admin('POST', '/sandboxes/one', { random_seed: 7 })
    const first = await idOf('one')
    t.not(await idOf('two'), first)
    const { body } = await admin('PATCH', '/sandboxes/two', { random_seed: 7 })
    t.strictSame(body.after_reset, ['random_seed'])
    t.not(await idOf('two'), first, 'ids go on')
    await api('POST', '/sandboxes/two/__admin/reset')
    t.equal(await idOf('two'), first)
    t.strictSame((await admin('GET', '/sandboxes/two')).body.after_reset, [])
  }
)

const WRONG: readonly [title: string, body: JsonValue, at: string, message: RegExp][] = [
  ['an unknown choice', { auth: 'strikt' }, '/auth', /documented, strict, off/],
  ['a misspelt setting', { acounts: 'known' }, '/acounts', /did you mean "accounts"/],
  ['the dialect', { dialect: 'kazoo-4.3' }, '/dialect', /the same for all sandboxes/],
  ['a page without numbers', { max_page_size: 0 }, '/max_page_size', /at least 1/],
  ['a seed in words', { random_seed: 'seven' }, '/random_seed', /whole number/],
  ['a limit for no operation', { rate_limit: { per_minute: 1 } }, '/rate_limit', /operation/],
  [
    'a limit for an unknown operation',
    { rate_limit: { operation: 'serch', per_minute: 1 } },
    '/rate_limit/operation',
    /did you mean "search"/
  ],
  [
    'two limits for one operation',
    {
      rate_limit: [
        { operation: 'buy', per_minute: 1 },
        { operation: 'buy', per_minute: 2 }
      ]
    },
    '/rate_limit/1/operation',
    /must not stand twice/
  ],
  ['a limit of none', { rate_limit: [{ operation: 'buy', per_minute: 0 }] }, '/rate_limit/0/per_minute', /at least 1/],
  [
    'too many limits',
    { rate_limit: Array.from({ length: 101 }, () => ({ operation: 'buy', per_minute: 1 })) },
    '/rate_limit',
    /100 items/
  ],
  ['a list', [], '', /object/]
]

t.test('Wrong settings are refused with a pointer, and change nothing', async (t) => {
  const { admin } = await adminFor(t)
  for (const [title, body, pointer, message] of WRONG) {
    for (const [method, name] of [
      ['POST', 'new'],
      ['POST', 'default'],
      ['PATCH', 'default']
    ] as const) {
      const given = Array.isArray(body) ? body : { e911: 'permissive', ...(body as JsonObject) }
      const reply = await admin(method, `/sandboxes/${name}`, given)
      t.match([reply.status, reply.body.at, reply.body.message], [400, pointer, message], `${method} ${name}: ${title}`)
    }
  }
  t.equal((await admin('GET', '/sandboxes/new')).status, 404, 'no sandbox was made')
  t.strictSame((await admin('GET', '/sandboxes/default')).body.own, [])
  await admin('POST', '/sandboxes/worker-1')
  const { status, body } = await admin('PATCH', '/sandboxes/worker-2', { auth: 'off' })
  t.match([status, body.message], [404, /did you mean "worker-1"/])
})

t.test('A state document and a snapshot carry the settings, and a document without them leaves them', async (t) => {
  const { admin } = await adminFor(t)
  const own = async () => (await admin('GET', '/sandboxes/default')).body.own
  await admin('PATCH', '/sandboxes/default', { auth: 'off', rate_limit: { operation: 'buy', per_minute: 5 } })
  const { body: document } = await admin('GET', '/state')
  t.strictSame(document.settings, { auth: 'off', rate_limit: [{ operation: 'buy', per_minute: 5 }] })
  await admin('PUT', '/snapshots/strict')
  await admin('PATCH', '/sandboxes/default', { auth: null, rate_limit: null, e911: 'permissive' })
  await admin('PUT', '/state', { version: 1 })
  t.strictSame(await own(), ['e911'])
  await admin('POST', '/snapshots/strict')
  t.strictSame(await own(), ['auth', 'rate_limit'])
  await admin('PUT', '/state', { settings: {} })
  t.strictSame(await own(), [])
  await admin('PUT', '/state', document)
  t.strictSame((await admin('GET', '/state')).body, document)
  const wrong = await admin('PUT', '/state', { settings: { rate_limit: { operation: 'serch', per_minute: 1 } } })
  t.match([wrong.status, wrong.body.at], [400, '/settings/rate_limit/operation'])
})

t.test('Every sandbox begins with the settings of a seed', async (t) => {
  const { admin } = await adminFor(t, { seedJson: '{"settings":{"auth":"off"}}' })
  await admin('POST', '/sandboxes/one', { e911: 'permissive' })
  t.strictSame((await admin('GET', '/sandboxes/one')).body.own, ['auth', 'e911'])
})

/** Draws whole numbers below a limit, the same ones on every run. */
function drawer(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * limit)
  }
}

const VALUES: Readonly<Record<string, readonly JsonValue[]>> = {
  auth: ['documented', 'strict', 'off', null],
  accounts: ['auto', 'known', null],
  e911: ['streets', 'permissive', null],
  contract: ['warn', 'strict', 'off', null],
  max_page_size: [1, 50, null],
  random_seed: [0, 7, null],
  rate_limit: [true, false, [], [{ operation: 'buy', per_minute: 1 }], null]
}

t.test('Whatever is made, changed, reset and dropped, each sandbox has the settings that it was given', async (t) => {
  const subject = await emulatorFor(t)
  const { admin } = inSandbox(subject, '')
  const draw = drawer(20)
  const names = ['default', 'one', 'two', 'three']
  const model = new Map<string, JsonObject>([['default', {}]])
  for (let step = 0; step < 300; step++) {
    const name = String(names[draw(names.length)])
    const change = Object.fromEntries(
      Object.entries(VALUES).flatMap(([key, values]) => (draw(3) === 0 ? [[key, values[draw(values.length)]]] : []))
    ) as JsonObject
    const own = model.get(name)
    const apply = () => {
      const merged = Object.entries({ ...own, ...change }).filter(([, value]) => value !== null)
      model.set(name, Object.fromEntries(merged))
    }
    const action = draw(4)
    if (action === 0) {
      t.equal((await admin('POST', `/sandboxes/${name}`, change)).status, own === undefined ? 201 : 200)
      apply()
    } else if (action === 1) {
      t.equal((await admin('PATCH', `/sandboxes/${name}`, change)).status, own === undefined ? 404 : 200)
      if (own !== undefined) apply()
    } else if (action === 2 && own !== undefined) {
      t.equal((await inSandbox(subject, name === 'default' ? '' : name).admin('POST', '/reset')).status, 200)
    } else if (action === 3) {
      const isThere = name !== 'default' && own !== undefined
      const { status } = await admin('DELETE', `/sandboxes/${name}`)
      t.equal(status, isThere ? 200 : name === 'default' ? 400 : 404)
      if (isThere) model.delete(name)
    }
    for (const one of names) {
      const { status, body } = await admin('GET', `/sandboxes/${one}`)
      const expected = model.get(one)
      if (expected === undefined) t.equal(status, 404)
      else
        t.strictSame(
          [body.settings, Object.keys(expected).sort()],
          [{ ...PROCESS, ...expected }, [...(body.own as string[])].sort()]
        )
    }
  }
})

t.test('The library has the same calls', async (t) => {
  const emulator = await createEmulator({ maxPageSize: 5 })
  t.teardown(() => emulator.close())
  const made = await emulator.sandboxes.make('mine', { auth: 'off' })
  t.match(made, { name: 'mine', base_path: '/sandboxes/mine', own: ['auth'], settings: { max_page_size: 5 } })
  t.strictSame((await emulator.sandboxes.configure('mine', { auth: null, contract: 'strict' })).own, ['contract'])
  t.equal((await emulator.sandboxes.get('mine')).settings.contract, 'strict')
  await emulator.sandbox('mine').reset({ account: DEMO })
  await t.rejects(emulator.sandboxes.get('mien'), { status: 404, message: /did you mean "mine"/ })
})
