import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import type { JsonObject } from '../../src/json.js'
import { VERSION } from '../../src/package.js'
import { at, adminFor, inSandbox, NUMBERS, rows, text, type Admin } from './admin-under-test.js'
import { DEMO, emulatorFor, send } from '../harness/emulator-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`

const FROZEN = Date.parse('2024-01-31T12:00:00Z')

const stateOf = async ({ api }: Pick<Admin, 'api'>, path = OWN) => at((await api('GET', path)).body, 'data', 'state')

t.test('The admin API says how it is, what there is, and what is not there', async (t) => {
  const { admin, api } = await adminFor(t)
  t.match(await admin('GET', '/health'), {
    status: 200,
    body: { status: 'healthy', version: /^\d+\.\d+/, uptime_seconds: Number }
  })
  t.match(await admin('GET', '/ready'), { status: 200, body: { status: 'ready' } })
  t.match(at((await admin('GET', '/accounts')).body, 'accounts', 0), {
    id: DEMO,
    name: 'demo',
    token: 'demo-token',
    api_key: /.{64}/
  })
  t.match(at((await admin('GET', '/outcomes')).body, 'operations', 0), {
    name: 'search',
    outcomes: [{ name: 'success' }]
  })
  t.match((await admin('GET', '/magic')).body, {
    numbers: [{ number: /^\+1500555/ }],
    addresses: [{ street_address: /^911/ }]
  })
  t.match(await admin('GET', '/nothing?x=1'), {
    status: 404,
    body: { message: /^there is no call GET \/__admin\/nothing in the admin API$/ }
  })
  t.match(await admin('POST', '/fault', { status: 500 }), {
    status: 404,
    body: { message: 'there is no call POST /__admin/fault in the admin API; did you mean "/__admin/faults"?' }
  })
  t.match((await admin('GET', '/health')).headers, { 'content-type': 'application/json' })
  t.notOk((await admin('GET', '/health')).headers['access-control-allow-origin'], 'no CORS')
  for (const path of ['/v2/phone_numbers?prefix=415', '/__admin/health', '/__admin/nothing', '/openapi.json']) {
    t.match(await api('GET', path), { headers: { 'x-emulator': VERSION } }, `${path} is answered by this version`)
  }
  t.match(await api('GET', '/__admin/clock', undefined, { host: 'x.example' }), {
    status: 403,
    headers: { 'x-emulator': VERSION }
  })
})

t.test('A test puts everything back', async (t) => {
  const it = await adminFor(t, { randomSeed: 5, clock: FROZEN })
  const spoil = async () => {
    await it.api('DELETE', OWN)
    await it.admin('POST', '/faults', { operation: 'list', status: 503 })
    await it.admin('POST', '/clock/advance', { seconds: 60 })
    await it.admin('PUT', '/timing', { e911: 'held' })
  }
  const look = async () => ({
    state: (await stateOf(it)) ?? 'gone',
    faults: rows((await it.admin('GET', '/faults')).body.faults).length,
    clock: (await it.admin('GET', '/clock')).body.now,
    timing: (await it.admin('GET', '/timing')).body.e911
  })
  const fresh = { state: 'in_service', faults: 0, clock: '2024-01-31T12:00:00.000Z', timing: 'immediate' }
  const spoilt = { state: 'gone', faults: 1, clock: '2024-01-31T12:01:00.000Z', timing: 'held' }
  for (const [name, query, after] of [
    ['all of it', '', fresh],
    ['to nothing', '?to=empty', { ...fresh, state: 'gone' }],
    ['the numbers only', '?only=numbers', { ...spoilt, state: 'in_service' }],
    ['the numbers only, to nothing', '?only=numbers&to=empty', spoilt],
    ['faults and clock', '?only=faults,%20clock', { ...spoilt, faults: 0, clock: fresh.clock }]
  ] as const) {
    await t.test(name, async (t) => {
      await it.admin('POST', '/reset')
      await spoil()
      t.strictSame(await look(), spoilt)
      t.match(await it.admin('POST', `/reset${query}`), { status: 200, body: { status: 'reset', sandbox: 'default' } })
      t.strictSame(await look(), after)
    })
  }
  await t.test('the requests only', async (t) => {
    await it.admin('POST', '/reset?only=requests')
    t.strictSame((await it.admin('GET', '/requests')).body.requests, [])
  })
  for (const [query, pointer] of [
    ['?to=heaven', '/to'],
    ['?only=numbers,everything', '/only']
  ] as const) {
    await t.test(`but not ${query}`, async (t) => {
      t.match(await it.admin('POST', `/reset${query}`), { status: 400, body: { error: 'invalid', at: pointer } })
    })
  }
})

