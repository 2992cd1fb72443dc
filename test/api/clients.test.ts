/**
 * What six public clients of the service need, as they do it: monster-ui, kazoo-ui, and the SDKs for PHP, Python, Go and
 * Ruby. Each need has a number, and cases of the same need have the same one.
 */
import { createHash } from 'node:crypto'
import t from 'tap'
import { type JsonObject } from '../../src/json.js'
import { ACCOUNTS } from '../harness/calls.js'
import { type Call, emulatorFor, type Reply, type Subject } from '../harness/emulator-under-test.js'
import { NOON } from '../harness/play.js'
import { inBoth, NUMBERS, OWN, objectOf } from './in-both.js'

const KEY = 'dcf7f815251380ea4471b80c04442529641cd721548133a4bc24e3ff1a4d7598'

const JSON_TYPE = { 'content-type': 'application/json' }

const md5 = (text: string) => createHash('md5').update(text).digest('hex')

function tokenOf({ auth_token }: JsonObject): string {
  return typeof auth_token === 'string' ? auth_token : ''
}

async function logIn(emulator: Subject): Promise<string> {
  const { body } = await emulator.call({ method: 'PUT', url: '/v2/api_auth', body: { data: { api_key: KEY } } })
  return tokenOf(body)
}

/** Every client that logs in again does it so: once, and then the same request again. */
async function withLogin(emulator: Subject, token: string, call: Call): Promise<{ reply: Reply; logins: number }> {
  const reply = await emulator.call({ ...call, token })
  if (reply.body.error !== '401') return { reply, logins: 0 }
  return { reply: await emulator.call({ ...call, token: await logIn(emulator) }), logins: 1 }
}

inBoth('1: The content type of every answer is application/json and nothing more', async (t, { call }) => {
  const token = 'demo-token'
  for (const one of [
    { method: 'GET', url: NUMBERS, token },
    { method: 'PUT', url: `${NUMBERS}/4155558921`, token },
    { method: 'GET', url: `${NUMBERS}/4159990000`, token },
    { method: 'GET', url: NUMBERS },
    { method: 'GET', url: '/nowhere', token },
    { method: 'PATCH', url: NUMBERS, token },
    { method: 'POST', url: OWN, token, body: '{' }
  ] as const) {
    t.equal((await call(one)).headers['content-type'], 'application/json', `${one.method} ${one.url}`)
  }
})

inBoth('2: An empty body may be sent as JSON', async (t, { call, discover }) => {
  discover('+14152338397')
  const empty = { headers: { ...JSON_TYPE, 'content-length': '0' }, token: 'demo-token' }
  t.equal((await call({ method: 'PUT', url: `${NUMBERS}/4152338397/activate`, ...empty })).status, 201)
  t.equal((await call({ method: 'DELETE', url: `${NUMBERS}/4152338397`, ...empty })).status, 200)
})

inBoth('3: A JSON body may be sent as a form, as curl does', async (t, { call, discover }) => {
  discover('+14152338397')
  const { status, body } = await call({
    method: 'PUT',
    url: `${NUMBERS}/collection/activate`,
    body: '{"data":{"numbers":["+14152338397"]}}',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    token: 'demo-token'
  })
  t.match({ status, body }, { status: 201, body: { data: { success: { '+14152338397': { state: 'in_service' } } } } })
})

t.test('4: A client logs in by key or as a user, even with a hash of its own making', async (t) => {
  const emulator = await emulatorFor(t, { clock: NOON })
  const odd = Buffer.from('demo:demo-password').toString('hex') + md5('')
  for (const [url, data] of [
    ['/v2/api_auth', { api_key: KEY }],
    ['/v2/user_auth', { credentials: md5('demo:demo-password'), account_name: 'demo', method: 'md5' }],
    ['/v2/user_auth', { credentials: md5('demo:demo-password'), realm: 'demo.sip.example.com' }],
    ['/v2/user_auth', { credentials: odd }]
  ] as const) {
    const { status, body } = await emulator.call({ method: 'PUT', url, body: { data } })
    const { account_id, owner_id } = objectOf(body.data)
    t.same([status, account_id, typeof owner_id], [201, ACCOUNTS.demo, 'string'], `${url} ${JSON.stringify(data)}`)
    const token = tokenOf(body)
    t.equal((await emulator.call({ method: 'GET', url: NUMBERS, token })).status, 200, 'and the token is good')
    const elsewhere = `/v2/accounts/${ACCOUNTS.stranger}/phone_numbers`
    t.equal((await emulator.call({ method: 'GET', url: elsewhere, token })).status, 403, 'for its account')
  }
})

