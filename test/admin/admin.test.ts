import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import type { JsonObject } from '../../src/json.js'
import { VERSION } from '../../src/package.js'
import { ADDRESS, at, adminFor, inSandbox, NUMBERS, rows, text, type Admin } from './admin-under-test.js'
import { DEMO, emulatorFor, send } from '../harness/emulator-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`
const NEW = `${NUMBERS}/%2B12015550123`
const FROZEN = Date.parse('2024-01-31T12:00:00Z')

const stateOf = async ({ api }: Pick<Admin, 'api'>, path = OWN) => at((await api('GET', path)).body, 'data', 'state')
const e911Of = async ({ api }: Pick<Admin, 'api'>) => at((await api('GET', OWN)).body, 'data', 'e911', 'status')

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
    body: { message: 'there is no call GET /__admin/nothing in the admin API' }
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

t.test('A test makes it fail on purpose', async (t) => {
  const it = await adminFor(t)
  const read = () => it.api('GET', OWN)
  for (const [name, rule, status, message] of [
    ['by an outcome', { operation: 'read', outcome: 'not_on_account' }, 404, 'bad_identifier'],
    ['by a status', { operation: 'read', status: 503 }, 503, 'datastore_unreachable'],
    ['whatever the operation', { status: 429 }, 429, 'too_many_requests'],
    ['for a number, in any spelling', { number: '4155234712', status: 500 }, 500, 'unspecified_fault'],
    ['for an account', { account: DEMO, status: 403 }, 403, 'forbidden']
  ] as const) {
    await t.test(name, async (t) => {
      await it.admin('PUT', '/faults', { faults: [{ ...rule, name: 'mine', times: 2 }] })
      for (const time of ['first', 'second']) {
        t.match(
          await read(),
          { status, headers: { 'x-emulator-fault': 'mine' }, body: { status: 'error', message } },
          time
        )
      }
      t.match(await read(), { status: 200, headers: { 'x-emulator-fault': undefined } }, 'and recovers')
      t.match((await it.admin('GET', '/faults')).body, { faults: [{ name: 'mine', hits: 2 }] }, 'and counts')
    })
  }
  for (const [name, rule] of [
    ['another operation', { operation: 'list', status: 500 }],
    ['another number', { number: '+14155558920', status: 500 }],
    ['another account', { account: 'x'.repeat(32), status: 500 }]
  ] as const) {
    await t.test(`but not for ${name}`, async (t) => {
      await it.admin('PUT', '/faults', { faults: [rule] })
      t.equal((await read()).status, 200)
    })
  }
  await t.test('slowly, until a reset lets it go', async (t) => {
    await it.admin('PUT', '/faults', { faults: [{ operation: 'read', delay_ms: 600_000 }] })
    const slow = read()
    while (at((await it.admin('GET', '/faults')).body, 'faults', 0, 'hits') !== 1);
    await it.admin('POST', '/reset')
    t.match(await slow, { status: 200, headers: { 'x-emulator-fault': 'delayed' } })
  })
  await t.test('in a collection, and for an address', async (t) => {
    await it.admin('PUT', '/faults', { faults: [{ number: '+14155558920', status: 500 }] })
    t.equal((await it.api('POST', `${NUMBERS}/collection`, { data: { numbers: ['+14155558920', 7] } })).status, 500)
    t.equal((await it.api('POST', `${NUMBERS}/collection/activate`, { data: { id: '+14155558920' } })).status, 500)
    await it.admin('PUT', '/faults', { faults: [{ operation: 'e911', outcome: 'invalid_address' }] })
    const refusal = await it.api('POST', OWN, { data: { e911: ADDRESS } })
    t.match(refusal.text, '911 PROVISIONED TEST ST')
  })
  await t.test('and takes it back', async (t) => {
    await it.admin('DELETE', '/faults')
    t.match(await it.admin('POST', '/faults', { status: 500 }), {
      status: 201,
      body: { id: String, name: 'status 500', hits: 0 }
    })
    const id = text(at((await it.admin('GET', '/faults')).body, 'faults', 0, 'id'))
    t.equal((await it.admin('DELETE', `/faults/${id}`)).status, 200)
    t.equal((await it.admin('DELETE', `/faults/${id}`)).status, 404)
    t.equal((await read()).status, 200)
  })
  for (const [name, rule, pointer] of [
    ['an operation that is none', { operation: 'bye', status: 500 }, '/operation'],
    ['an outcome that is none', { operation: 'buy', outcome: 'misspelt' }, '/outcome'],
    ['an outcome without its operation', { outcome: 'success' }, '/operation'],
    ['a status that nothing has', { status: 418 }, '/status'],
    ['a number of no plan', { number: 'abc', status: 500 }, '/number'],
    ['a field that is none', { statuz: 500 }, '/statuz'],
    ['a fault that is none', { fault: 'FIRE' }, '/fault'],
    ['times that are none', { status: 500, times: 0 }, '/times'],
    ['a phase that is none', { status: 500, phase: 'during' }, '/phase'],
    ['a phase alone', { phase: 'after' }, ''],
    ['a delay that ends before it begins', { delay_ms: { min: 2, max: 1 } }, '/delay_ms'],
    ['a delay beyond ten minutes', { delay_ms: { min: 0, max: 600_001 } }, '/delay_ms'],
    ['a body without a status', { body: '<html>' }, '/status'],
    ['a body with a status that has none', { body: 'x', status: 204 }, '/status'],
    ['a body with a status beyond HTTP', { body: 'x', status: 600 }, '/status'],
    ['a body beside a broken connection', { body: 'x', status: 502, fault: 'EMPTY_RESPONSE' }, '/body'],
    ['a body that is too large', { body: 'é'.repeat(8_001), status: 502 }, '/body'],
    [
      'a body that nests too deep',
      { body: JSON.parse('['.repeat(65) + ']'.repeat(65)) as unknown, status: 502 },
      '/body'
    ],
    ['headers without a response', { delay_ms: 1, headers: { a: 'b' } }, '/headers'],
    [
      'a header of the connection',
      { status: 502, headers: { 'Transfer-Encoding': 'chunked' } },
      '/headers/Transfer-Encoding'
    ],
    ['a header of the emulator', { status: 502, headers: { 'X-Emulator': '1' } }, '/headers/X-Emulator'],
    ['a header on two lines', { status: 502, headers: { a: 'b\r\nc: d' } }, '/headers/a'],
    ['a header without a name', { status: 502, headers: { '': 'b' } }, '/headers/'],
    ['a header twice', { status: 502, headers: { a: 'b', A: 'c' } }, '/headers'],
    ['a header that is too long', { status: 502, headers: { a: 'b'.repeat(1_001) } }, '/headers/a'],
    ['nothing at all', {}, '']
  ] as const) {
    await t.test(`and is told at once of ${name}, with nothing half done`, async (t) => {
      await it.admin('PUT', '/faults', { faults: [{ operation: 'search', status: 500 }] })
      t.match(await it.admin('POST', '/faults', rule), {
        status: 400,
        body: { error: 'invalid', at: pointer, message: String }
      })
      t.match(await it.admin('PUT', '/faults', { faults: [{ status: 500 }, rule] }), {
        status: 400,
        body: { at: `/faults/1${pointer}` }
      })
      t.match((await it.admin('GET', '/faults')).body, { faults: [{ operation: 'search' }] })
      t.equal(rows((await it.admin('GET', '/faults')).body.faults).length, 1)
    })
  }
})

