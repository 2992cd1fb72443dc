import fc from 'fast-check'
import t from 'tap'
import { isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import { STATES } from '../../src/numbering/number-state.js'
import { type Call, DEMO, emulatorFor, type Subject } from '../harness/emulator-under-test.js'

const TOKEN = 'demo-token'
const FIXTURE_NUMBER = '+14155234712'

/** Where a sandbox is called: the default one, and one by its path. */
const PLACES = { 'the default sandbox': '', 'a named sandbox': '/sandboxes/mine' } as const

function listOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

async function exported({ call }: Subject, place = ''): Promise<string> {
  return (await call({ method: 'GET', url: `${place}/__admin/state` })).text
}

function rows(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, i) => ({
    e164: `+1212555${String(i).padStart(4, '0')}`,
    state: 'in_service',
    owner: DEMO
  }))
}

/** Something of everything that a sandbox can hold. */
async function live({ call }: Subject, place: string): Promise<void> {
  const within = `${place}/v2/accounts/${DEMO}/phone_numbers`
  const calls: Call[] = [
    { method: 'GET', url: `${place}/v2/phone_numbers?prefix=415&quantity=3` },
    { method: 'PUT', url: `${within}/%2B14152338397/activate`, body: { data: {} } },
    { method: 'PUT', url: `${within}/%2B15005550503/activate`, body: { data: {} } },
    { method: 'DELETE', url: `${within}/%2B14155558920` },
    {
      method: 'POST',
      url: `${within}/%2B14155558921`,
      body: { data: { my_own_field: { a: [1, { b: null }], 'ü/~': '"' } } }
    },
    {
      method: 'PUT',
      url: `${place}/v2/api_auth`,
      body: { data: { api_key: 'dcf7f815251380ea4471b80c04442529641cd721548133a4bc24e3ff1a4d7598' } }
    },
    { method: 'POST', url: `${place}/__admin/faults`, body: { operation: 'list', status: 503, times: 2 } },
    { method: 'GET', url: within },
    { method: 'PUT', url: `${place}/__admin/clock`, body: { now: '2031-01-01T00:00:00Z', rate: 60 } }
  ]
  for (const one of calls) await call({ ...one, token: TOKEN })
}