inBoth(
  '5, 6, 7: The HTTP status is the real one, `error` is a text, and every answer has its status and id',
  async (t, emulator, isDocumented) => {
    emulator.discover('+14152338397')
    const token = 'demo-token'
    const cases: readonly (readonly [number, Call])[] = [
      [201, { method: 'PUT', url: '/v2/api_auth', body: { data: { api_key: KEY } } }],
      [201, { method: 'PUT', url: `${NUMBERS}/4152338397/activate`, token }],
      [201, { method: 'PUT', url: `${NUMBERS}/4157770001`, token }],
      [201, { method: 'PUT', url: `${NUMBERS}/collection`, token, body: { data: { numbers: ['4157770002'] } } }],
      [200, { method: 'GET', url: NUMBERS, token }],
      [200, { method: 'POST', url: OWN, token }],
      [200, { method: 'PATCH', url: OWN, token }],
      [200, { method: 'DELETE', url: OWN, token }],
      [400, { method: 'POST', url: OWN, token, body: { data: { cnam: 1 } } }],
      [401, { method: 'GET', url: NUMBERS }],
      [402, { method: 'PUT', url: `${NUMBERS}/5005550402/activate`, token }],
      [404, { method: 'GET', url: `${NUMBERS}/4159990000`, token }],
      [409, { method: 'PUT', url: `${NUMBERS}/4157770001`, token }],
      [500, { method: 'PUT', url: `${NUMBERS}/5005550500/activate`, token }]
    ]
    for (const [status, one] of cases) {
      const reply = await emulator.call(one)
      t.equal(reply.status, status, `${one.method} ${one.url}`)
      t.equal(reply.body.status, status < 300 ? 'success' : 'error')
      t.equal(reply.headers['x-request-id'], reply.body.request_id)
      t.match(reply.body.request_id, /^[0-9a-f]{32}$/)
      if (status < 300) continue
      t.equal(reply.body.error, String(status))
      t.type(reply.body.message, 'string')
      t.equal(
        'auth_token' in reply.body,
        true,
        isDocumented ? 'an error repeats the token' : 'and so does this dialect'
      )
    }
  }
)

inBoth('8: A plus in the path is a plus', async (t, { call }) => {
  for (const written of ['+14155558921', '%2B14155558921', '4155558921']) {
    const { body } = await call({ method: 'GET', url: `${NUMBERS}/${written}`, token: 'demo-token' })
    t.equal(objectOf(body.data).id, '+14155558921', written)
  }
})

inBoth('9, 10: A filter takes a JSON list, and a list ignores unknown query keys', async (t, { call }) => {
  const states = encodeURIComponent('["in_service","port_in"]')
  const url = `${NUMBERS}?filter_state=${states}&_=1706702400000&paginate=false&blocks=1&country=US&hard=true&include_ports=false`
  const { status, body } = await call({ method: 'GET', url, token: 'demo-token' })
  t.equal(status, 200)
  t.same(Object.keys(objectOf(objectOf(body.data).numbers)).sort(), ['+14155234712', '+14155558921'])
})

inBoth('11, 12: A document can be sent back as it came, and keeps my own fields', async (t, { call, advance }) => {
  const token = 'demo-token'
  const data = { note: { deep: [1, { a: null }] }, ui_metadata: { ui: 'monster-ui' } }
  await call({ method: 'POST', url: OWN, token, body: { data, accept_charges: true, verb: 'POST', ui_metadata: {} } })
  const before = await call({ method: 'GET', url: OWN, token })
  advance(60)
  const after = await call({ method: 'POST', url: OWN, token, body: { ...before.body } })
  t.same(after.body.data, before.body.data)
  t.match(after.body.data, data)
})

inBoth('13: An address switches E911 on, and leaving it out switches it off', async (t, { call }, isDocumented) => {
  const token = 'demo-token'
  const e911 = { street_address: '116 Natoma St', locality: 'San Francisco', region: 'CA', postal_code: '94105' }
  const features = async () => {
    const [list, one] = [
      await call({ method: 'GET', url: NUMBERS, token }),
      await call({ method: 'GET', url: OWN, token })
    ]
    const { features, _read_only } = objectOf(one.body.data)
    const entry = objectOf(objectOf(objectOf(list.body.data).numbers)['+14155558921'])
    return [features, entry.features, isDocumented ? objectOf(_read_only).features : features]
  }
  await call({ method: 'POST', url: OWN, token, body: { data: { e911 } } })
  t.same(await features(), [['e911'], ['e911'], ['e911']])
  await call({ method: 'POST', url: OWN, token, body: { data: {} } })
  t.same(await features(), [undefined, [], undefined])
})

inBoth('14: A client accepts charges by sending the same request again', async (t, { call }) => {
  const request = { method: 'PUT', url: `${NUMBERS}/5005550402/activate`, token: 'demo-token' } as const
  await call({ method: 'GET', url: '/v2/phone_numbers?prefix=5005550402' })
  const first = await call({ ...request, body: { data: {} } })
  t.match(first, { status: 402, body: { error: '402', message: 'accept charges' } })
  t.equal(objectOf(objectOf(objectOf(first.body.data).phone_numbers).did).activation_charges, 1)
  const second = await call({ ...request, body: { data: {}, accept_charges: true } })
  t.match(second, { status: 201, body: { data: { state: 'in_service' } } })
})