t.test('A request says itself what it wants to be answered', async (t) => {
  const { api } = await adminFor(t)
  for (const [prefer, status, fault, applied] of [
    ['code=500', 500, 'status 500', 'code=500'],
    ['code=200', 200, undefined, undefined],
    ['example=not_on_account', 404, 'not_on_account', 'example=not_on_account'],
    ['example="success", code=500', 200, 'success', 'example=success'],
    ['delay=1', 200, 'prefer', 'delay=1'],
    ['Delay=1; code=503,', 503, 'status 503', 'code=503, delay=1'],
    ['respond-async, wait=10', 200, undefined, undefined],
    ['code=418', 400, undefined, undefined],
    ['code=x', 400, undefined, undefined],
    ['delay=600001', 400, undefined, undefined],
    ['example=misspelt', 400, undefined, undefined],
    ['phase=after, code=503', 503, 'status 503', 'code=503, phase=after'],
    ['phase=before, code=503', 503, 'status 503', 'code=503, phase=before'],
    ['phase=later, code=503', 400, undefined, undefined],
    ['code=503, code=500', 503, 'status 503', 'code=503']
  ] as const) {
    const { status: answered, headers } = await api('GET', OWN, undefined, { prefer })
    const said = [answered, headers['x-emulator-fault'], headers['preference-applied']]
    t.strictSame(said, [status, fault, applied], prefer)
  }
  const near = await api('GET', OWN, undefined, { prefer: 'example=not_on_acount' })
  t.match(near.text, /did you mean \\"not_on_account\\"\?/)
})

