/** What a client sees of the connection itself: whatever it sends first, the answer wears the envelope. */
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { createEmulator, type Emulator } from '../../src/emulator.js'
import { readSettings, type Settings } from '../../src/settings.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { exchange } from '../harness/raw-connection.js'

interface Started extends Emulator {
  port: number
  lines: string[]
}

async function start(t: Test, settings: Partial<Settings> = {}, host = '127.0.0.1'): Promise<Started> {
  const lines: string[] = []
  const logger = pino({ level: settings.log_level ?? 'warn' }, { write: (line) => lines.push(line) })
  const emulator = await createEmulator({ ...readSettings({}, {}), ...settings }, logger)
  t.teardown(emulator.close)
  return { ...emulator, lines, port: await emulator.listen({ host, port: 0 }) }
}

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const SEARCH = 'GET /v2/phone_numbers?prefix=415&quantity=2'
const CLASSIFIERS = `GET ${NUMBERS}/classifiers`

const request = (line: string, ...headers: string[]) =>
  [`${line} HTTP/1.1`, 'host: localhost', 'connection: close', ...headers, '', ''].join('\r\n')

const FIRST: [title: string, bytes: string, status: number, text: RegExp][] = [
  ['a search', request(SEARCH), 200, /"status":"success"\}$/],
  ['a search that wants its answer indented', request(SEARCH, 'x-pretty-print: true'), 200, /"status": "success"/],
  ['a call with a token', request(CLASSIFIERS, 'x-auth-token: token'), 200, /"status":"success"\}$/],
  ['a method that the path does not have', request(CLASSIFIERS.replace('GET', 'DELETE')), 405, /"status":"error"\}$/],
  ['an unknown path', request('GET /nothing'), 404, /"status":"error"\}$/],
  ['a question to the admin API', request('GET /__admin/ready'), 200, /ready/],
  ['a HEAD', request('HEAD /v2/phone_numbers?prefix=415'), 405, /^$/],
  ['something that is not HTTP', 'nonsense\r\n\r\n', 400, /"message":"parse_error"/],
  ['headers beyond all measure', request(SEARCH, `x: ${'x'.repeat(20_000)}`), 431, /"status":"error"\}$/],
  ['an unknown Expect', request(SEARCH, 'expect: nonsense'), 200, /"status":"success"\}$/],
  ['a request without a Host', `${SEARCH} HTTP/1.1\r\nconnection: close\r\n\r\n`, 200, /"status":"success"\}$/]
]

for (const [title, bytes, status, text] of FIRST) {
  t.test(`The first request may be ${title}`, async (t) => {
    const { port } = await start(t)
    const answer = await exchange(port, bytes)
    t.equal(answer.status, status)
    t.match(answer.text, text)
  })
}

for (const settings of [{}, { log_level: 'info' }, { contract: 'off' }, { rate_limit: true }] as const) {
  t.test(`Pipelined requests are carried out in their order (${JSON.stringify(settings)})`, async (t) => {
    const { port } = await start(t, settings)
    await exchange(port, request(SEARCH))
    const number = `${NUMBERS}/%2B14152338421`
    const calls = [`PUT ${number}/activate`, `GET ${number}`, `DELETE ${number}`, `GET ${number}`]
    const socket = connect(port, '127.0.0.1')
    let received = ''
    socket.setEncoding('utf8').on('data', (text: string) => (received += text))
    socket.end(calls.map((line) => `${line} HTTP/1.1\r\nhost: localhost\r\nx-auth-token: t\r\n\r\n`).join(''))
    await once(socket, 'close')
    t.same(received.match(/(?<=HTTP\/1\.1 )\d{3}/g), ['201', '200', '200', '404'])
  })
}

t.test('Half a request, and then nothing, is answered 408 in the envelope', async (t) => {
  const { port, app } = await start(t)
  t.equal(app.server.requestTimeout, 60_000)
  app.server.requestTimeout = 100
  app.server.headersTimeout = 100
  const answer = await exchange(port, `${SEARCH} HTTP/1.1\r\nhost: loc`)
  t.equal(answer.status, 408)
  t.match(answer.body, { error: '408', message: 'request_timeout', status: 'error' })
  t.equal(answer.headers['content-type'], 'application/json')
})

t.test('An emulator may be closed before it has listened or been asked anything', async (t) => {
  const { close } = await createEmulator(readSettings({}, {}), pino({ level: 'silent' }))
  await t.resolves(close())
  const { close: stop, port } = await start(t)
  await t.resolves(stop())
  t.equal((await exchange(port, request(SEARCH))).status, 0, 'the port is closed')
})

t.test('A client that stays connected does not keep the emulator from closing', async (t) => {
  const { close, port } = await start(t)
  const socket = connect(port, '127.0.0.1')
  socket.write(`${SEARCH} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
  await once(socket, 'data')
  const closed = once(socket, 'close')
  await close()
  await closed
})

t.test('The log says where the emulator listens', async (t) => {
  const { lines, port } = await start(t, { log_level: 'info' })
  t.ok(lines.some((line) => line.includes(`:${port}`)))
})

t.test('localhost is served under each address that the machine has for it', async (t) => {
  const { app, port } = await start(t, {}, 'localhost')
  for (const { address, family } of app.addresses() as AddressInfo[]) {
    const host = family === 'IPv6' ? `[${address}]` : address
    const { status } = await fetch(`http://${host}:${port}/v2/phone_numbers?prefix=415`)
    t.equal(status, 200, address)
  }
})
