/** Patterns of requests: what they match, and what a verification that fails says. */
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { createEmulator, type RecordedRequest } from '../../src/library.js'
import { adminFor, NUMBERS, type Admin } from '../admin/admin-under-test.js'

/** Turns that a call takes at most until it is being served. */
const TURNS = 10

/** A journal with four requests, of which the last has a long URL. */
async function journalFor(...[test, flags]: Parameters<typeof adminFor>): Promise<Admin> {
  const it = await adminFor(test, flags)
  await it.api('GET', '/v2/phone_numbers?prefix=415')
  await it.api('PATCH', `${NUMBERS}/%2B14155234712`, { data: { tags: ['a', 'b'], size: 7, none: null } })
  await it.api('PATCH', `${NUMBERS}/%2B14155234712`, 'no JSON')
  await it.api('GET', `${NUMBERS}/%2B14155234712?${'x'.repeat(300)}`)
  return it
}

const PATCHED = '+14155234712'
const MATCHES: readonly [title: string, pattern: object, ids: string[]][] = [
  ['a path that finds something', { bodyPatterns: [{ matchesJsonPath: '$.data.tags' }] }, ['2']],
  ['a path that finds null', { bodyPatterns: [{ matchesJsonPath: '$.data.none' }] }, []],
  ['a path that finds nothing', { bodyPatterns: [{ matchesJsonPath: '$.data.nowhere' }] }, []],
  ['an item of a list', json('$.data.tags', { equalTo: 'b' }), ['2']],
  ['a list as a whole', json('$.data.tags', { equalToJson: ['a', 'b'] }), ['2']],
  ['a number as a text', json('$.data.size', { equalTo: '7' }), ['2']],
  ['nothing that is equal', json('$.data.tags', { equalTo: 'c' }), []],
  ['an absent value', json('$.data.nowhere', { absent: true }), ['1', '2', '3', '4']],
  ['a body that is there', { bodyPatterns: [{ absent: false }] }, ['2', '3']],
  ['no body', { bodyPatterns: [{ absent: true }] }, ['1', '4']],
  ['a body that lacks a text', { bodyPatterns: [{ doesNotContain: 'tags' }] }, ['1', '3', '4']],
  ['a part of the path', template('{number}', { number: { equalTo: PATCHED } }), ['2', '3', '4']],
  ['any part', template('{number}', {}), ['2', '3', '4']]
]

function json(expression: string, operators: object): object {
  return { bodyPatterns: [{ matchesJsonPath: { expression, ...operators } }] }
}

function template(part: string, pathParameters: object): object {
  return { urlPathTemplate: `${NUMBERS}/${part}`, pathParameters }
}

t.test('A pattern finds the requests that match', async (t) => {
  const { admin } = await journalFor(t)
  for (const [title, pattern, ids] of MATCHES) {
    const { status, body } = await admin('POST', '/requests/find', pattern)
    t.strictSame([status, (body.requests as { id: string }[]).map(({ id }) => id)], [200, ids], title)
  }
})

t.test('A verification that fails names the nearest requests, their long URLs cut', async (t) => {
  const { admin } = await journalFor(t)
  const wrong = { ...template('{number}', { number: { equalTo: PATCHED } }), method: 'PUT' }
  const { status, body } = await admin('POST', '/requests/verify', wrong)
  t.equal(status, 406)
  t.match(body.message, new RegExp(`GET ${NUMBERS}/%2B14155234712\\?x+…`))
  t.match(body.message, /→ patch success \(200\)/)
})

const LONG = { bodyPatterns: [{ matches: '[^x]*(?:ab|ba)*[^y]{0,90}z' }] }
const ORDERS: readonly [title: string, patterns: object[], status: number, says: string | RegExp, at?: string][] = [
  ['in that order', [{ operation: 'search' }, { operation: 'patch' }, { operation: 'patch' }], 202, ''],
  [
    'in another order',
    [{ operation: 'patch' }, { operation: 'search' }],
    406,
    /1\. .*: request 2\n.*: no request after 2/
  ],
  ['none of them', [{ operation: 'buy' }, { operation: 'search' }], 406, /: no request\n {2}2\. .*: not looked for\n/],
  ['what it lists', [{ operation: 'buy' }], 406, /but these came:\n {2}1\. GET .*: 200 search.success\n/],
  ['an expression that is none', [{}, { urlPattern: '(' }], 400, /missing closing \)/, '/in_order/1/urlPattern'],
  ['an expression that takes too long', [{}, LONG], 400, /takes too long/, '/in_order/1/bodyPatterns/0/matches']
]