t.test('A test turns the clock', async (t) => {
  const it = await adminFor(t, { agingSeconds: 60, clock: FROZEN, auth: 'strict' })
  const now = async () => (await it.admin('GET', '/clock')).body
  t.strictSame(await now(), { now: '2024-01-31T12:00:00.000Z', gregorian_seconds: 63_873_921_600, rate: 0 })
  await t.test('and what is released ages on the way', async (t) => {
    await it.api('DELETE', OWN)
    const pooled = async () =>
      (await it.api('GET', '/v2/phone_numbers?prefix=4155234712')).text.includes('+14155234712')
    await it.admin('POST', '/clock/advance', { seconds: 59 })
    t.notOk(await pooled())
    await it.admin('POST', '/clock/advance', { milliseconds: 1000 })
    t.ok(await pooled())
  })
  await t.test('and tokens expire', async (t) => {
    const { body } = await it.api('PUT', '/v2/api_auth', {
      data: { api_key: 'dcf7f815251380ea4471b80c04442529641cd721548133a4bc24e3ff1a4d7598' }
    })
    const token = text(body.auth_token)
    const list = () => it.call({ method: 'GET', url: NUMBERS, token })
    t.equal((await list()).status, 200)
    await it.admin('POST', '/clock/advance', { seconds: 3600 })
    t.equal((await list()).status, 401)
  })
  await t.test('and sets it, lets it run, and freezes it', async (t) => {
    t.match(await it.admin('PUT', '/clock', { now: '2030-01-01', rate: 1000 }), { status: 200, body: { rate: 1000 } })
    while (text((await now()).now) < '2030-01-01T00:00:01');
    await it.admin('PUT', '/clock', { rate: 0 })
    t.strictSame(await now(), await now())
  })
  for (const [method, path, body, pointer] of [
    ['PUT', '/clock', { now: 'soon' }, '/now'],
    ['PUT', '/clock', { rate: -1 }, '/rate'],
    ['PUT', '/clock', {}, ''],
    ['PUT', '/clock', undefined, ''],
    ['POST', '/clock/advance', { seconds: -1 }, '/seconds'],
    ['POST', '/clock/advance', { hours: 1 }, '/hours']
  ] as const) {
    await t.test(`but not to ${JSON.stringify(body)}`, async (t) => {
      const before = await now()
      t.match(await it.admin(method, path, body), { status: 400, body: { error: 'invalid', at: pointer } })
      t.strictSame(await now(), before)
    })
  }
})