t.test('Parallel tests have sandboxes of their own', async (t) => {
  const it = await adminFor(t, { maxSandboxes: 2 })
  const names = async () => rows((await it.admin('GET', '/sandboxes')).body.sandboxes).map(({ name }) => name)
  const one = inSandbox(it, 'one')
  await one.api('DELETE', OWN)
  t.equal(await stateOf(one), undefined)
  t.equal(await stateOf(it), 'in_service', 'and never see one another')
  const byHeader = await it.api('GET', OWN, undefined, { 'x-emulator-sandbox': 'one' })
  t.equal(byHeader.status, 404, 'by header as by path')
  t.match(await it.admin('POST', '/sandboxes/two'), { status: 201, body: { name: 'two', base_path: '/sandboxes/two' } })
  t.match(await it.admin('POST', '/sandboxes/two'), { status: 200 })
  t.strictSame(await names(), ['default', 'one', 'two'])
  await one.api('GET', OWN)
  await it.admin('POST', '/sandboxes/three')
  t.strictSame(await names(), ['default', 'one', 'three'], 'the least recently used one makes room')
  t.equal((await it.admin('GET', '/sandboxes')).body.dropped, 1)
  t.match(await it.admin('DELETE', '/sandboxes/one'), { status: 200, body: { dropped: 'one' } })
  t.equal(await stateOf(one), 'in_service', 'and begins anew')
  for (const [method, path, status] of [
    ['DELETE', '/sandboxes/default', 400],
    ['DELETE', '/sandboxes/unknown', 404],
    ['POST', '/sandboxes/-wrong', 400]
  ] as const) {
    t.equal((await it.admin(method, path)).status, status, `${method} ${path}`)
  }
  t.match(await it.call({ method: 'GET', url: '/sandboxes/-wrong/v2/phone_numbers?prefix=415' }), {
    status: 400,
    body: { message: 'sandbox malformed' }
  })
  t.equal((await it.call({ method: 'GET', url: '/sandboxes' })).status, 404)
  t.equal((await it.call({ method: 'GET', url: '/sandboxes/one?x=1' })).status, 404, 'a sandbox alone is no call')
  for (const body of [{}, { operation: 'buy' }]) {
    t.match(
      await it.call({
        method: 'POST',
        url: '/__admin/requests/count',
        body,
        headers: { 'x-emulator-sandbox': '-wrong' }
      }),
      { status: 400, body: { error: 'invalid', message: 'sandbox malformed' } },
      'the admin API wants a good name too'
    )
  }
})

t.test('What breaks inside is said to have broken, by the API and at the admin API', async (t) => {
  const { app, call, sandbox } = await emulatorFor(t)
  const fail = () => {
    throw new Error('the disk is full')
  }
  t.capture(sandbox.store.numbers, 'save', fail)
  const body = { data: { numbers: ['+12015550123'] } }
  const made = await call({ method: 'PUT', url: `${NUMBERS}/collection`, token: 'demo-token', body })
  t.match(made, { status: 500, body: { status: 'error', message: 'unspecified_fault' } })
  t.capture(sandbox.store.numbers, 'find', fail)
  for (const [token, status] of [
    ['demo-token', 500],
    [undefined, 401]
  ] as const) {
    const url = `${NUMBERS}/%2B12015550123/activate`
    const bought = await call({ method: 'PUT', url, body: { data: {} }, ...(token === undefined ? {} : { token }) })
    t.match(bought, { status, body: { status: 'error', error: String(status) } }, 'in the envelope, for every caller')
  }
  const released = await send(app, { method: 'POST', url: '/__admin/timing/release', body: { number: '2015550123' } })
  t.match(released, { status: 500, body: { error: 'failure', message: 'the emulator failed; its log says how' } })
  t.notMatch(made.text + released.text, 'the disk is full')
})

t.test('With --require-sandbox a wiring mistake shows', async (t) => {
  const it = await adminFor(t, { requireSandbox: true })
  t.match(await it.api('GET', OWN), { status: 400, body: { message: 'sandbox required' } })
  t.equal(await stateOf(inSandbox(it, 'mine')), 'in_service')
  t.equal((await it.admin('GET', '/health')).status, 200, 'the admin API itself asks for none')
})

t.test('With --admin-port the admin API has a port of its own', async (t) => {
  const it = await adminFor(t, { adminPort: 0 })
  t.equal((await it.admin('GET', '/health')).status, 404, 'and is not where the API is')
  await it.call({ method: 'GET', url: `/sandboxes/mine${NUMBERS}`, token: 'demo-token' })
  const ask = async (url: string) =>
    at(JSON.parse((await it.adminApp?.inject({ url }))?.payload ?? '{}') as JsonObject, 'meta')
  t.strictSame(await ask('/sandboxes/mine/__admin/requests'), { total: 1 })
  t.strictSame(await ask('/__admin/requests'), { total: 1 })
  t.equal((await it.adminApp?.inject({ url: NUMBERS }))?.statusCode, 404)
})

