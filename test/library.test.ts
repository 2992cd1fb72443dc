import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import t from 'tap'
import {
  adminClient,
  AdminError,
  createEmulator,
  gates,
  type AdminClient,
  type Emulator,
  type EmulatorOptions,
  type GateOptions
} from '../src/library.js'
import { DEMO } from './harness/emulator-under-test.js'

const NUMBER = '+14155550142'
const SEARCH = '/v2/phone_numbers?prefix=415&quantity=2'
const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const headers = { 'x-auth-token': 'demo-token' }

/** A client of one sandbox, and a way to make requests there. */
interface World {
  admin: AdminClient
  api: (path: string, method?: 'GET' | 'PUT' | 'DELETE') => Promise<number>
}

function worldOf(emulator: Emulator, admin: AdminClient): World {
  return {
    admin,
    api: async (path, method = 'GET') => {
      const { status } = await emulator.inject({ method, url: admin.basePath + path, headers })
      return status
    }
  }
}

const owned = { e164: NUMBER, state: 'in_service', owner: DEMO } as const

/** What a test does with the admin API, and what comes of it: the same from within the process and from without. */
const VERBS: readonly (readonly [sentence: string, act: (world: World) => Promise<unknown>, expected: unknown])[] = [
  [
    'I see the accounts that my tests can act as',
    async ({ admin }) => (await admin.accounts()).find(({ id }) => id === DEMO),
    { name: 'demo', token: 'demo-token' }
  ],
  ['I put a number there and my client reads it', putAndRead, [owned, 200]],
  [
    'A reset takes my numbers away',
    async (world) => {
      await putAndRead(world)
      await world.admin.reset()
      return readNumber(world)
    },
    404
  ],
  [
    'A reset to nothing leaves no number to be found',
    async ({ admin }) => {
      await admin.reset({ to: 'empty' })
      return admin.state.get()
    },
    { numbers: [] }
  ],
  [
    'A reset of the faults leaves the numbers',
    async (world) => {
      await putAndRead(world)
      await world.admin.faults.add({ operation: 'search', outcome: 'too_many_requests' })
      await world.admin.reset({ only: ['faults', 'clock'] })
      return [await readNumber(world), await world.api(SEARCH)]
    },
    [200, 200]
  ],
  [
    'I take a state away and put it back',
    async (world) => {
      await putAndRead(world)
      const state = await world.admin.state.get()
      await world.admin.reset()
      return [await world.admin.state.put(state), await readNumber(world)]
    },
    [{ status: 'replaced' }, 200]
  ],
  [
    'I keep a snapshot and go back to it',
    async (world) => {
      const { snapshots } = world.admin
      await putAndRead(world)
      const saved = await snapshots.save('owned')
      const document = await snapshots.download('owned')
      await world.admin.reset()
      const restored = await snapshots.restore('owned')
      const status = await readNumber(world)
      await snapshots.upload('copy', document)
      const listed = await snapshots.list()
      return [saved, restored, status, listed, await snapshots.drop('copy')]
    },
    [
      { saved: 'owned' },
      { restored: 'owned' },
      200,
      { snapshots: [{ name: String }, { name: String }] },
      { dropped: 'copy' }
    ]
  ],
  [
    'My client meets the faults that I ask for until I take them away',
    async ({ admin, api }) => {
      const { id } = await admin.faults.add({ operation: 'search', outcome: 'too_many_requests' })
      const faulty = [await api(SEARCH), (await admin.faults.list()).length]
      await admin.faults.remove(id)
      const repaired = await api(SEARCH)
      await admin.faults.add({ operation: 'search', outcome: 'datastore_unreachable' })
      await admin.faults.clear()
      return [...faulty, repaired, await admin.faults.list()]
    },
    [429, 1, 200, []]
  ],
  [
    'The faults that I ask for at once take the place of those before, all of them or none',
    async ({ admin: { faults } }) => {
      await faults.add({ operation: 'search', status: 500 })
      const wrong = await refusal(faults.replace([{ status: 503 }, { status: 418 }]))
      const before = await faults.list()
      return [wrong, before, await faults.replace([{ status: 503 }, { operation: 'buy', outcome: 'carrier_fault' }])]
    },
    [{ status: 400, at: '/faults/1/status' }, [{ operation: 'search' }], [{ status: 503 }, { operation: 'buy' }]]
  ],
  [
    'The clock is mine',
    async ({ admin: { clock } }) => [
      await clock.freeze('2030-01-01T00:00:00Z'),
      await clock.advance(86_400),
      await clock.set('2031-01-01T00:00:00Z'),
      await clock.run(2),
      await clock.run(),
      await clock.freeze(),
      await clock.get()
    ],
    [
      { now: '2030-01-01T00:00:00.000Z', gregorian_seconds: Number, rate: 0 },
      { now: '2030-01-02T00:00:00.000Z' },
      { now: '2031-01-01T00:00:00.000Z', rate: 0 },
      { rate: 2 },
      { rate: 1 },
      { rate: 0 },
      { now: /^2031-01-01T/, rate: 0 }
    ]
  ],
  [
    'I see what my client has sent',
    async ({ admin: { requests }, api }) => {
      await api(SEARCH)
      await api(NUMBERS)
      const search = { operation: 'search', urlPath: '/v2/phone_numbers' } as const
      const seen = [
        await requests.count(),
        await requests.count(search),
        await requests.find(search),
        (await requests.find()).length,
        (await requests.list()).length,
        await requests.wait(search),
        (await requests.wait()).length,
        await requests.verify(search, { exactly: 1 })
      ]
      await requests.clear()
      return [...seen, await requests.list()]
    },
    [2, 1, [{ method: 'GET' }], 2, 2, [{ request: { method: 'GET' } }], 2, { status: 'verified', count: 1 }, []]
  ],
  [
    'I look at one request, forget it, and see the last ones only',
    async ({ admin: { requests }, api }) => {
      await api(SEARCH)
      await api(NUMBERS)
      const [last] = await requests.list({ limit: 1, since: '2020-01-01' })
      const seen = await requests.get(String(last?.id))
      const removed = await requests.remove(String(last?.id))
      return [seen, removed, await refusal(requests.get(String(last?.id))), (await requests.list()).length]
    },
    [{ operation: 'list', request: { url: NUMBERS } }, { removed: '2' }, { status: 404 }, 1]
  ],
  [
    'I hear of what happens until I leave',
    async ({ admin, api }) => {
      const events = await admin.events()
      await admin.faults.add({ operation: 'search', status: 503 })
      await api(SEARCH)
      await api(NUMBERS)
      await admin.reset()
      const heard: string[] = []
      for await (const { type, data } of events) {
        heard.push('name' in data ? data.name : type)
        if (type === 'reset') break
      }
      return heard
    },
    ['status 503', 'request', 'request', 'reset']
  ],
  [
    'What I hear ends when the sandbox does',
    async ({ admin, api }) => {
      const events = await admin.events()
      await api(SEARCH)
      await admin.drop()
      const heard: string[] = []
      for await (const { type } of events) heard.push(type)
      return heard
    },
    ['request']
  ],
  [
    'A request that comes while I wait for it ends the wait',
    async ({ admin: { requests }, api }) => {
      const waiting = requests.wait({ operation: 'search' }, { timeout_ms: 10_000 })
      await api(SEARCH)
      return (await waiting).length
    },
    1
  ],
  [
    'I am told when the request that I wait for does not come',
    ({ admin }) => refusal(admin.requests.wait({ operation: 'search' }, { count: 2, timeout_ms: 0 })),
    { status: 408, at: '', message: /waited up to 0 ms for 2 requests like .* but was 0; no request has come$/ }
  ],
  [
    'I am told what was expected and what was there',
    ({ admin }) => refusal(admin.requests.verify({ operation: 'search' }, { at_least: 1 })),
    { status: 406, at: '', message: /1/ }
  ],
  [
    'I hold what takes time, and let it happen',
    async ({ admin: { timing } }) => [
      await timing.put({ e911: 'held' }),
      await timing.get(),
      await timing.release(),
      await timing.release(undefined, 'aging'),
      await refusal(timing.release(NUMBER)),
      await refusal(timing.release(NUMBER, 'e911'))
    ],
    [{ e911: 'held' }, { e911: 'held' }, { released: [] }, { released: [] }, { status: 404 }, { status: 404 }]
  ],
  [
    'I see what my client has covered of the document',
    async ({ admin, api }) => {
      const seen = [await api(SEARCH), await admin.contract()]
      await admin.clearContract()
      return [...seen, await admin.contract()]
    },
    [200, { summary: { requests: 1 } }, { summary: { requests: 0 } }]
  ],
  [
    'The emulator says that it is well, and what its admin can do',
    async ({ admin }) => {
      await admin.ready()
      return [await admin.health(), await admin.openapi()]
    },
    [{ status: 'healthy' }, { openapi: '3.1.0', paths: Object }]
  ],
  ['I see which inputs are magic', ({ admin }) => admin.magic(), { numbers: Array, addresses: Array }],
  ['I see which outcomes I can ask for', ({ admin }) => admin.outcomes(), { operations: Array }],
  [
    'A sandbox that I drop is new when I use it again',
    async (world) => {
      await putAndRead(world)
      await world.admin.drop()
      return readNumber(world)
    },
    404
  ],
  [
    'A mistake of mine is refused with its place',
    async ({ admin }) => [
      await refusal(admin.faults.add({ operation: 'serach' as never, outcome: 'success' })),
      await refusal(admin.clock.set('tomorrow')),
      await refusal(admin.numbers.put([{ ...owned, state: 'sold' as never }])),
      await refusal(admin.snapshots.restore('none')),
      await refusal(admin.sandbox('not a name').accounts())
    ],
    [
      { status: 400, at: '/operation' },
      { status: 400, at: '/now', message: /\/now: "tomorrow" must be a time such as 2024-01-31T12:00:00Z$/ },
      { status: 400, at: /^\/0/ },
      { status: 404, at: '' },
      { status: 400 }
    ]
  ]
]

