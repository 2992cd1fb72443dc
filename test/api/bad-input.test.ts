import t from 'tap'
import { DIALECT_NAMES } from '../../src/dialect.js'
import { isObject, type JsonValue } from '../../src/json.js'
import { ACCOUNTS } from '../harness/calls.js'
import { emulatorFor, type Subject } from '../harness/emulator-under-test.js'
import { NOON } from '../harness/play.js'

const BASE = `/v2/accounts/${ACCOUNTS.demo}/phone_numbers`
const OWN = `${BASE}/%2B14155558921`

/** Every route that reads a body. */
const ROUTES = [
  ['PUT', OWN],
  ['POST', OWN],
  ['PATCH', OWN],
  ['DELETE', OWN],
  ['PUT', `${OWN}/activate`],
  ['PUT', `${OWN}/reserve`],
  ['PUT', `${OWN}/port`],
  ['PUT', `${BASE}/collection`],
  ['POST', `${BASE}/collection`],
  ['PATCH', `${BASE}/collection`],
  ['DELETE', `${BASE}/collection`],
  ['PUT', `${BASE}/collection/activate`],
  ['POST', `${BASE}/collection/activate`],
  ['POST', `${BASE}/check`],
  ['POST', `${BASE}/locality`],
  ['POST', `${BASE}/fix`],
  ['POST', `${BASE}/fix/4155558921`],
  ['PUT', '/v2/api_auth'],
  ['PUT', '/v2/user_auth'],
  ['PUT', '/v2/phone_numbers/4155558921/reserve'],
  ['POST', `/v2/accounts/${ACCOUNTS.demo}`],
  ['POST', '/v2/bogus']
] as const

/** Bodies that no route takes, and the path of the rule that they break. */
const BROKEN: readonly (readonly [body: string, path: string])[] = [
  ['{', 'json'],
  ['{"data":{}', 'json'],
  ['[]', 'json'],
  ['"data"', 'json'],
  ['5', 'json'],
  ['null', 'json'],
  ['data={}', 'json'],
  ['\u0000', 'json'],
  ['{}', 'data'],
  ['{"data":null}', 'data'],
  ['{"data":5}', 'data'],
  ['{"data":"numbers"}', 'data'],
  ['{"data":true}', 'data'],
  [`{"data":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}`, 'json'],
  [`{"data":{"numbers":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`, 'json'],
  ['['.repeat(100_000), 'json']
]

/** Values that no field expects, for every field that a route knows. */
const VALUES: readonly JsonValue[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'x'.repeat(1000),
  [],
  [[]],
  [null],
  [''],
  {},
  { a: {} }
]
const FIELDS = [
  'numbers', 'id', 'state', 'features', 'create_with_state', 'carrier_name', 'used_by', 'accept_charges', 'auth_token',
  'verb', 'cnam', 'e911', 'prepend', 'failover', 'force_outbound', 'porting', 'port', 'api_key', 'credentials',
  'account_name', 'phone_number', 'constructor', 'hasOwnProperty', 'toString', '', '.', 'a.b'
] // prettier-ignore

/** All numbers of the store, to see whether a request has changed any. */
function numbersOf({ sandbox }: Subject): string {
  return JSON.stringify([...sandbox.store.numbers.all()])
}

