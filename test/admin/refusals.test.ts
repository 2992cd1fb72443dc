/** What a test that fails prints: which call, where it is wrong, the value there, and what would be right or came instead. */
import { createServer } from 'node:http'
import t from 'tap'
import { causeOf } from '../../src/text/cause.js'
import { adminClient, AdminError, createEmulator, UsageError, type AdminClient } from '../../src/library.js'
import { adminErrorOf } from '../harness/admin-error.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { listenFor } from '../harness/listen.js'

type Fault = Parameters<AdminClient['faults']['add']>[0]
const wrong = (value: object) => value as Fault
const none = (value: unknown) => value as never

/** Wrong calls, and the text of their errors. */
const REFUSALS: readonly [sentence: string, act: (admin: AdminClient) => Promise<unknown>, text: string | RegExp][] = [
  [
    'An operation that I misspell is named with what I may have meant',
    ({ faults }) => faults.add(wrong({ operation: 'bye', outcome: 'carrier_fault' })),
    'POST /__admin/faults /operation: "bye" is no operation; did you mean "buy"?'
  ],
  [
    'A field that I misspell is named with what I may have meant',
    ({ faults }) => faults.add(wrong({ statuz: 500 })),
    'POST /__admin/faults /statuz: is no field here; did you mean "status"?'
  ],
  [
    'All that is wrong with a body is said at once',
    ({ faults }) => faults.add(wrong({ status: '500', times: 0, delay: 1 })),
    /^POST \/__admin\/faults \/delay: is no field .*\n \/status: "500" must be a whole number\n \/times: 0 must be at least 1$/
  ],
  [
    'A body that is wrong as a whole, too, is named',
    ({ faults }) => faults.add(wrong({ operation: 'bye' })),
    /mean "buy"\?\n the body: does nothing: give an outcome, /
  ],
  [
    'All rules of a list that are wrong are said at once',
    ({ faults }) => faults.replace([wrong({ operation: 'bye', status: 418 }), { status: 500 }, wrong({ status: 1 })]),
    /\/faults\/0\/operation: "bye" is .*\n \/faults\/0\/status: 418 must be one of .*\n \/faults\/2\/status: 1 must be/
  ],
  [
    'A value behind a list is shown',
    ({ numbers }) => numbers.put([{ e164: '+14155550142', state: none('sold') }]),
    /^POST \/__admin\/numbers \/0\/state: "sold" must be /
  ],
  [
    'A long value is cut',
    ({ clock }) => clock.set('x'.repeat(200)),
    /^PUT \/__admin\/clock \/now: "x{79}… must be a time such as 2024-01-31T12:00:00Z$/
  ],
  [
    'An object is not shown',
    ({ state }) => state.put({ numbers: none({}) }),
    'PUT /__admin/state /numbers: must be a list'
  ],
  [
    'A place that my body does not have has no value',
    ({ clock }) => clock.set(none(undefined)),
    'PUT /__admin/clock: must have at least one of now, rate'
  ],
  [
    'A thing that is not there is named',
    ({ snapshots }) => snapshots.restore('none'),
    /^POST \/__admin\/snapshots\/none: there is no /
  ],
  [
    'A wait in vain says what it was for and what came instead',
    ({ requests }) => requests.wait({ operation: 'search', method: 'PUT' }, { timeout_ms: 0 }),
    'POST /__admin/requests/wait: waited up to 0 ms for 1 request like {"operation":"search","method":"PUT"} but was 0; ' +
      `the nearest requests: GET /v2/phone_numbers?prefix=415 → search success (200), GET /nowhere?${'x'.repeat(191)}… ` +
      `→ no route not_found (404), GET /v2/accounts/${DEMO}/phone_numbers → list success (200)`
  ],
  [
    'A wait without a limit of its own says the usual one',
    ({ requests }) => requests.verify({ operation: 'buy' }, { exactly: 1 }),
    /expected exactly 1 request like \{"operation":"buy"\} but was 0; the nearest requests: /
  ]
]

t.test('The error of a wrong call explains itself', async (t) => {
  await using emulator = await createEmulator()
  const headers = { 'x-auth-token': 'demo-token' }
  await emulator.inject({ url: '/v2/phone_numbers?prefix=415', headers })
  await emulator.inject({ url: `/v2/accounts/${DEMO}/phone_numbers`, headers })
  await emulator.inject({ url: `/nowhere?${'x'.repeat(300)}`, headers })
  for (const admin of [emulator, adminClient(emulator.url)]) {
    for (const [sentence, act, text] of REFUSALS) {
      const error = await adminErrorOf(act(admin))
      t.match(error.message, text, sentence)
    }
  }
})