async function putAndRead(world: World): Promise<unknown[]> {
  const [put] = await world.admin.numbers.put([owned])
  return [put, await readNumber(world)]
}

function readNumber({ api }: World): Promise<number> {
  return api(`${NUMBERS}/${encodeURIComponent(NUMBER)}`)
}

/** The AdminError that a call ends in. */
async function refusal(call: Promise<unknown>): Promise<AdminError> {
  const error: unknown = await call.catch((reason: unknown) => reason)
  if (error instanceof AdminError) return error
  throw new Error('the call was not refused')
}

t.test('Every verb does the same within the process and over the network', async (t) => {
  await using emulator = await createEmulator({ adminToken: 'admin-token' })
  const remote = adminClient(emulator.url, 'admin-token')
  for (const [how, client] of [
    ['library', emulator],
    ['remote', remote]
  ] as const) {
    for (const [i, [sentence, act, expected]] of VERBS.entries()) {
      const world = worldOf(emulator, client.sandbox(`${how}-${i}`))
      t.match(await act(world), expected, `${sentence} (${how})`)
    }
  }
})

t.test('A sandbox is isolated from the others', async (t) => {
  await using emulator = await createEmulator()
  const [mine, other] = ['mine', 'other'].map((name) => worldOf(emulator, emulator.sandbox(name)))
  if (mine === undefined || other === undefined) return
  await putAndRead(mine)
  t.equal(await readNumber(other), 404)
  t.equal(await readNumber(worldOf(emulator, emulator)), 404)
  t.match(await refusal(emulator.drop()), { status: 400, message: /the default sandbox stays/ })
})