t.test('everything that a sandbox holds can be taken away and put back', async (t) => {
  for (const [where, place] of Object.entries(PLACES)) {
    await t.test(`what is imported is exported as the same text, in ${where}`, async (t) => {
      const subject = await emulatorFor(t)
      await live(subject, place)
      const before = await exported(subject, place)
      const state = JSON.parse(before) as JsonObject
      for (const part of ['accounts', 'numbers', 'offers', 'tokens', 'attempts', 'faults']) {
        t.not(listOf(state[part]).length, 0, `the journey left ${part}`)
      }
      for (const target of [place, '/sandboxes/other']) {
        const put = await subject.call({ method: 'PUT', url: `${target}/__admin/state`, body: before })
        t.match(put, { status: 200, body: { status: 'replaced' } })
        t.equal(await exported(subject, target), before)
      }
    })
  }

  await t.test('numbers stand in ascending order, each with every field', async (t) => {
    const subject = await emulatorFor(t)
    await live(subject, '')
    const numbers = listOf((JSON.parse(await exported(subject)) as JsonObject).numbers)
    const written = numbers.map(({ e164 }) => (typeof e164 === 'string' ? e164 : ''))
    t.same(written, [...written].sort())
    for (const number of numbers) {
      const keys = 'e164 state owner carrier document features used_by history created modified pending'
      t.equal(Object.keys(number).join(' '), keys)
    }
  })

  await t.test('an import replaces all that was there, the fixtures too', async (t) => {
    const subject = await emulatorFor(t)
    await live(subject, '')
    await subject.call({ method: 'PUT', url: '/__admin/state', body: { numbers: rows(1) } })
    const state = JSON.parse(await exported(subject)) as JsonObject
    t.match(state, {
      numbers: [{ e164: '+12125550000' }],
      offers: [],
      searches: [],
      tokens: [],
      attempts: [],
      faults: []
    })
    t.equal(listOf(state.numbers).length, 1)
    t.equal(listOf(state.accounts).length, 6, 'left out, the accounts are those of the fixtures')
  })

  await t.test('fault rules are completed, and keep their ids and counts', async (t) => {
    const subject = await emulatorFor(t)
    const faults = [
      { delay_ms: 1, number: '4155550001' },
      { id: '9', name: 'mine', truncate_bytes: 2, hits: 3 },
      { truncate_bytes: 2 },
      { operation: 'buy', outcome: 'carrier_fault' }
    ]
    await subject.call({ method: 'PUT', url: '/__admin/state', body: { faults } })
    t.match((JSON.parse(await exported(subject)) as JsonObject).faults, [
      { id: '10', name: 'delayed', number: '+14155550001', hits: 0 },
      { id: '9', name: 'mine', hits: 3 },
      { id: '11', name: 'truncated' },
      { id: '12', name: 'carrier_fault' }
    ])
  })

  await t.test('a reset leads back from an import to the fixtures', async (t) => {
    const subject = await emulatorFor(t, { clock: Date.parse('2024-01-31T12:00:00Z') })
    const before = await exported(subject)
    await subject.call({ method: 'PUT', url: '/__admin/state', body: { accounts: [], numbers: rows(3) } })
    t.match(JSON.parse(await exported(subject)), { accounts: [], clock: { now: '2024-01-31T12:00:00.000Z' } })
    await subject.call({ method: 'POST', url: '/__admin/reset' })
    t.equal(await exported(subject), before)
  })

  await t.test('ten thousand numbers go in at once, and out again', async (t) => {
    const subject = await emulatorFor(t)
    const put = await subject.call({ method: 'PUT', url: '/__admin/state', body: { numbers: rows(10_000) } })
    t.equal(put.status, 200)
    t.equal(listOf((JSON.parse(await exported(subject)) as JsonObject).numbers).length, 10_000)
    const list = await subject.call({
      method: 'GET',
      url: `/v2/accounts/${DEMO}/phone_numbers?paginate=false`,
      token: TOKEN
    })
    t.match(list, { status: 200 })
  })

  await t.test('the reference dialect cuts later pages from what an imported search had found', async (t) => {
    const subject = await emulatorFor(t, { dialect: 'kazoo-4.3' })
    const url = (place: string, offset: number) => `${place}/v2/phone_numbers?prefix=415&quantity=4&offset=${offset}`
    await subject.call({ method: 'GET', url: url('', 0), token: TOKEN })
    const state = await exported(subject)
    await subject.call({ method: 'PUT', url: '/sandboxes/other/__admin/state', body: state })
    const [here, there] = [
      await subject.call({ method: 'GET', url: url('', 2), token: TOKEN }),
      await subject.call({ method: 'GET', url: url('/sandboxes/other', 2), token: TOKEN })
    ]
    t.equal(listOf(here.body.data).length, 2)
    t.same(there.body.data, here.body.data)
    t.equal(await exported(subject, '/sandboxes/other'), state)
  })
})

t.test('a clock comes back as it was', async (t) => {
  const cases: Readonly<Record<string, [clock: JsonObject, shown: JsonObject]>> = {
    'one that stands still': [
      { rate: 0, now: '2024-02-29T00:00:00.000Z' },
      { rate: 0, now: '2024-02-29T00:00:00.000Z' }
    ],
    'one that runs an hour ahead': [
      { rate: 1, offset_ms: 3_600_000 },
      { rate: 1, offset_ms: 3_600_000 }
    ],
    'the real time': [{ rate: 1 }, { rate: 1, offset_ms: 0 }],
    'one that runs fast since a moment': [
      { rate: 60, now: '2024-01-01T00:00:00.000Z', since: '2026-01-01T00:00:00.000Z' },
      { rate: 60, now: '2024-01-01T00:00:00.000Z', since: '2026-01-01T00:00:00.000Z' }
    ]
  }
  const subject = await emulatorFor(t)
  for (const [name, [clock, shown]] of Object.entries(cases)) {
    await subject.call({ method: 'PUT', url: '/__admin/state', body: { clock } })
    t.same((JSON.parse(await exported(subject)) as JsonObject).clock, shown, name)
  }
  const put = {
    method: 'PUT',
    url: '/__admin/state',
    body: { clock: { rate: 2, now: '2024-01-01T00:00:00Z' } }
  } as const
  await subject.call(put)
  const { now, rate } = (await subject.call({ method: 'GET', url: '/__admin/clock' })).body
  t.equal(rate, 2)
  t.match(now, /^2024-01-01T00:0/, 'a moment without since is shown from the import on')
})