t.test('I verify the order of requests', async (t) => {
  const it = await journalFor(t)
  await it.api('PATCH', `${NUMBERS}/%2B14155234712`, { data: { text: 'ab'.repeat(50_000) } })
  for (const [title, in_order, status, says, place = ''] of ORDERS) {
    const { status: found, body } = await it.admin('POST', '/requests/verify', { in_order })
    t.equal(found, status, title)
    t.match(body.message ?? '', says, title)
    t.equal(body.at ?? '', place, title)
  }
})

t.test('An order that is not met lists the last twenty requests, or says that there was none', async (t) => {
  const { admin, api } = await adminFor(t)
  const verify = async () =>
    (await admin('POST', '/requests/verify', { in_order: [{ operation: 'buy' }] })).body.message
  t.match(await verify(), /but there was no request$/)
  for (let i = 0; i < 22; i++) await api('GET', i === 0 ? '/nowhere' : NUMBERS)
  await api('POST', `${NUMBERS}/%2B14155234712`, { data: {} }, { prefer: 'code=418' })
  await api('GET', '/somewhere')
  await admin('POST', '/faults', { operation: 'list', fault: 'EMPTY_RESPONSE' })
  await api('GET', NUMBERS).catch(() => undefined)
  const message = await verify()
  t.match(message, /\(5 earlier\)/)
  t.match(message, /GET \/somewhere: 404 no route\n/)
  t.match(message, /: 0 list\.none$/)
  t.notMatch(message, /nowhere/)
})

t.test('The nearest request may have had no answer', async (t) => {
  const { admin, api } = await adminFor(t)
  await admin('POST', '/faults', { operation: 'list', fault: 'EMPTY_RESPONSE' })
  await api('GET', NUMBERS).catch(() => undefined)
  t.match((await admin('POST', '/requests/verify', { operation: 'buy' })).body.message, /→ list \(0\)/)
})

t.test('Lines of curl name the port of the API, and send a target as it came', async (t) => {
  await using emulator = await createEmulator({ adminPort: 0 })
  await emulator.inject({ url: '/v2/phone_numbers?prefix=415' })
  const sent = request(`${emulator.url}/`, { path: '/v2/phone_numbers?prefix=415#a' })
  await once(sent.end(), 'response')
  const lines = await emulator.requests.curl()
  t.match(lines, `'${emulator.url}/v2/phone_numbers?prefix=415'`)
  t.match(lines, `--request-target '/v2/phone_numbers?prefix=415#a' '${emulator.url}/'`)
})

t.test('Lines of curl name the host that I asked', async (t) => {
  const { app, call } = await adminFor(t)
  await call({ method: 'GET', url: NUMBERS })
  const { payload } = await app.inject({ url: '/__admin/requests?format=curl', headers: { host: 'localhost:8000' } })
  t.match(payload, `'http://localhost:8000${NUMBERS}'`)
})

t.test('A wait sees every request of a client that sends many at once', async (t) => {
  const { listen, admin } = await adminFor(t)
  const socket = connect(await listen(), '127.0.0.1')
  await once(socket, 'connect')
  const urls = Array.from({ length: 20 }, (_, i) => `${NUMBERS}/%2B14155234712?nth=${i}`)
  const pattern = { urlPattern: '.*nth=.*' }
  await admin('POST', '/requests/count', pattern)
  const waiting = admin('POST', '/requests/wait', { ...pattern, count: urls.length, timeout_ms: 600_000 })
  for (let turn = 0; turn < TURNS; turn++) await setImmediate()
  socket.resume().end(urls.map((url) => `GET ${url} HTTP/1.1\r\nhost: x\r\nx-auth-token: t\r\n\r\n`).join(''))
  const { status, body } = await waiting
  t.strictSame([status, (body.requests as RecordedRequest[]).map(({ request }) => request.url)], [200, urls])
})
