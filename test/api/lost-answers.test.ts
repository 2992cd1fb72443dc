import fc from 'fast-check'
import t from 'tap'
import type { JsonObject } from '../../src/json.js'
import type { NewFaultRule } from '../../src/sandbox/fault-rule.js'
import { bought, buy, buyAll, FIRST, list, read, search, SECOND, TOKEN, pathOf } from '../harness/calls.js'
import { emulatorFor, type Call, type Reply, type Subject } from '../harness/emulator-under-test.js'
import { lastOf } from './last-entry.js'

/** Sends a call; undefined where the answer is lost. */
async function attempt({ call }: Subject, sent: Call): Promise<Reply | undefined> {
  return call(sent).catch(() => undefined)
}

const CHANGES = [{ e164: FIRST, from: null, to: 'in_service' }]

interface LostAnswer {
  title: string
  rule: NewFaultRule
  /** Undefined where the client sees no answer. */
  status?: number
  answered: string | null
  headers?: Record<string, string>
  text?: RegExp
}

const LOST: readonly LostAnswer[] = [
  { title: 'a reset', rule: { fault: 'CONNECTION_RESET_BY_PEER' }, answered: null },
  { title: 'a closed connection', rule: { fault: 'EMPTY_RESPONSE' }, answered: null },
  { title: 'a broken chunk', rule: { fault: 'MALFORMED_RESPONSE_CHUNK' }, answered: null },
  { title: 'noise', rule: { fault: 'RANDOM_DATA_THEN_CLOSE' }, answered: null },
  { title: 'half an answer', rule: { truncate_bytes: 3 }, answered: null },
  {
    title: 'a status',
    rule: { status: 503 },
    status: 503,
    answered: 'datastore_unreachable',
    headers: { 'retry-after': '1', 'x-emulator-fault': 'status 503' },
    text: /"status":"error"/
  },
  {
    title: 'an outcome',
    rule: { outcome: 'carrier_fault' },
    status: 500,
    answered: 'carrier_fault',
    text: /fault by carrier/
  },
  {
    title: 'a late answer',
    rule: { delay_ms: { min: 0, max: 1 } },
    status: 201,
    answered: 'success',
    text: /in_service/
  },
  {
    title: 'the page of a load balancer',
    rule: { status: 502, body: '<h1>Bad Gateway</h1>', headers: { 'Content-Type': 'text/html', 'Retry-After': '7' } },
    status: 502,
    answered: null,
    headers: { 'content-type': 'text/html', 'retry-after': '7' },
    text: /^<h1>Bad Gateway<\/h1>$/
  }
]

t.test('A fault "after" carries the purchase out, and the client gets', async (t) => {
  const subject = await emulatorFor(t, { randomSeed: 1 })
  for (const { title, rule, status, answered, headers = {}, text = /^/ } of LOST) {
    await t.test(title, async (t) => {
      subject.reset()
      await subject.call(search('415'))
      const body = { ...rule, operation: 'buy', phase: 'after', times: 1 }
      t.equal((await subject.call({ method: 'POST', url: '/__admin/faults', body })).status, 201)
      const {
        statusCode,
        headers: got,
        payload
      } = await subject.app
        .inject({ method: 'PUT', url: `${pathOf(FIRST)}/activate`, headers: { 'x-auth-token': TOKEN } })
        .catch(() => ({ statusCode: undefined, headers: {}, payload: '' }))
      t.equal(statusCode, status)
      t.match(got, headers)
      t.match(payload, text)
      t.match(await lastOf(subject), { outcome: 'success', fault_phase: 'after', changes: CHANGES })
      t.equal((await lastOf(subject)).answered, answered)
      t.equal(subject.find(FIRST)?.state, 'in_service')
      t.match(subject.sandbox.faults.rules, [{ hits: 1 }])
    })
  }
  await t.test('what the operation refuses is lost as well', async (t) => {
    subject.reset()
    subject.sandbox.faults.add({ name: 'x', operation: 'buy', phase: 'after', status: 504 })
    t.match(await subject.call(buy(FIRST)), { status: 504, headers: { 'retry-after': undefined } })
    t.match(await lastOf(subject), { outcome: 'missing_provider_url', answered: 'gateway_timeout', changes: [] })
  })
})

t.test('A status that the operation cannot answer has no outcome, and an answer is lost with it', async (t) => {
  const subject = await emulatorFor(t)
  subject.sandbox.faults.add({ name: 'x', operation: 'list', phase: 'after', status: 402 })
  t.match(await subject.call(list()), { status: 402 })
  t.match(await lastOf(subject), { outcome: 'success', answered: null })
})