/** What is sent, and where and how it is refused. */
type Refusal = [body: unknown, at: string, message: RegExp]

const WRONG_NUMBERS: Readonly<Record<string, Refusal>> = {
  'a state that is none': [[{ e164: FIXTURE_NUMBER, state: 'sold' }], '/0/state', /allowed values aging available/],
  'a field that is none': [[{ e164: FIXTURE_NUMBER, state: 'aging', 'col/our': 1 }], '/0/col~1our', /is no field/],
  'a number that is none': [[{ e164: '415', state: 'aging' }], '/0/e164', /pattern/],
  'a number of no plan': [[{ e164: '+1415523471', state: 'aging' }], '/0/e164', /no numbering plan/],
  'a number twice': [[...rows(1), ...rows(1)], '/1/e164', /another row/],
  'an owner that is a number': [[{ e164: FIXTURE_NUMBER, state: 'aging', owner: 7 }], '/0/owner', /string/],
  'a time that is a text': [
    [{ e164: FIXTURE_NUMBER, state: 'aging', pending: { aging: { due: 'soon' } } }],
    '/0/pending/aging/due',
    /integer/
  ]
}

const WRONG_STATES: Readonly<Record<string, Refusal>> = {
  ...Object.fromEntries(
    Object.entries(WRONG_NUMBERS).map(([name, [numbers, at, message]]): [string, Refusal] => [
      name,
      [{ numbers }, `/numbers${at}`, message]
    ])
  ),
  'no document': [undefined, '', /must be object/],
  null: ['null', '', /must be object/],
  'a list': [[], '', /must be object/],
  'no JSON': ['{"numbers"', '', /the body cannot be read/],
  'a part that is none': [{ nubmers: [] }, '/nubmers', /is no field/],
  'another version': [{ version: 2 }, '/version', /constant 1/],
  'a run that ends before it begins': [
    { offers: [{ first: '4155550002', last: '4155550001' }] },
    '/offers/0/last',
    /not be less than first, 4155550002/
  ],
  'a token twice': [
    { tokens: [1, 2].map((expires) => ({ token: 'x', account: DEMO, expires })) },
    '/tokens/1/token',
    /twice: x/
  ],
  'a search twice': [{ searches: [1, 2].map(() => ({ query: 'q', numbers: [] })) }, '/searches/1/query', /twice: q/],
  'an attempt twice': [
    { attempts: [1, 2].map((tries) => ({ e164: '+15005550503', tries })) },
    '/attempts/1/e164',
    /twice/
  ],
  'a parent that does not exist': [
    { accounts: [{ ...account('a'), parent: 'f'.repeat(32) }] },
    '/accounts/0/parent',
    /another account/
  ],
  'a fault rule of no operation': [
    { faults: [{ operation: 'bye', status: 500 }] },
    '/faults/0/operation',
    /mean "buy"/
  ],
  'an outcome of no operation': [{ faults: [{ outcome: 'success' }] }, '/faults/0/operation', /which operation/],
  'an outcome that is none': [
    { faults: [{ operation: 'buy', outcome: 'carrier_falt' }] },
    '/faults/0/outcome',
    /mean "carrier_fault"/
  ],
  'a status that no fault has': [{ faults: [{ status: 418 }] }, '/faults/0/status', /one of 400/],
  'a fault rule about no number': [{ faults: [{ status: 500, number: 'x' }] }, '/faults/0/number', /any plan/],
  'a fault rule without effect': [{ faults: [{ times: 1 }] }, '/faults/0', /does nothing/],
  'a rule twice': [{ faults: [1, 2].map(() => ({ id: '7', status: 500 })) }, '/faults/1/id', /twice: 7/],
  'a clock that shows no time': [{ clock: { rate: 0, now: 'noon' } }, '/clock/now', /such as 2024/],
  'a clock since no time': [
    { clock: { rate: 2, now: '2024-01-01T00:00:00Z', since: 'noon' } },
    '/clock/since',
    /such as/
  ],
  'a clock that stands still at no time': [{ clock: { rate: 0 } }, '/clock/now', /unless the rate is 1/],
  'a clock since a time but at none': [{ clock: { rate: 1, since: '2024-01-01T00:00:00Z' } }, '/clock/since', /beside/],
  'a clock both at a time and ahead': [
    { clock: { rate: 1, now: '2024-01-01T00:00:00Z', offset_ms: 1 } },
    '/clock/offset_ms',
    /not stand beside now/
  ],
  'a clock that is ahead and stands still': [
    { clock: { rate: 0, offset_ms: 1 } },
    '/clock/now',
    /must be there unless the rate is 1/
  ]
}