t.test('I see which sandboxes there are, and what the clients of all of them did', async (t) => {
  await using emulator = await createEmulator()
  for (const admin of [emulator, adminClient(emulator.url)]) {
    t.match(await admin.sandboxes.make('mine'), { name: 'mine', base_path: '/sandboxes/mine' })
    t.match(await admin.sandboxes.list(), [{ name: 'default', base_path: '' }, { name: 'mine' }])
    await worldOf(emulator, admin.sandbox('mine')).api(SEARCH)
    t.match(await admin.sandboxes.drop('mine'), { dropped: 'mine' })
    t.match(await refusal(admin.sandboxes.drop('mine')), { status: 404 })
    t.match(await admin.contract({ sandboxes: 'all' }), { summary: { requests: 1 } }, 'those that are gone included')
    await admin.clearContract({ sandboxes: 'all' })
    t.match(await admin.contract({ sandboxes: 'all' }), { summary: { requests: 0 } })
  }
})

t.test('A crowd of listeners is sent away, and makes room when it leaves', async (t) => {
  await using emulator = await createEmulator()
  for (const admin of [emulator.sandbox('within'), adminClient(emulator.url).sandbox('without')]) {
    const crowd = await Promise.all(Array.from({ length: 100 }, () => admin.events()))
    t.match(await refusal(admin.events()), { status: 429, message: /at most 100/ })
    await admin.reset()
    for (const events of crowd) for await (const { type } of events) if (type === 'reset') break
    let room = false
    while (!room) room = await admin.events().then(Boolean, () => false)
  }
})

t.test('Several emulators at once know nothing of each other', async (t) => {
  await using one = await createEmulator({ clock: Date.parse('2030-01-01') })
  await using other = await createEmulator({ agingSeconds: 60, logger: pino({ level: 'silent' }) })
  t.not(one.url, other.url)
  await one.numbers.put([owned])
  t.equal(await readNumber(worldOf(other, other)), 404)
  t.match(await one.clock.get(), { now: '2030-01-01T00:00:00.000Z', rate: 0 })
  t.match(await other.timing.get(), { aging: { after_seconds: 60 } })
})

