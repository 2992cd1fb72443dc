/**
 * Plain calls go past the framework, all others through it. Two emulators with the same seed get the same random requests,
 * one over sockets, where the short road begins, and one past the network, where there is only the long one.
 */
import { deepStrictEqual } from 'node:assert/strict'
import { Agent, request as open } from 'node:http'
import fc from 'fast-check'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { createEmulator, type Emulator } from '../src/emulator.js'
import type { App } from '../src/api/app-type.js'
import { readSettings, type Settings } from '../src/settings.js'
import { DEMO } from './emulator-under-test.js'

const CHILD = '95a764139933c2d583a5d299729b8f55'

interface Request {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD'
  url: string
  headers: Record<string, string>
}

interface Answer {
  status: number
  headers: Record<string, unknown>
  text: string
}

type Ask = (request: Request) => Promise<Answer>

/** An emulator whose answers depend on nothing but what it is asked, asked over the network or past it. */
async function seeded(t: Test, flags: Partial<Settings>): Promise<{ app: App; near: Ask; far: () => Promise<Ask> }> {
  const settings = { ...readSettings({}, {}), seed: 1, clock: Date.UTC(2026, 0, 1), ...flags }
  const emulator = await createEmulator(settings, pino({ level: 'silent' }))
  const app = emulator.app()
  t.teardown(emulator.close)
  return { app, near: (request) => past(app, request), far: () => over(t, emulator) }
}

async function past(app: App, { method, url, headers }: Request): Promise<Answer> {
  const answer = await app.inject({ method, url, headers: { 'user-agent': 'test', ...headers } })
  return { status: answer.statusCode, headers: lasting(answer.headers), text: answer.payload }
}

async function over(t: Test, { listen }: Emulator): Promise<Ask> {
  const port = await listen({ host: '127.0.0.1', port: 0 })
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => {
    agent.destroy()
  })
  let asked = 0
  return ({ method, url, headers }) =>
    new Promise((resolve, reject) => {
      const sent = { 'user-agent': 'test', host: 'localhost:80', connection: 'keep-alive', ...headers }
      // What has once been handed to Node's HTTP server stays with it: every other request begins anew.
      const way = asked++ % 2 === 0 ? false : agent
      open({ host: '127.0.0.1', port, agent: way, method, path: url, headers: sent }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({ status: Number(answer.statusCode), headers: lasting(answer.headers), text })
        })
      })
        .on('error', reject)
        .end()
    })
}

/** The headers but for those of the connection. */
function lasting({ date: _, connection, 'keep-alive': __, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return { ...rest, closes: connection === 'close' }
}

const TOKENS = ['token', 'admin-token', 'demo-token', '', 'undefined']
const ACCOUNTS = [DEMO, CHILD, 'f'.repeat(32), 'short']
const WRITTEN = ['%2B14152000001', '4152000002', '%2b14152000003', '+14152000004', '14155558920', '%252B14152000001']
const MAGIC = ['%2B15005550402', '%2B15005550429', '%2B15005550200']
const NOT_NUMBERS = ['collection', 'classifiers', 'x', '12', '%zz']

const account = fc.constantFrom(...ACCOUNTS)
const number = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...WRITTEN) },
  { weight: 1, arbitrary: fc.constantFrom(...MAGIC, ...NOT_NUMBERS) }
)
const searched = fc.constantFrom('415200000', '415', '%2B1415200000', '+1415', '2', '', 'x', '500555', '%20415')
const search = fc
  .record({ prefix: searched, quantity: fc.constantFrom('1', '3', 'x', ''), offset: fc.constantFrom('0', '1', '5000') })
  .map(({ prefix, quantity, offset }) => `?prefix=${prefix}&quantity=${quantity}&offset=${offset}`)
