import fc from 'fast-check'
import t from 'tap'
import { isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import { STATES } from '../../src/numbering/number-state.js'
import { type Call, DEMO, emulatorFor, type Subject } from '../harness/emulator-under-test.js'
import { PLACES, exported, rows, TOKEN } from './state-under-test.js'

function listOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
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
    { method: 'PUT', url: `${place}/__admin/timing`, body: { aging: 'held', e911: { after_reads: 2 } } },
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
      faults: [],
      timing: {}
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

  await t.test('a document tells how long changes take, and a reset forgets it again', async (t) => {
    const subject = await emulatorFor(t, { agingSeconds: 60 })
    const timing = async () => (await subject.call({ method: 'GET', url: '/__admin/timing' })).body
    const put = (state: JsonObject) => subject.call({ method: 'PUT', url: '/__admin/state', body: state })
    const usual = { e911: 'immediate', port_in: 'held', aging: { after_seconds: 60 } }
    t.strictSame((JSON.parse(await exported(subject)) as JsonObject).timing, {}, 'the flags of the process are no part')
    await subject.call({ method: 'PUT', url: '/__admin/timing', body: { aging: 'held' } })
    const before = await exported(subject)
    await put({ timing: { port_in: 'immediate', e911: { after_seconds: 5 } } })
    t.strictSame(await timing(), { ...usual, e911: { after_seconds: 5 }, port_in: 'immediate' })
    await subject.call({ method: 'POST', url: '/__admin/reset' })
    t.strictSame(await timing(), usual)
    await put(JSON.parse(before) as JsonObject)
    t.strictSame(await timing(), { ...usual, aging: 'held' })
    await put({})
    t.strictSame(await timing(), usual, 'left out, all of them take as long as the process says')
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