t.test('My client finds the emulator at its URL until I close it', async (t) => {
  const emulator = await createEmulator()
  t.match(emulator.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  t.equal((await fetch(emulator.url + SEARCH)).status, 200)
  t.equal(await adminClient(emulator.url).requests.count(), 1)
  await emulator.close()
  await t.rejects(fetch(emulator.url + SEARCH))
})

t.test('An IPv6 host is in brackets in the URL', async (t) => {
  await using emulator = await createEmulator({ host: '::1' })
  t.match(emulator.url, /^http:\/\/\[::1\]:\d+$/)
})

t.test('A admin API with a port of its own still answers the library', async (t) => {
  await using emulator = await createEmulator({ adminPort: 0 })
  t.equal((await fetch(`${emulator.url}/__admin/accounts`)).status, 404)
  t.ok((await emulator.accounts()).length > 0)
})

t.test('Without its token the admin API stays shut', async (t) => {
  await using emulator = await createEmulator({ adminToken: 'admin-token' })
  t.match(await refusal(adminClient(emulator.url).accounts()), { name: 'AdminError', status: 401 })
  const message = /; adminClient takes it as its second argument, useEmulator from ONEUC_EMULATOR_ADMIN_TOKEN$/
  t.match(await refusal(adminClient(emulator.url, 'wrong').accounts()), { status: 401, message })
})

t.test('I make requests without a network', async (t) => {
  await using emulator = await createEmulator()
  t.match(await emulator.inject({ url: SEARCH }), {
    status: 200,
    headers: { 'content-type': /json/ },
    text: /"status":"success"/
  })
  const body = { data: { numbers: [NUMBER] } }
  const url = `${NUMBERS}/collection/activate`
  t.match(JSON.parse((await emulator.inject({ method: 'PUT', url, headers, body })).text), { status: String })
  t.match(await emulator.requests.find({ urlPath: url }), [
    { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  ])
})

t.test('An interceptor lets the emulator answer for any host', async (t) => {
  await using emulator = await createEmulator()
  const found = await emulator.fetch(`https://api.example.com${SEARCH}`)
  t.equal(found.status, 200)
  t.match(await found.json(), { status: 'success' })
  const asked = await emulator.fetch(new Request(`https://api.example.com${NUMBERS}`, { headers }))
  t.equal(asked.status, 200)
  const bought = await emulator.fetch(`${NUMBERS}/${encodeURIComponent(NUMBER)}/activate`, {
    method: 'PUT',
    headers,
    body: '{"data":{}}'
  })
  t.match(await bought.json(), { status: String })
  const probed = await emulator.fetch(SEARCH, { method: 'HEAD' })
  t.equal(await probed.text(), '')
  t.equal(await emulator.requests.count({ method: 'PUT' }), 1)
})

t.test('My tests end with the gates of exec in one line', async (t) => {
  const folder = t.testdir()
  const report = join(folder, 'report.json')
  const emulator = await createEmulator({ failOnWarning: true, reportJson: report })
  await fetch(emulator.url + SEARCH)
  t.match(await emulator.gate({ minCoverage: 7 }), /1 of 14 documented outcomes seen/)
  t.match(JSON.parse(readFileSync(report, 'utf8')), { sandbox: null, summary: { requests: 1 } })
  await t.rejects(emulator.gate({ minCoverage: 8 }), { name: 'GateError', failures: [/7 % of .* 8 % are wanted/] })
  await fetch(`${emulator.url}/sandboxes/other/v2/phone_numbers?prefix=41`)
  await t.rejects(emulator.gate(), { message: /contract warnings: prefix_form/ }, 'in whatever sandbox')
  await t.resolves(emulator.gate({ failOnWarning: false }))
  await fetch(`${emulator.url}/v2/phone_nubmers`)
  const atEnd = gates(emulator, { failOnWarning: false, failOnUnmatched: true })
  await t.rejects(atEnd, { message: /gate failed: 1 requests met no route/ })
  await t.rejects(fetch(emulator.url + SEARCH), 'and it is closed')
  await t.resolves(gates(await createEmulator()), 'without gates nothing fails')
})

const MISTAKES: readonly [sentence: string, options: Record<string, unknown>, message: RegExp][] = [
  ['My option is misspelt', { minCoverge: 50 }, /^minCoverge is not an option; did you mean "minCoverage"\?$/],
  ['My threshold is none', { minCoverage: 101 }, /^minCoverage: 101 is not a whole number from 0 to 100$/],
  ['My flag is a word', { failOnWarning: 'maybe' }, /^failOnWarning: "maybe" is not true or false$/],
  ['My report has no place', { reportJunit: '/no/such/folder/report.xml' }, /^reportJunit: cannot write/]
]

const UNSET: Record<string, unknown> = { minCoverage: undefined }

for (const [sentence, options, message] of MISTAKES) {
  t.test(`${sentence}: I am told before the run, and at its end`, async (t) => {
    await t.rejects(createEmulator(options as EmulatorOptions), { name: 'UsageError', message })
    await using emulator = await createEmulator(UNSET)
    await t.rejects(emulator.gate(options as GateOptions), { name: 'UsageError', message })
  })
}