const queries = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  fc.constantFrom('?page_size=1', '?page_size=2&start_key=%2B14152000002', '?start_key=x', '?page_size=1&page_size=2'),
  fc.constantFrom('?pretty_print=true', '?jsonp=f', '?auth_token=token', '?filter_state=in_service', '?nonsense=1'),
  search
)
const inAccount = fc.tuple(account, queries).map(([id, query]) => `/accounts/${id}/phone_numbers${query}`)
const ofNumber = (rest: string) =>
  fc.tuple(account, number, queries).map(([id, one, query]) => `/accounts/${id}/phone_numbers/${one}${rest}${query}`)

/** Calls that have something to do, and others. */
const call = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constant('GET' as const),
      search.map((query) => `/phone_numbers${query}`)
    )
  },
  { weight: 2, arbitrary: fc.tuple(fc.constant('GET' as const), inAccount) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('GET' as const), ofNumber('')) },
  { weight: 3, arbitrary: fc.tuple(fc.constant('PUT' as const), ofNumber('/activate')) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('DELETE' as const), ofNumber('')) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('PUT', 'POST', 'HEAD', 'GET'), ofNumber('/reserve')) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('PUT', 'DELETE', 'HEAD'), inAccount) }
)
const extra = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  fc.constantFrom<Record<string, string>>(
    { prefer: 'example=forbidden' },
    { prefer: 'code=503' },
    { origin: 'http://example.com' },
    { accept: 'text/html' },
    { accept: 'application/json, text/plain, */*' },
    { 'x-request-id': 'mine' },
    { 'x-pretty-print': 'true' },
    { 'x-emulator-sandbox': 'a' },
    { authorization: 'Bearer token' },
    { 'content-type': 'application/json' },
    { 'access-control-request-method': 'PUT' }
  )
)
const requests: fc.Arbitrary<Request> = fc
  .tuple(call, fc.constantFrom(...TOKENS, ...TOKENS.slice(0, 1)), extra, fc.constantFrom('', '', '', '/sandboxes/b'))
  .map(([[method, path], token, more, prefix]) => ({
    method,
    url: `${prefix}/v2${path}`,
    headers: { ...(token === '' ? {} : { 'x-auth-token': token }), ...more }
  }))

/** What a journey has left behind, without the connection's own headers and the time of day. */
async function left(ask: Ask): Promise<unknown> {
  const about = async (path: string) =>
    JSON.parse((await ask({ method: 'GET', url: `/__admin/${path}`, headers: { host: 'localhost' } })).text) as unknown
  const { requests: entries } = (await about('requests')) as { requests: { request: Record<string, unknown> }[] }
  return {
    entries: entries.map(({ request, ...entry }) => {
      const { loggedDate, loggedDateString, headers, ...rest } = request
      const { connection: _, 'content-length': __, ...lasting } = headers as Record<string, string>
      return { ...entry, request: { ...rest, headers: lasting } }
    }),
    contract: await about('contract?sandboxes=all'),
    state: await about('state')
  }
}

const SETTINGS: [says: string, flags: Partial<Settings>][] = [
  ['as it is', {}],
  ['in the reference’s dialect', { dialect: 'kazoo-4.3' }],
  ['where strays are refused', { contract: 'strict' }],
  ['where nobody reads along', { contract: 'off', auth: 'off' }],
  ['where tokens are checked', { auth: 'strict', accounts: 'known' }],
  ['where a sandbox has to be named', { require_sandbox: true }],
  ['where numbers age', { aging_seconds: 10 }]
]

for (const [says, flags] of SETTINGS) {
  t.test(`a call is answered alike on both roads, ${says}`, async (t) => {
    const short = await seeded(t, flags)
    const long = await seeded(t, flags)
    const far = await short.far()
    const journey = fc.asyncProperty(fc.array(requests, { minLength: 10, maxLength: 30 }), async (steps) => {
      for (const { app } of [short, long]) {
        for (const name of ['', '/sandboxes/a', '/sandboxes/b']) await reset(app, name)
      }
      for (const step of steps) deepStrictEqual(await far(step), await long.near(step), JSON.stringify(step))
      deepStrictEqual(await left(short.near), await left(long.near))
    })
    await fc.assert(journey, { numRuns: 15 })
  })
}