function account(letter: string): JsonObject {
  return {
    id: letter.repeat(32),
    name: letter,
    realm: '',
    parent: null,
    admin: false,
    additions: true,
    api_key: letter.repeat(64),
    user: letter,
    password: letter,
    token: `${letter}-token`
  }
}

t.test(
  'a wrong document is refused with the place and what would have been right, and nothing has changed',
  async (t) => {
    const calls: readonly [Pick<Call, 'method' | 'url'>, Readonly<Record<string, Refusal>>][] = [
      [{ method: 'PUT', url: '/__admin/state' }, WRONG_STATES],
      [
        { method: 'PUT', url: '/__admin/snapshots/wrong' },
        { ...WRONG_STATES, 'no document': [[], '', /must be object/] }
      ],
      [{ method: 'POST', url: '/__admin/numbers' }, WRONG_NUMBERS]
    ]
    for (const [where, place] of Object.entries(PLACES)) {
      const subject = await emulatorFor(t, { clock: 0 })
      await subject.call({ method: 'POST', url: `${place}/__admin/numbers`, body: rows(2) })
      const before = await exported(subject, place)
      for (const [{ method, url }, refusals] of calls) {
        for (const [name, [body, at, message]] of Object.entries(refusals)) {
          const answer = await subject.call({ method, url: place + url, body })
          t.match(
            answer,
            { status: 400, body: { error: 'invalid', at, message } },
            `${method} ${url}, ${where}: ${name}`
          )
        }
      }
      t.equal(await exported(subject, place), before)
      t.match((await subject.call({ method: 'GET', url: `${place}/__admin/snapshots` })).body, { snapshots: [] })
    }
  }
)

t.test('a document that is too large is refused before it is read', async (t) => {
  const { call } = await emulatorFor(t)
  for (const [method, url] of [
    ['PUT', '/__admin/state'],
    ['POST', '/__admin/numbers'],
    ['PUT', '/__admin/snapshots/large']
  ] as const) {
    const answer = await call({ method, url, body: '{}', headers: { 'content-length': '256000001' } })
    t.match(answer, { status: 413, body: { error: 'invalid' } }, url)
  }
})