for (const dialect of DIALECT_NAMES) {
  t.test(`Bad input is refused (${dialect})`, async (t) => {
    const emulator = await emulatorFor(t, { clock: NOON, dialect })

    await t.test(
      'A body that is not an envelope is a validation error on every route, and changes nothing',
      async (t) => {
        emulator.reset()
        const before = numbersOf(emulator)
        for (const [method, url] of ROUTES) {
          const seen: unknown[] = []
          for (const [body] of BROKEN) {
            const reply = await emulator.call({ method, url, body, token: 'master-token' })
            const { message, data } = reply.body
            seen.push([reply.status, message, isObject(data) ? Object.keys(data) : data])
          }
          const wanted = BROKEN.map(([, path]) => [400, 'validation error', [path]])
          t.same(seen, wanted, `${method} ${url}`)
        }
        t.equal(numbersOf(emulator), before)
      }
    )

    await t.test('A field of any value is answered in the envelope, and never crashes the emulator', async (t) => {
      for (const [i, [method, url]] of ROUTES.entries()) {
        emulator.reset()
        const crashes: unknown[] = []
        for (const [j, field] of FIELDS.entries()) {
          // Each field meets each value, though not on every route.
          for (const value of VALUES.slice((i + j) % VALUES.length).slice(0, 1)) {
            const data = { numbers: ['+14155558921'], api_key: '', credentials: '', [field]: value }
            const { status, body, text } = await emulator.call({ method, url, body: { data }, token: 'master-token' })
            const isPhonebook = body.message === 'could not get locality url'
            const isSound = body.status === (status < 300 ? 'success' : 'error')
            if (!isSound || (status >= 500 && status !== 501 && !isPhonebook)) crashes.push({ field, value, text })
          }
        }
        t.same(crashes, [], `${method} ${url}`)
      }
    })

    await t.test('__proto__ and constructor are fields like any other', async (t) => {
      emulator.reset()
      const body = '{"data":{"note":{"__proto__":{"x":1},"constructor":{"prototype":{"y":2}}},"__proto__":{"z":3}}}'
      const { status, text } = await emulator.call({ method: 'POST', url: OWN, body, token: 'demo-token' })
      t.equal(status, 200)
      t.match(text, '"note":{"__proto__":{"x":1},"constructor":{"prototype":{"y":2}}}')
      t.notMatch(text, '"z"')
      t.equal(Object.hasOwn(Object.prototype, 'x') || Object.hasOwn(Object.prototype, 'y'), false)
      const patch = '{"data":{"note":{"__proto__":null}}}'
      const patched = await emulator.call({ method: 'PATCH', url: OWN, body: patch, token: 'demo-token' })
      t.match(patched.text, '"note":{"constructor":')
    })

    await t.test('A document of sixty levels is merged, one of a hundred is refused', async (t) => {
      emulator.reset()
      const nested = (levels: number, leaf: string) => `${'{"a":'.repeat(levels)}${leaf}${'}'.repeat(levels)}`
      const patch = (levels: number, leaf: string) =>
        emulator.call({ method: 'PATCH', url: OWN, body: `{"data":${nested(levels, leaf)}}`, token: 'demo-token' })
      t.equal((await patch(60, '{"b":1}')).status, 200)
      const merged = await patch(60, '{"c":2}')
      t.equal(merged.status, 200)
      t.match(merged.text, nested(60, '{"b":1,"c":2}').slice(1, -1))
      t.match(await patch(100, '1'), { status: 400, body: { message: 'validation error' } })
      t.match((await emulator.call({ method: 'GET', url: OWN, token: 'demo-token' })).text, '{"b":1,"c":2}')
    })

    await t.test('A malformed number in the path is refused', async (t) => {
      for (const number of [
        '%00',
        '%FF',
        '%',
        '%2',
        '..%2f',
        '%F0%9F%98%80',
        '+'.repeat(50),
        '1'.repeat(900),
        '1'.repeat(5000),
        '%0a'
      ]) {
        for (const [method, path] of [
          ['GET', ''],
          ['PUT', '/activate'],
          ['DELETE', ''],
          ['GET', '/identify']
        ] as const) {
          const { status, body } = await emulator.call({ method, url: `${BASE}/${number}${path}`, token: 'demo-token' })
          const isRefused = status >= 400 && status < 500 && body.status === 'error' && body.error === String(status)
          t.ok(isRefused, `${method} ${number.slice(0, 20)}${path}: ${status}`)
        }
      }
    })

    await t.test('A collection may have ten thousand numbers', async (t) => {
      emulator.reset()
      const numbers = Array.from({ length: 10_000 }, (_, i) => `+1415${String(7_000_000 + i)}`)
      const url = `${BASE}/collection`
      for (const [method, status] of [
        ['PUT', 201],
        ['PATCH', 200],
        ['DELETE', 200]
      ] as const) {
        const reply = await emulator.call({ method, url, body: { data: { numbers, note: 1 } }, token: 'demo-token' })
        t.equal(reply.status, status, method)
        const { success } = isObject(reply.body.data) ? reply.body.data : {}
        t.equal(Object.keys(isObject(success) ? success : {}).length, numbers.length)
      }
      const doubled = [...numbers.slice(1), ...numbers.slice(-1)]
      const twice = await emulator.call({
        method: 'PUT',
        url,
        body: { data: { numbers: doubled } },
        token: 'demo-token'
      })
      t.match(twice, { status: 400, body: { data: { numbers: { uniqueItems: {} } } } })
    })
  })
}
