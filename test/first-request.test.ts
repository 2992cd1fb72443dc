/** The framework is made for the first request that needs it. Whichever comes first, it is answered as any other. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { createEmulator, type Emulator } from '../src/emulator.js'
import { listenOn } from '../src/http/listening.js'
import { readSettings, type Settings } from '../src/settings.js'
import { exchange } from './raw-connection.js'

interface Started extends Emulator {
  port: number
  /** What it has logged. */
  lines: string[]
}

/** An emulator that listens and has been asked nothing. */
async function started(t: Test, flags: Partial<Settings> = {}, host = '127.0.0.1'): Promise<Started> {
  const lines: string[] = []
  const logger = pino({ level: flags.log_level ?? 'warn' }, { write: (line) => lines.push(line) })
  const emulator = await createEmulator({ ...readSettings({}, {}), ...flags }, logger)
  t.teardown(emulator.close)
  return { ...emulator, lines, port: await emulator.listen({ host, port: 0 }) }
}

const asked = (line: string, ...headers: string[]) =>
  [`${line} HTTP/1.1`, 'host: localhost', 'connection: close', ...headers, '', ''].join('\r\n')
const SEARCH = 'GET /v2/phone_numbers?prefix=415&quantity=2'
const LONG = 'GET /v2/accounts/d0c0ffeed0c0ffeed0c0ffeed0c0ffee/phone_numbers/classifiers'

const FIRST: [says: string, bytes: string, status: number, found: RegExp][] = [
  ['a plain search', asked(SEARCH), 200, /"status":"success"\}$/],
  ['a search that asks for more', asked(SEARCH, 'x-pretty-print: true'), 200, /"status": "success"/],
  ['a call that is none of the plain ones', asked(LONG, 'x-auth-token: token'), 200, /"status":"success"\}$/],
  ['a method that it does not have', asked(LONG.replace('GET', 'DELETE')), 405, /"status":"error"\}$/],
  ['a path that there is not', asked('GET /nothing'), 404, /"status":"error"\}$/],
  ['a question of the admin API', asked('GET /__admin/ready'), 200, /ready/],
  ['a HEAD', asked('HEAD /v2/phone_numbers?prefix=415'), 405, /^$/],
  ['something that is not HTTP', 'nonsense\r\n\r\n', 400, /"message":"parse_error"/],
  ['headers beyond all measure', asked(SEARCH, `x: ${'x'.repeat(20_000)}`), 431, /"status":"error"\}$/],
  ['an Expect that nobody knows', asked(SEARCH, 'expect: nonsense'), 200, /"status":"success"\}$/],
  ['no Host', `${SEARCH} HTTP/1.1\r\nconnection: close\r\n\r\n`, 200, /"status":"success"\}$/]
]

for (const [says, bytes, status, found] of FIRST) {
  t.test(`${says} may be the first request of all`, async (t) => {
    const { port } = await started(t)
    const answer = await exchange(port, bytes)
    t.equal(answer.status, status)
    t.match(answer.text, found)
  })
}

t.test('a first search is answered alike in the dialect of the reference', async (t) => {
  const { port } = await started(t, { dialect: 'kazoo-4.3' })
  const [first, second] = [await exchange(port, asked(SEARCH)), await exchange(port, asked(SEARCH))]
  t.equal(first.status, 200)
  t.same(first.body.data, second.body.data)
})

t.test('those that come while the framework is made wait for it, and are heard in their order', async (t) => {
  const { port, sandboxes } = await started(t)
  const calls = [LONG, SEARCH, LONG]
  const beside = exchange(port, asked('GET /nothing'))
  const together = connect(port, '127.0.0.1').resume()
  together.end(calls.map((line) => `${line} HTTP/1.1\r\nhost: localhost\r\n\r\n`).join(''))
  t.equal((await beside).status, 404)
  await once(together, 'close')
  const heard = sandboxes.default.journal.entries().map(({ method, url }) => `${method} ${url}`)
  t.same(
    heard.filter((call) => call !== 'GET /nothing'),
    calls.toReversed()
  )
})

t.test('a framework that cannot be made is told of in the envelope and in the log', async (t) => {
  const { port, app, lines } = await started(t)
  app().register(() => Promise.reject(new Error('broken on purpose')))
  t.equal((await exchange(port, asked(SEARCH))).status, 200, 'who does not need it does not mind')
  for (const id of ['first', 'second']) {
    const answer = await exchange(port, asked(LONG, `x-request-id: ${id}`))
    t.equal(answer.status, 500)
    t.match(answer.body, { message: 'unspecified_fault', request_id: id, status: 'error' })
    t.equal(answer.headers['x-request-id'], id)
  }
  t.equal(lines.filter((line) => line.includes('broken on purpose')).length, 2)
})

t.test('an emulator may be closed before it was asked anything, or has listened', async (t) => {
  const { close } = await createEmulator(readSettings({}, {}), pino({ level: 'silent' }))
  await t.resolves(close())
  const { close: stop, port } = await started(t)
  await t.resolves(stop())
  t.equal((await exchange(port, asked(SEARCH))).status, 0, 'nobody is there any more')
})

t.test('a client that stays connected keeps nobody from closing', async (t) => {
  const { close, port } = await started(t)
  const socket = connect(port, '127.0.0.1')
  socket.write(`${SEARCH} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
  await once(socket, 'data')
  const gone = once(socket, 'close')
  await close()
  await gone
})

t.test('who wants to read of it reads where the emulator listens', async (t) => {
  const { lines, port } = await started(t, { log_level: 'info' })
  t.ok(lines.some((line) => line.includes(`port ${port}`)))
})

t.test('localhost is listened on', async (t) => {
  const { port } = await started(t, {}, 'localhost')
  const { status } = await fetch(`http://localhost:${port}/v2/phone_numbers?prefix=415`)
  t.equal(status, 200)
})

t.test('localhost is listened on under each address that it has, and under no other', async (t) => {
  const servers: Server[] = []
  const another = () => {
    const server = createServer()
    servers.push(server)
    return server
  }
  t.teardown(() => {
    for (const server of servers) server.close()
  })
  // The last is set aside for documents, and so no machine has it.
  const addresses = ['127.0.0.1', '::1', '127.0.0.2', '192.0.2.1'].map((address) => ({ address }))
  const listening = await listenOn(another, { host: 'localhost', port: 0 }, () => Promise.resolve(addresses))
  const places = listening.map((server) => server.address() as AddressInfo)
  t.ok(places.length >= 2)
  t.equal(new Set(places.map(({ address }) => address)).size, places.length)
  t.equal(new Set(places.map(({ port }) => port)).size, 1)
  t.notOk(places.some(({ address }) => address === '192.0.2.1'))
  const { port } = places[0] ?? { port: 0 }
  await t.rejects(listenOn(another, { host: '127.0.0.1', port }), { code: 'EADDRINUSE' })
})
