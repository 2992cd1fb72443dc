import { DEMO } from '../harness/emulator-under-test.js'
import { adminErrorOf } from '../harness/admin-error.js'
import { NUMBER, NUMBERS, SEARCH, owned, putAndRead, readNumber, type World } from './world.js'

/** What a test does with the admin API, and what comes of it: the same from within the process and from without. */
export const VERBS: readonly (readonly [
  sentence: string,
  act: (world: World) => Promise<unknown>,
  expected: unknown
])[] = [
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
      const wrong = await adminErrorOf(faults.replace([{ status: 503 }, { status: 418 }]))
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
      return [seen, removed, await adminErrorOf(requests.get(String(last?.id))), (await requests.list()).length]
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
    ({ admin }) => adminErrorOf(admin.requests.wait({ operation: 'search' }, { count: 2, timeout_ms: 0 })),
    { status: 408, at: '', message: /waited up to 0 ms for 2 requests like .* but was 0; no request has come$/ }
  ],
  [
    'I am told what was expected and what was there',
    ({ admin }) => adminErrorOf(admin.requests.verify({ operation: 'search' }, { at_least: 1 })),
    { status: 406, at: '', message: /1/ }
  ],
  [
    'I hold what takes time, and let it happen',
    async ({ admin: { timing } }) => [
      await timing.put({ e911: 'held' }),
      await timing.get(),
      await timing.release(),
      await timing.release(undefined, 'aging'),
      await adminErrorOf(timing.release(NUMBER)),
      await adminErrorOf(timing.release(NUMBER, 'e911'))
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
      await adminErrorOf(admin.faults.add({ operation: 'serach' as never, outcome: 'success' })),
      await adminErrorOf(admin.clock.set('tomorrow')),
      await adminErrorOf(admin.numbers.put([{ ...owned, state: 'sold' as never }])),
      await adminErrorOf(admin.snapshots.restore('none')),
      await adminErrorOf(admin.sandbox('not a name').accounts())
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