t.test('In hostile mode a robust client gets what it wants all the same', async (t) => {
  const run = async (seed: number) => {
    const it = await adminFor(t, { hostile: true, randomSeed: seed, clock: FROZEN })
    const first = await it.api('GET', NUMBERS)
    t.match(first, { status: 503, headers: { 'retry-after': '1', 'x-emulator-fault': 'hostile' } })
    const pages = [await it.api('GET', `${NUMBERS}?page_size=50`)]
    for (let next = at(pages.at(-1)?.body, 'next_start_key'); next !== undefined;) {
      pages.push(await it.api('GET', `${NUMBERS}?start_key=${encodeURIComponent(text(next))}`))
      next = at(pages.at(-1)?.body, 'next_start_key')
    }
    return { it, first, pages }
  }
  const { it, first, pages } = await run(7)
  t.strictSame(pages.flatMap(({ body }) => Object.keys(at(body, 'data', 'numbers') ?? {})).sort(), [
    '+14155234712',
    '+14155558920',
    '+14155558921'
  ])
  t.equal(pages.length, 2, 'in small pages')
  t.not(Object.keys(first.body).join(), Object.keys(first.body).sort().join(), 'keys in no order')
  t.ok(
    Object.keys(first.body).some((key) => key.startsWith('x_')),
    'and strangers among them'
  )
  t.strictSame(
    (await run(7)).pages.map((page) => page.text),
    pages.map((page) => page.text),
    'the same for a seed'
  )
  await it.api('GET', NUMBERS)
  await it.admin('POST', '/reset')
  t.equal((await it.api('GET', NUMBERS)).status, 503, 'and again after a reset')
  t.equal((await it.api('GET', '/v2/nothing')).status, 404)
  t.equal(
    (
      await it.call({
        method: 'OPTIONS',
        url: NUMBERS,
        headers: { origin: 'http://a', 'access-control-request-method': 'GET' }
      })
    ).text,
    ''
  )
  await it.admin('POST', '/faults', { operation: 'list', status: 500 })
  t.match(await it.api('GET', `${NUMBERS}?page_size=1`), { status: 500, headers: { 'x-emulator-fault': 'status 500' } })
})

t.test('A hundred sandboxes at once, each as if it were alone', async (t) => {
  const it = await adminFor(t, { randomSeed: 3, clock: FROZEN })
  const journey = async (name: string, seed: number) => {
    const own = inSandbox(it, name)
    const bought = new Set<string>()
    const texts: string[] = []
    let random = seed
    for (let step = 0; step < 12; step++) {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
      const e164 = `+1212555${String(((random >> 8) % 50) + 1000)}`
      const path = `${NUMBERS}/${encodeURIComponent(e164)}`
      const isOwned = bought.has(e164)
      const { status, text: answer } = await own.api(
        isOwned ? 'DELETE' : 'PUT',
        path,
        isOwned ? undefined : { data: {} }
      )
      if (status >= 300) throw new Error(`${name} ${e164}: ${answer}`)
      if (isOwned) bought.delete(e164)
      else bought.add(e164)
      texts.push(answer)
    }
    const { body } = await own.api('GET', `${NUMBERS}?filter_state=in_service`)
    const listed = Object.keys(at(body, 'data', 'numbers') ?? {}).filter((e164) => e164.startsWith('+1212'))
    return { texts, listed, expected: [...bought].sort() }
  }
  const all = await Promise.all(Array.from({ length: 100 }, (_, i) => journey(`worker-${i}`, i % 50)))
  t.ok(
    all.every(({ listed, expected }) => listed.join() === expected.join()),
    'each sees what it bought, and no more'
  )
  for (const [i, { texts }] of all.slice(0, 50).entries())
    t.strictSame(texts, all[i + 50]?.texts, `journey ${i}: the same bytes twice`)
})

t.test('A call that waits in a sandbox is answered when the sandbox is dropped', async (t) => {
  const subject = await emulatorFor(t)
  const { admin, api } = inSandbox(subject, 'dropped')
  await admin('POST', '/faults', { operation: 'read', delay_ms: 600_000 })
  const waiting = api('GET', OWN)
  while (at((await admin('GET', '/faults')).body, 'faults', 0, 'hits') === 0) t.pass('the call is under way')
  t.match(await subject.call({ method: 'DELETE', url: '/__admin/sandboxes/dropped' }), { status: 200 })
  t.match(await waiting, {
    status: 503,
    headers: { 'retry-after': '1' },
    body: { message: 'sandbox dropped', data: { cause: 'dropped' }, status: 'error' }
  })
  t.match(await subject.call({ method: 'GET', url: '/v2/phone_numbers?prefix=415' }), { status: 200 })
})

t.test('A call whose body comes after its sandbox was dropped is told so', async (t) => {
  const { app, call } = await emulatorFor(t)
  const payload = new Readable({ read: () => undefined })
  const headers = { 'content-type': 'application/json', 'x-auth-token': 'demo-token' }
  const answer = app
    .inject({ method: 'POST', url: `/sandboxes/dropped${OWN}`, headers, payload })
    .then((reply) => reply)
  const listed = async () => (await call({ method: 'GET', url: '/__admin/sandboxes' })).text
  while (!(await listed()).includes('dropped')) await setImmediate()
  await call({ method: 'DELETE', url: '/__admin/sandboxes/dropped' })
  payload.push('{"data":{}}')
  payload.push(null)
  const { statusCode, payload: received } = await answer
  t.match(
    { statusCode, body: JSON.parse(received) as unknown },
    { statusCode: 503, body: { message: 'sandbox dropped' } }
  )
})