t.test('numbers can be put there as they are', async (t) => {
  for (const [where, place] of Object.entries(PLACES)) {
    await t.test(`in each of the nine states, in ${where}`, async (t) => {
      const { call } = await emulatorFor(t)
      const numbers = STATES.map((state, i) => ({ e164: `+1212555010${i}`, state, owner: DEMO, used_by: 'me' }))
      const put = await call({ method: 'POST', url: `${place}/__admin/numbers`, body: numbers })
      t.match(put, { status: 201, body: { numbers } })
      for (const { e164, state } of numbers) {
        const read = await call({
          method: 'GET',
          url: `${place}/v2/accounts/${DEMO}/phone_numbers/${encodeURIComponent(e164)}`,
          token: TOKEN
        })
        t.match(read.body, { data: { id: e164, state } }, state)
      }
    })
  }

  await t.test('one by itself, in the place of the one that was there', async (t) => {
    const { call } = await emulatorFor(t)
    const number = {
      e164: FIXTURE_NUMBER,
      state: 'port_out',
      owner: DEMO,
      history: [DEMO],
      pending: { aging: { due: 70_000_000_000 } }
    }
    t.match(await call({ method: 'POST', url: '/__admin/numbers', body: number }), {
      status: 201,
      body: { numbers: [{ ...number, carrier: 'external', features: [], used_by: null }] }
    })
    const wrong = await call({ method: 'POST', url: '/__admin/numbers', body: { e164: '+1415523471', state: 'aging' } })
    t.match(wrong, { status: 400, body: { at: '/e164' } })
  })

  await t.test('those that are available are found by the next search', async (t) => {
    const { call } = await emulatorFor(t)
    const free = { e164: '+14152330007', state: 'available' }
    await call({ method: 'POST', url: '/__admin/numbers', body: free })
    const found = await call({ method: 'GET', url: '/v2/phone_numbers?prefix=4152330007&quantity=1' })
    t.match(found.body, { data: [{ e164: free.e164 }] })
  })

  await t.test('a number that is due settles with the next request', async (t) => {
    const { call } = await emulatorFor(t)
    await call({
      method: 'POST',
      url: '/__admin/numbers',
      body: { e164: FIXTURE_NUMBER, state: 'aging', pending: { aging: { due: 1 } } }
    })
    const check = await call({ method: 'GET', url: '/v2/phone_numbers?prefix=4155234712&quantity=1' })
    t.match(check.body, { data: [{ e164: FIXTURE_NUMBER }] })
  })
})

/** What a journey does, in the sandbox at a place. */
const step = fc.record({
  what: fc.constantFrom('search', 'buy', 'reserve', 'release', 'write', 'read', 'list', 'retry', 'put'),
  line: fc.integer({ min: 0, max: 5 })
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

function callOf({ what, line }: Step, place: string): Call {
  const within = `${place}/v2/accounts/${DEMO}/phone_numbers`
  const one = `${within}/%2B1415233000${line}`
  const calls: Readonly<Record<Step['what'], Call>> = {
    search: { method: 'GET', url: `${place}/v2/phone_numbers?prefix=415233&quantity=${line + 1}&offset=${line % 2}` },
    buy: { method: 'PUT', url: `${one}/activate`, body: { data: {} } },
    reserve: { method: 'PUT', url: `${one}/reserve`, body: { data: {} } },
    release: { method: 'DELETE', url: one },
    write: { method: 'POST', url: one, body: { data: { cnam: { display_name: `line ${line}` } } } },
    read: { method: 'GET', url: one },
    list: { method: 'GET', url: within },
    retry: { method: 'PUT', url: `${within}/%2B15005550503/activate`, body: { data: {} } },
    put: {
      method: 'POST',
      url: `${place}/__admin/numbers`,
      body: { e164: `+1415233000${line}`, state: STATES[line], owner: DEMO, carrier: 'local' }
    }
  }
  return { ...calls[what], token: TOKEN }
}

t.test('after any journey, an export behaves in another sandbox as the original does', async (t) => {
  const subject = await emulatorFor(t, { clock: Date.parse('2026-01-01T00:00:00Z'), agingSeconds: 60 })
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.array(step, { maxLength: 8 }), async (before, after) => {
      run++
      const [here, there] = [`/sandboxes/here-${run}`, `/sandboxes/there-${run}`]
      for (const one of before) await subject.call(callOf(one, here))
      const state = await exported(subject, here)
      await subject.call({ method: 'PUT', url: `${there}/__admin/state`, body: state })
      if ((await exported(subject, there)) !== state) return false
      for (const one of after) {
        const [original, copy] = [await subject.call(callOf(one, here)), await subject.call(callOf(one, there))]
        t.same([copy.status, copy.body.data], [original.status, original.body.data])
      }
      return (await exported(subject, there)) === (await exported(subject, here))
    }),
    { numRuns: 60, seed: 4 }
  )
})