t.test('A token in a URL is not repeated', async (t) => {
  await using emulator = await createEmulator()
  await emulator.inject({ url: '/v2/phone_numbers?prefix=415&auth_token=secret-of-mine' })
  const { message } = await adminErrorOf(emulator.requests.verify({ operation: 'buy' }))
  t.match(message, /nearest requests: GET .*redacted/)
  t.notMatch(message, /secret-of-mine/)
})

t.test('A list of problems has an end', async (t) => {
  await using emulator = await createEmulator()
  const rules = Array.from({ length: 60 }, () => wrong({ statuz: 1 }))
  const error = await adminErrorOf(emulator.faults.replace(rules))
  t.equal(error.problems.length, 50)
  const unknown = Array.from({ length: 60 }, () => ({ status: 418 }))
  t.equal((await adminErrorOf(emulator.faults.replace(unknown))).problems.length, 50)
})

t.test('An emulator that is gone is named with its URL and the cause', async (t) => {
  const emulator = await createEmulator()
  await emulator.close()
  const error = await adminErrorOf(adminClient(emulator.url).reset())
  t.match(error, { status: 0, message: `POST /__admin/reset: no emulator answers at ${emulator.url}: ` })
  t.match(error.message, /ECONNREFUSED/)
  t.match(await adminErrorOf(adminClient('http://127.0.0.1:1').reset()), { status: 0, message: /bad port/ })
})

t.test('A server that is no emulator is named, whatever it answers', async (t) => {
  for (const body of ['<html>', '{"count":3,"status":"ok"}']) {
    const server = createServer((_request, response) => response.end(body))
    const url = `http://127.0.0.1:${await listenFor(t, server)}`
    const answered = `${url} is no emulator: it answered with status 200 and no header X-Emulator`
    const client = adminClient(url)
    for (const [call, path] of [
      [() => client.reset(), 'POST /__admin/reset'],
      [() => client.requests.count(), 'POST /__admin/requests/count'],
      [() => client.requests.har(), 'GET /__admin/requests?format=har']
    ] as const) {
      t.match(await adminErrorOf(call()), { status: 0, message: `${path}: ${answered}` })
    }
  }
})

t.test('The URL of a sandbox leads to it', async (t) => {
  await using emulator = await createEmulator()
  for (const url of [`${emulator.url}/sandboxes/w-1`, `${emulator.url}/sandboxes/w-1/`]) {
    await adminClient(url).faults.add({ status: 500 })
  }
  t.equal((await emulator.faults.list()).length, 0)
  t.equal((await emulator.sandbox('w-1').faults.list()).length, 2)
  t.equal((await adminClient(`${emulator.url}/`).faults.list()).length, 0)
})

t.test('A URL that leads nowhere is refused before the first call', async (t) => {
  const refusals: readonly [url: unknown, message: RegExp][] = [
    [
      'http://127.0.0.1:8000/v2',
      /"http:\/\/127.0.0.1:8000\/v2" names a part of the API; leave off everything from \/v2/
    ],
    ['http://127.0.0.1:8000/sandboxes/a/v2/', /names a part of the API/],
    ['http://127.0.0.1:8000/__admin', /names a part of the API/],
    ['http://127.0.0.1:8000/emulator', /is not a base URL such as http:/],
    ['http://127.0.0.1:8000?a=1', /is not a base URL/],
    ['http://127.0.0.1:8000#a', /is not a base URL/],
    ['127.0.0.1:8000', /is not a base URL/],
    ['ftp://127.0.0.1', /is not a base URL/],
    [undefined, /adminClient: undefined is not a base URL/]
  ]
  for (const [url, message] of refusals) {
    t.throws(() => adminClient(url as string), UsageError, String(url))
    t.throws(() => adminClient(url as string), { message }, String(url))
  }
})

t.test('A sandbox without a name is refused', async (t) => {
  const admin = adminClient('http://127.0.0.1:8000')
  for (const name of [undefined, '', null] as unknown[]) {
    t.throws(() => admin.sandbox(name as string), { name: 'UsageError', message: /is no name; give 1 to 64 letters/ })
  }
})

t.test('An error says what is known of its cause', async (t) => {
  const refused = Object.assign(new Error(''), { code: 'ECONNREFUSED' })
  for (const [error, text] of [
    [new Error('gone'), 'gone'],
    [new TypeError('fetch failed', { cause: refused }), 'ECONNREFUSED'],
    [new TypeError('fetch failed', { cause: Object.assign(new Error('EPIPE'), { code: 'EPIPE' }) }), 'EPIPE']
  ] as const) {
    t.equal(causeOf(error), text)
  }
  t.equal(new AdminError(0, 'gone', []).at, '')
})