t.test('A late answer comes after the purchase, and is lost where the client does not wait for it', async (t) => {
  const subject = await emulatorFor(t)
  const url = `http://127.0.0.1:${await subject.listen()}`
  const { events } = subject.sandbox
  const hear = (type: string) =>
    new Promise<void>((resolve) => {
      events.listen(
        (event) => {
          if (event.type === type) resolve()
        },
        () => undefined
      )
    })
  await subject.call(search('415'))
  for (const { number, leaves } of [
    { number: FIRST, leaves: true },
    { number: SECOND, leaves: false }
  ]) {
    subject.sandbox.faults.restore([])
    subject.sandbox.faults.add({ name: 'late', operation: 'buy', phase: 'after', delay_ms: 600_000 })
    const leaving = new AbortController()
    const [isBought, isRecorded] = [hear('change'), hear('request')]
    const headers = { 'x-auth-token': TOKEN }
    const answer = fetch(url + pathOf(number) + '/activate', { method: 'PUT', headers, signal: leaving.signal })
    const seen = answer.then(
      ({ status }) => status,
      () => null
    )
    await isBought
    t.equal(subject.find(number)?.state, 'in_service', 'the purchase does not wait')
    if (leaves) leaving.abort()
    else subject.sandbox.cancelDelays()
    t.equal(await seen, leaves ? null : 201)
    await isRecorded
    t.match(await lastOf(subject), {
      outcome: 'success',
      fault: 'late',
      fault_phase: 'after',
      answered: leaves ? null : 'success',
      response: { status: leaves ? 0 : 201 },
      warnings: leaves ? [] : ['bought_after_lost_answer']
    })
  }
  const { payload } = await subject.app.inject({ url: '/__admin/contract?format=text' })
  t.match(payload, /fault late/)
})

t.test('The contract report tells what was carried out, and what the client saw instead', async (t) => {
  const subject = await emulatorFor(t)
  const lose = (rule: NewFaultRule) =>
    subject.call({ method: 'PUT', url: '/__admin/faults', body: { faults: [{ operation: 'buy', ...rule }] } })
  await subject.call(search('415'))
  for (const rule of [
    { fault: 'EMPTY_RESPONSE', phase: 'after' },
    { truncate_bytes: 1 },
    { status: 503, phase: 'after' },
    { delay_ms: 0, phase: 'after' },
    { outcome: 'success', phase: 'after' },
    { fault: 'EMPTY_RESPONSE' },
    { status: 502, body: 'down' }
  ] as const) {
    await lose(rule)
    await attempt(subject, buy(FIRST))
  }
  await attempt(subject, buy('+15005550599'))
  const report = async (format: string) =>
    (await subject.app.inject({ url: `/__admin/contract?format=${format}` })).payload
  const first = { method: 'PUT', url: `${pathOf(FIRST)}/activate` }
  const lost = { operation: 'buy', outcome: 'success' }
  t.match(JSON.parse(await report('json')), {
    lost_answers: [
      { ...lost, answered: null, fault: 'EMPTY_RESPONSE', count: 2, first },
      { ...lost, answered: 'datastore_unreachable', fault: 'status 503', count: 1, first }
    ]
  })
  const { body } = await subject.call({ method: 'GET', url: '/__admin/contract' })
  t.equal((body.lost_answers as unknown[]).length, 2)
  t.match(
    await report('text'),
    /^Answers lost once the operation was over:\n {2}buy\.success, and the client saw no outcome \(2 times\); fault EMPTY/m
  )
  t.match(
    await report('markdown'),
    /^\| buy\.success, and the client saw datastore_unreachable \| 1 \| `fault status 503` \|/m
  )
  t.match(await report('html'), '<tr class="lost"><td>buy.success, and the client saw no outcome</td>')
  await subject.call({ method: 'DELETE', url: '/__admin/contract' })
  t.match(JSON.parse(await report('json')), { lost_answers: [] })
})

const NUMBERS = [FIRST, SECOND] as const

const RULES: readonly NewFaultRule[] = [
  { fault: 'EMPTY_RESPONSE' },
  { status: 502 },
  { truncate_bytes: 0, phase: 'after' },
  { fault: 'EMPTY_RESPONSE', phase: 'after' },
  { status: 502, phase: 'after' },
  { outcome: 'carrier_fault', phase: 'after' }
]

