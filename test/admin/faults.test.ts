import t from 'tap'
import { ADDRESS, at, adminFor, NUMBERS, rows, text } from './admin-under-test.js'
import { OPERATION_NAMES } from '../../src/contract/outcomes.js'
import type { JsonObject } from '../../src/json.js'
import { DEMO } from '../harness/emulator-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`

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
    ['a number that a search cannot name', { operation: 'search', number: '+14155550100', status: 500 }, '/number'],
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

t.test('A rule for a number is refused for the operations whose requests name none, and for no other', async (t) => {
  const { admin, call } = await adminFor(t)
  const { body } = await call({ method: 'GET', url: '/openapi.json' })
  const described = Object.entries(body.paths as Record<string, Record<string, JsonObject>>).flatMap(
    ([path, methods]) =>
      Object.values(methods).map(({ operationId, requestBody = {} }) => ({
        operationId,
        namesNumbers: path.includes('{phone_number}') || JSON.stringify(requestBody).includes('"numbers"')
      }))
  )
  for (const operation of OPERATION_NAMES) {
    // An update with an address is one call with an update without.
    const id = operation === 'e911' ? 'update' : operation
    const namesNumbers = described.some((one) => one.operationId === id && one.namesNumbers)
    const rule = { operation, number: '+14155550100', status: 500 }
    t.equal((await admin('POST', '/faults', rule)).status, namesNumbers ? 201 : 400, operation)
  }
  t.match(await admin('POST', '/faults', { operation: 'list', number: '+14155550100', status: 500 }), {
    body: { at: '/number', message: 'must be left out: no request of list names a number' }
  })
})

t.test('A rule for an account fails a search with a token of the account, and no other search', async (t) => {
  const { admin, call } = await adminFor(t)
  await admin('POST', '/faults', { operation: 'search', account: DEMO, status: 503 })
  const search = { method: 'GET', url: '/v2/phone_numbers?prefix=415' } as const
  t.equal((await call({ ...search, token: 'demo-token' })).status, 503)
  t.equal((await call(search)).status, 200)
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