t.test('What takes time with the real service takes as long as a test wants', async (t) => {
  const it = await adminFor(t, { clock: FROZEN })
  const provision = () => it.api('POST', OWN, { data: { e911: ADDRESS } })
  const port = () => it.api('PUT', `${NEW}/port`, { data: {} })
  const wind = (seconds: number) => it.admin('POST', '/clock/advance', { seconds })
  const timing = async (setting: object) => {
    await it.admin('POST', '/reset')
    return it.admin('PUT', '/timing', setting)
  }
  t.strictSame((await it.admin('GET', '/timing')).body, { e911: 'immediate', port_in: 'held', aging: 'immediate' })

  await t.test('E911 is provisioned at once', async (t) => {
    t.equal(at((await provision()).body, 'data', 'e911', 'status'), 'PROVISIONED')
  })
  await t.test('E911 is provisioned at the third look', async (t) => {
    await timing({ e911: { after_reads: 3 } })
    t.equal(at((await provision()).body, 'data', 'e911', 'status'), 'GEOCODED')
    await it.api('GET', NUMBERS)
    t.strictSame(
      [await e911Of(it), await e911Of(it), await e911Of(it), await e911Of(it)],
      ['GEOCODED', 'GEOCODED', 'PROVISIONED', 'PROVISIONED']
    )
  })
  await t.test('E911 is provisioned after a while', async (t) => {
    await timing({ e911: { after_seconds: 30 } })
    await provision()
    await wind(29)
    t.equal(await e911Of(it), 'GEOCODED')
    await provision()
    await it.api('PATCH', OWN, { data: { note: 'meanwhile' } })
    await wind(100)
    const { body } = await it.api('GET', OWN)
    t.equal(at(body, 'data', 'e911', 'status'), 'PROVISIONED')
    t.equal(at(body, 'data', '_read_only', 'modified'), 63_873_921_630, 'and was when it was due')
  })
  await t.test('E911 waits until it is let go', async (t) => {
    await timing({ e911: 'held' })
    await provision()
    await wind(9_999_999)
    t.equal(await e911Of(it), 'GEOCODED')
    t.strictSame((await it.admin('POST', '/timing/release', { number: '4155234712', kind: 'e911' })).body, {
      released: ['+14155234712']
    })
    t.equal(await e911Of(it), 'PROVISIONED')
    t.equal((await it.admin('POST', '/timing/release', { number: '4155234712' })).status, 404, 'and only once')
    t.equal((await it.admin('POST', '/timing/release', { number: '9995550100' })).status, 404, 'nor what is not there')
  })
  await t.test('what no longer has an address waits for none', async (t) => {
    await timing({ e911: 'held' })
    await provision()
    await it.api('POST', OWN, { data: {} })
    t.strictSame((await it.admin('POST', '/timing/release')).body, { released: [] })
    t.strictSame((await it.admin('POST', '/timing/release', ' ')).body, { released: [] }, 'said with white space')
  })
  await t.test('a port is through at once', async (t) => {
    await timing({ port_in: 'immediate' })
    t.equal(at((await port()).body, 'data', 'state'), 'in_service')
  })
  await t.test('a port is through at the second look, though an address takes longer', async (t) => {
    await timing({ port_in: { after_reads: 2 }, e911: { after_seconds: 10 } })
    t.equal(at((await port()).body, 'data', 'state'), 'port_in')
    t.equal(await stateOf(it, NEW), 'port_in')
    await it.api('PATCH', NEW, { data: { note: 'kept' } })
    t.equal(await stateOf(it, NEW), 'in_service')
  })
  await t.test('a port takes until it is let go, as it does where nothing is set', async (t) => {
    await it.admin('POST', '/reset')
    await port()
    t.equal(await stateOf(it, NEW), 'port_in')
    t.strictSame((await it.admin('POST', '/timing/release', { kind: 'port_in' })).body, { released: ['+12015550123'] })
    t.equal(await stateOf(it, NEW), 'in_service')
  })
  await t.test('a released number rests until it is let go', async (t) => {
    await timing({ aging: 'held' })
    t.equal(at((await it.api('DELETE', OWN)).body, 'data', 'state'), 'aging')
    t.strictSame((await it.admin('POST', '/timing/release')).body, { released: ['+14155234712'] })
    t.match((await it.api('GET', '/v2/phone_numbers?prefix=4155234712')).text, '+14155234712')
  })
  for (const [name, call, body, pointer] of [
    ['a kind that is none', '', { lunch: 'held' }, '/lunch'],
    ['a word that is none', '', { e911: 'later' }, '/e911'],
    ['a field that is none', '', { e911: { after: 1 } }, '/e911/after'],
    ['no reads', '', { e911: { after_reads: 0 } }, '/e911/after_reads'],
    ['both at once', '', { e911: { after_reads: 1, after_seconds: 1 } }, '/e911'],
    ['a number of no plan', '/release', { number: 'abc' }, '/number'],
    ['a kind to release that is none', '/release', { kind: 'lunch' }, '/kind']
  ] as const) {
    await t.test(`and is told of ${name}`, async (t) => {
      const method = call === '' ? 'PUT' : 'POST'
      t.match(await it.admin(method, `/timing${call}`, body), { status: 400, body: { at: pointer } })
    })
  }
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