inBoth('15: One login replaces an expired token', async (t, emulator, isDocumented) => {
  const call = { method: 'GET', url: NUMBERS } as const
  const token = await logIn(emulator)
  emulator.advance(3599)
  t.match(await withLogin(emulator, token, call), { reply: { status: 200 }, logins: 0 }, 'good to the last second')
  emulator.advance(1)
  const expired = await emulator.call({ ...call, token })
  t.equal(expired.status, 401)
  t.equal(expired.body.message, 'invalid credentials')
  t.same(expired.body.data, {})
  t.match(await withLogin(emulator, token, call), { reply: { status: 200 }, logins: 1 })
  t.match(await withLogin(emulator, 'undefined', call), { reply: { status: 200 }, logins: 1 }, 'and so is none at all')
  const search = { method: 'GET', url: '/v2/phone_numbers?prefix=415', token } as const
  t.equal((await emulator.call(search)).status, isDocumented ? 200 : 401, 'a stale one on a search')
  const anywhere = { method: 'GET', url: '/v2/bogus', token } as const
  t.equal((await emulator.call(anywhere)).status, isDocumented ? 404 : 401, 'a stale one where there is nothing')
  emulator.advance(90_000)
  await logIn(emulator)
  t.equal((await emulator.call({ ...call, token })).body.message, 'invalid credentials', 'long after')
})

inBoth('16: A collection of one is still a collection', async (t, { call, discover }, isDocumented) => {
  discover('+14152338397')
  const request = { method: 'PUT', url: `${NUMBERS}/collection/activate`, token: 'demo-token' } as const
  const good = await call({ ...request, body: { data: { numbers: ['+14152338397'] } } })
  t.same(Object.keys(objectOf(objectOf(good.body.data).success)), ['+14152338397'])
  const { status, body } = await call({ ...request, body: { data: { numbers: ['+14159990000'] } } })
  const failures = isDocumented ? body.data : objectOf(body.data).error
  t.same([status, Object.keys(objectOf(failures))], [isDocumented ? 400 : 201, ['+14159990000']])
})

inBoth(
  '17: A list is an object of numbers, with features as a list and times as whole numbers',
  async (t, { call, put }) => {
    put({ e164: '+14157770001', state: 'in_service', owner: ACCOUNTS.demo, usedBy: 'callflow' })
    const { body } = await call({ method: 'GET', url: NUMBERS, token: 'demo-token' })
    for (const [e164, entry] of Object.entries(objectOf(objectOf(body.data).numbers))) {
      const { features, state, assigned_to, created, updated, used_by } = objectOf(entry)
      t.match(e164, /^\+\d+$/)
      t.equal(Array.isArray(features), true)
      t.type(state, 'string')
      t.equal(assigned_to, ACCOUNTS.demo)
      t.same([Number.isInteger(created), Number.isInteger(updated)], [true, true])
      t.equal(used_by, e164 === '+14157770001' ? 'callflow' : undefined)
    }
    const none = await call({
      method: 'GET',
      url: `/v2/accounts/${ACCOUNTS.stranger}/phone_numbers`,
      token: 'stranger-token'
    })
    t.same(objectOf(none.body.data).numbers, {})
  }
)

inBoth(
  '18: A search within an account finds numbers to buy, however the prefix is written',
  async (t, { call }, isDocumented) => {
    const search = async (query: string) => {
      const url = `/v2/accounts/${ACCOUNTS.stranger}/phone_numbers?${query}`
      const { status, body } = await call({ method: 'GET', url, token: 'stranger-token' })
      return { status, numbers: Array.isArray(body.data) ? body.data.map((one) => objectOf(one).number) : body.data }
    }
    for (const prefix of isDocumented ? ['415', '415233', '%2B1415'] : ['415', '415233']) {
      const { status, numbers } = await search(`prefix=${prefix}&quantity=15&offset=0`)
      t.same([status, Array.isArray(numbers) && numbers.length], [200, 15], prefix)
    }
    t.same(await search('prefix=000&quantity=15'), { status: 200, numbers: [] }, 'and nothing is a list too')
  }
)

inBoth(
  "The reference implementation's own test sequence passes, from its second step on",
  async (t, { call }, isDocumented) => {
    const token = 'master-token'
    const numbers = `/v2/accounts/${ACCOUNTS.stranger}/phone_numbers`
    const listed = async () => {
      const { status, body } = await call({ method: 'GET', url: numbers, token })
      t.equal(status, 200)
      return Object.keys(objectOf(objectOf(body.data).numbers))
    }
    t.same(await listed(), [])
    const data = { accept_charges: true, carrier_name: 'knm_other' }
    const made = await call({ method: 'PUT', url: `${numbers}/+12345678901`, token, body: { data } })
    t.equal(made.status, 201)
    t.equal(objectOf(made.body.data).id, '+12345678901')
    t.same(await listed(), ['+12345678901'])
    const again = await call({ method: 'PUT', url: `${numbers}/+12345678901`, token, body: { data } })
    t.match(again.body, { error: '409', message: 'number_exists' })
    const gone = await call({ method: 'DELETE', url: `${numbers}/+12345678901`, token })
    t.same([gone.status, gone.body.status], [200, 'success'])
    t.same(await listed(), [])
    const read = await call({ method: 'GET', url: `${numbers}/+12345678901`, token })
    t.equal(read.body.error, isDocumented ? '404' : undefined, 'in the pool it shows in one dialect')
  }
)