t.test(
  'Whatever gets lost, a number is in service if its purchase was carried out, and reading first never buys twice',
  async (t) => {
    const subject = await emulatorFor(t)
    const purchase = fc.record({ number: fc.constantFrom(...NUMBERS), rule: fc.option(fc.constantFrom(...RULES)) })
    await fc.assert(
      fc.asyncProperty(fc.array(purchase, { maxLength: 6 }), async (purchases) => {
        subject.reset()
        await subject.call(search('415'))
        const owned = new Set<string>()
        for (const { number, rule } of purchases) {
          const body = { faults: rule === null ? [] : [{ ...rule, operation: 'buy', times: 1 }] }
          await subject.call({ method: 'PUT', url: '/__admin/faults', body })
          const answer = await attempt(subject, buy(number))
          if (rule === null || rule.phase === 'after') owned.add(number)
          t.equal(subject.find(number)?.state === 'in_service', owned.has(number))
          if (answer?.status === 201) continue
          if ((await subject.call(read(number))).status === 404) await subject.call(buy(number))
          owned.add(number)
        }
        const { body } = await subject.call({ method: 'GET', url: '/__admin/requests?limit=1000' })
        const changes = (body.requests as JsonObject[]).flatMap((one) => one.changes as JsonObject[])
        t.equal(changes.filter(({ to }) => to === 'in_service').length, owned.size, 'each is bought once')
      }),
      { seed: 1, numRuns: 60 }
    )
  }
)

t.test('bought_after_lost_answer', async (t) => {
  const subject = await emulatorFor(t)
  const lose = (phase: 'before' | 'after', body: object = { fault: 'EMPTY_RESPONSE' }, operation = 'buy') =>
    subject.call({ method: 'POST', url: '/__admin/faults', body: { ...body, operation, phase, times: 1 } })
  const warned = async (call: Call) => String((await subject.call(call)).headers['x-emulator-warning'])
  const WARNS = 'bought_after_lost_answer'
  for (const [title, lost, between, request, warns] of [
    ['another number is bought', () => lose('after'), [], buy(SECOND), true],
    ['the client cannot tell before from after', () => lose('before'), [], buy(SECOND), true],
    ['the connection closes by itself', () => lose('before', { outcome: 'connection_closed' }), [], buy(SECOND), true],
    ['a proxy answers', () => lose('after', { status: 502, body: '<html>' }), [], buy(SECOND), true],
    [
      'a proxy answers and sends nothing on',
      () => lose('before', { status: 502, body: '<html>' }),
      [],
      buy(SECOND),
      false
    ],
    ['a failure is told', () => lose('before', { status: 502 }), [], buy(SECOND), false],
    ['a failure is told after it', () => lose('after', { status: 502 }), [], buy(SECOND), true],
    ['a collection is bought', () => lose('after'), [], buyAll([SECOND]), true],
    ['the first is read', () => lose('after'), [read(FIRST)], buy(SECOND), false],
    ['the numbers are listed', () => lose('after'), [list()], buy(SECOND), false],
    ['the first is bought again', () => lose('after'), [], buy(FIRST), false],
    ['the first is bought again before', () => lose('after'), [buy(FIRST)], buy(SECOND), false],
    ['the account is another', () => lose('after'), [], buy(SECOND, 'e141cfcb50659f27f911ce400088f83d'), false],
    ['the area code is another', () => lose('after'), [search('212')], buy('+12125550100'), false],
    ['the purchase is the next but one', () => lose('after'), [buy(SECOND)], buy('+14152338422'), false],
    ['another number is read', () => lose('after'), [read(SECOND)], buy(SECOND), true]
  ] as const) {
    await t.test(`${warns ? 'warns where' : 'is silent where'} ${title}`, async (t) => {
      subject.reset()
      await subject.call(search('415'))
      await lost()
      await attempt(subject, buy(FIRST))
      for (const call of between) await attempt(subject, call)
      t.equal((await warned(request)).includes(WARNS), warns)
    })
  }
  await t.test('forgets the oldest of more than a thousand lost purchases', async (t) => {
    subject.reset()
    await subject.call(search('415'))
    subject.sandbox.faults.add({ name: 'x', operation: 'buy', phase: 'before', fault: 'EMPTY_RESPONSE', times: 1_001 })
    await attempt(subject, buy(FIRST))
    for (let i = 0; i < 1_000; i++) await attempt(subject, buy(`+1212555${String(i).padStart(4, '0')}`))
    t.notMatch(await warned(buy(SECOND)), WARNS)
  })
  await t.test('warns after a collection is lost', async (t) => {
    subject.reset()
    await subject.call(search('415', 3))
    await lose('after', { fault: 'EMPTY_RESPONSE' }, 'buy_collection')
    await attempt(subject, buyAll([FIRST]))
    t.match(await warned(buyAll([SECOND])), WARNS)
    for (const call of bought(SECOND)) t.notMatch(await warned(call), WARNS)
  })
})