async function reset(app: App, sandbox: string): Promise<void> {
  for (const [method, path] of [
    ['POST', 'reset'],
    ['DELETE', 'contract'],
    ['DELETE', 'requests']
  ] as const) {
    await app.inject({ method, url: `${sandbox}/__admin/${path}`, headers: { host: 'localhost' } })
  }
}

const NUMBER = `/v2/accounts/${DEMO}/phone_numbers/%2B14152000001`

/** Calls with what they need beforehand, and whether they go past the framework. */
const ROADS: [says: string, request: Partial<Request> & { url: string }, isShort: boolean][] = [
  ['a search', { url: '/v2/phone_numbers?prefix=415&quantity=2' }, true],
  ['a purchase', { method: 'PUT', url: `${NUMBER}/activate` }, true],
  ['what is bought already', { method: 'PUT', url: `${NUMBER}/activate` }, true],
  ['a purchase in another spelling', { method: 'PUT', url: `${NUMBER}/activate`.replace('%2B', '') }, true],
  ['a purchase with a query', { method: 'PUT', url: `${NUMBER}/activate?page_size=2` }, false],
  [
    'a purchase of too few digits',
    { method: 'PUT', url: `${NUMBER}/activate`.replace('14152000001', '1415200') },
    false
  ],
  ['a list', { url: `/v2/accounts/${DEMO}/phone_numbers?page_size=2` }, true],
  ['a number', { url: NUMBER }, true],
  ['a number with curl’s own headers', { url: NUMBER, headers: { accept: '*/*', 'user-agent': 'curl/8' } }, true],
  ['a number in a sandbox that has none', { url: `/sandboxes/c${NUMBER}` }, false],
  ['a number with a preference', { url: NUMBER, headers: { prefer: 'code=500' } }, false],
  ['a number from a page of another origin', { url: NUMBER, headers: { origin: 'http://example.com' } }, false],
  ['a number without a token', { url: NUMBER, headers: { 'x-auth-token': '' } }, false],
  ['a removal', { method: 'DELETE', url: NUMBER }, true],
  ['a removal of what is gone', { method: 'DELETE', url: NUMBER }, false],
  ['a magic number', { method: 'PUT', url: `/v2/accounts/${DEMO}/phone_numbers/%2B15005550200/activate` }, false],
  ['a purchase by another method', { url: `${NUMBER}/activate` }, false],
  ['a change', { method: 'PUT', url: NUMBER }, false],
  ['the classifiers', { url: `/v2/accounts/${DEMO}/phone_numbers/classifiers` }, false]
]

t.test('plain calls that succeed go past the framework, and no others', async (t) => {
  const { app, far } = await seeded(t, {})
  const met: string[] = []
  app.addHook('onRequest', (request, _reply, done) => {
    met.push(request.url)
    done()
  })
  const ask = await far()
  await ask({ method: 'GET', url: '/v2/phone_numbers?prefix=4152000001', headers: {} })
  for (const [says, request, isShort] of ROADS) {
    met.length = 0
    await ask({ method: 'GET', ...request, headers: { 'x-auth-token': 'token', ...request.headers } })
    t.equal(met.length === 0, isShort, says)
  }
})

t.test('who wants a line for each request gets one for each', async (t) => {
  const lines: string[] = []
  const settings = { ...readSettings({}, {}) }
  const emulator = await createEmulator(settings, pino({ level: 'info' }, { write: (line) => lines.push(line) }))
  t.teardown(emulator.close)
  const ask = await over(t, emulator)
  await ask({ method: 'GET', url: '/v2/phone_numbers?prefix=415', headers: {} })
  t.equal(lines.filter((line) => line.includes('answered')).length, 1)
})
