/** Sends bytes over a connection: whatever they are, the answer comes in the envelope. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { composeEmulator } from '../../src/emulator.js'
import { createEmulator } from '../../src/library.js'
import { readSettings } from '../../src/text/read-settings.js'
import { checkEnvelope, numbersIn } from '../harness/answer.js'
import { buy, numbersOf, search, STRANGER, TOKEN } from '../harness/calls.js'
import { emulatorFor, type Subject } from '../harness/emulator-under-test.js'
import { storedNumbers } from '../harness/play.js'
import { sendBytes, type RawReply } from '../harness/raw-connection.js'
import { WIRE_CASES } from './wire.cases.js'
import { stillHangs, start, NUMBERS, request, SEARCH } from './started.js'

const FIRST_FAILURE = 400

const OK = 200

async function listening(t: Test): Promise<Subject & { port: number }> {
  const subject = await emulatorFor(t)
  return { ...subject, port: await subject.listen() }
}

t.test('Any bytes are answered in the envelope', async (t) => {
  const subject = await listening(t)
  for (const { title, bytes, status, message } of WIRE_CASES) {
    await t.test(title, async (t) => {
      subject.reset()
      const before = await storedNumbers(subject)
      const reply = await sendBytes(subject.port, bytes)
      t.equal(reply.status, status, `it answers ${status}`)
      checkEnvelope(t, reply, OK)
      if (message !== undefined) t.equal(reply.body.message, message, 'the message')
      if (status >= FIRST_FAILURE) t.strictSame(await storedNumbers(subject), before, 'a refusal changes nothing')
    })
  }
})

const HAS_IPV6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1')
)

t.test('Any bytes are answered at ::1 too, where the emulator listens on localhost', { skip: !HAS_IPV6 }, async (t) => {
  const emulator = await createEmulator({ host: 'localhost', port: 0, adminPort: 0 })
  t.teardown(() => emulator.close())
  const port = Number(new URL(emulator.url).port)
  for (const { title, bytes, status } of WIRE_CASES) {
    await emulator.reset()
    const reply = await sendBytes(port, bytes, 'stays', '::1')
    t.equal(reply.status, status, `${title}: ${status}`)
    checkEnvelope(t, reply, OK)
  }
})

t.test('A port that is taken at ::1 is refused', { skip: !HAS_IPV6 }, async (t) => {
  const other = createServer().listen(0, '::1')
  await once(other, 'listening')
  t.teardown(() => other.close())
  const { port } = other.address() as AddressInfo
  await t.rejects(createEmulator({ host: 'localhost', port }), {
    name: 'UsageError',
    message: /port \d+ of localhost is taken/
  })
})

t.test('A POST that names another verb closes the connection if its client wants that', async (t) => {
  const { port } = await listening(t)
  const line = `POST ${numbersOf()}/%2B14155558921?verb=PATCH HTTP/1.1`
  const { headers } = await sendBytes(port, `${line}\r\nHost: x\r\nConnection: close\r\nX-Auth-Token: x\r\n\r\n`)
  t.equal(headers.Connection, 'close')
})

t.test('HEAD is refused without a body', async (t) => {
  const { port } = await listening(t)
  const { status, text } = await sendBytes(port, 'HEAD /v2/phone_numbers HTTP/1.1\r\nConnection: close\r\n\r\n')
  t.equal(status, 405)
  t.equal(text, '')
})

t.test('A client that leaves in the middle of its body changes nothing', async (t) => {
  const subject = await listening(t)
  const before = await storedNumbers(subject)
  const head = `POST ${numbersOf()}/+14155558921 HTTP/1.1\r\nHost: x\r\nX-Auth-Token: x\r\nContent-Length: 100\r\n\r\n`
  await sendBytes(subject.port, `${head}{"data":{"team":`, 'leaves')
  t.strictSame(await storedNumbers(subject), before)
})

t.test('0599 closes the connection without an answer', async (t) => {
  const subject = await listening(t)
  await subject.call(search('500', 20))
  for (const path of ['%2B15005550599/activate', 'collection/activate']) {
    const body = JSON.stringify({ data: { numbers: ['+15005550599', '+15005550200'] } })
    const head = `PUT ${numbersOf()}/${path} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${TOKEN}\r\nContent-Length: ${body.length}`
    t.equal((await sendBytes(subject.port, `${head}\r\n\r\n${body}`)).status, 0, `${path} answers nothing`)
  }
  const { body } = await subject.call({ method: 'GET', url: `${numbersOf()}?prefix=500555&quantity=20`, token: TOKEN })
  t.notMatch(JSON.stringify(body.data), 'in_service', 'nothing is bought')
})

t.test('0598 is bought, and the connection closes without an answer', async (t) => {
  const subject = await listening(t)
  const call = (line: string, body = '') =>
    sendBytes(
      subject.port,
      `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Auth-Token: ${TOKEN}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    )
  const number = `${numbersOf()}/%2B15005550598`
  const numbers = ['+15005550598', '+15005550200']
  const purchases: [path: string, body: string][] = [
    [`${number}/activate`, ''],
    [`${numbersOf()}/collection/activate`, JSON.stringify({ data: { numbers } })]
  ]
  for (const [path, body] of purchases) {
    subject.reset()
    t.equal((await call(`PUT ${path}`, body)).status, 0, `${path} answers nothing`)
    t.match(await call(`GET ${number}`), { status: 200, body: { data: { state: 'in_service' } } }, 'it is bought')
    const { text } = await subject.call({ method: 'GET', url: '/__admin/requests' })
    t.match(
      text,
      /"outcome":"success","fault":"answer_lost","fault_phase":"after","answered":null/,
      'the journal has both'
    )
    t.match(text, /"changes":\[\{"e164":"\+15005550598","from":null,"to":"in_service"\}/, 'and what it changed')
    t.equal((await call(`PUT ${path}`, body)).status, 201, 'the account has it: the client that asks again is answered')
  }
})

t.test('0504 answers nothing until the emulator is reset', async (t) => {
  const subject = await emulatorFor(t)
  await subject.call(search('500', 20))
  const hanging = subject.call(buy('+15005550504'))
  t.ok(await stillHangs(subject, hanging), 'others are served meanwhile')
  await subject.call({ method: 'POST', url: '/__admin/reset' })
  checkEnvelope(t, await hanging, 201)
  const list = await subject.call({ method: 'GET', url: numbersOf(), token: TOKEN })
  t.equal(numbersIn(list.body).length, 3, 'it buys nothing in the world after')
})

t.test('0504 does not keep the emulator from closing', async (t) => {
  let hanging: Promise<RawReply> | undefined
  await t.test('while it hangs', async (t) => {
    const subject = await listening(t)
    await subject.call(search('500', 20))
    const head = `PUT ${numbersOf(STRANGER)}/+15005550504/activate HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${TOKEN}\r\n\r\n`
    hanging = sendBytes(subject.port, head)
    t.ok(await stillHangs(subject, hanging))
  })
  // The emulator is closed by now: the connection ends, with or without the answer.
  t.ok(await hanging)
})

const CLASSIFIERS = `GET ${NUMBERS}/classifiers`

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
    const answer = await sendBytes(port, bytes)
    t.equal(answer.status, status)
    t.match(answer.text, text)
  })
}

t.test('A body that is too large is refused before it is asked for, and any other is asked for', async (t) => {
  const { port } = await start(t)
  const head = (length: number) =>
    `POST ${NUMBERS}/%2B14155558921 HTTP/1.1\r\nhost: x\r\nx-auth-token: t\r\nexpect: 100-continue\r\ncontent-length: ${length}\r\n\r\n`
  const refused = connect(port, '127.0.0.1')
  let received = ''
  refused.setEncoding('utf8').on('data', (text: string) => (received += text))
  refused.write(head(8_000_001))
  await once(refused, 'close')
  t.match(received, /^HTTP\/1\.1 413 /, 'the client is not asked for it')
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('utf8').write(head(11))
  const [asked] = (await once(socket, 'data')) as [string]
  t.match(asked, /^HTTP\/1\.1 100 Continue\r\n\r\n$/)
  socket.write('{"data":{}}')
  const [answer] = (await once(socket, 'data')) as [string]
  t.match(answer, /^HTTP\/1\.1 200 OK/)
  socket.destroy()
})

t.test('A body that is no UTF-8 is read as Latin-1, with a warning', async (t) => {
  const { port } = await start(t)
  const head = (line: string, length: number) =>
    `${line} ${NUMBERS}/%2B14155558921 HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-auth-token: t\r\ncontent-length: ${length}\r\n\r\n`
  const send = (line: string, body: Buffer) =>
    sendBytes(port, Buffer.concat([Buffer.from(head(line, body.length)), body]))
  const latin = Buffer.from('{"data":{"a":"Montréal"}}', 'latin1')
  const utf8 = Buffer.from('{"data":{"a":"Montréal"}}')
  t.match(await send('POST', latin), {
    status: 200,
    body: { data: { a: 'Montréal' } },
    headers: { 'x-emulator-warning': /\bnot_utf8\b/ }
  })
  t.match(await send('GET', Buffer.alloc(0)), { body: { data: { a: 'Montréal' } } }, 'it is stored')
  t.notMatch(String((await send('POST', utf8)).headers['x-emulator-warning']), 'not_utf8')
})

t.test('The journal has the path of a call whose target names the host', async (t) => {
  const { port } = await start(t)
  await sendBytes(port, request('GET http://api.oneuc.com/v2/phone_numbers?prefix=415'))
  const { requests } = (await (await fetch(`http://127.0.0.1:${port}/__admin/requests`)).json()) as {
    requests: unknown[]
  }
  t.match(JSON.stringify(requests), '"url":"/v2/phone_numbers?prefix=415"')
})

t.test('Half a request, and then nothing, is answered 408 in the envelope', async (t) => {
  const { port, app } = await start(t)
  t.equal(app.server.requestTimeout, 60_000)
  app.server.requestTimeout = 100
  app.server.headersTimeout = 100
  const answer = await sendBytes(port, `${SEARCH} HTTP/1.1\r\nhost: loc`)
  t.equal(answer.status, 408)
  t.match(answer.body, { error: '408', message: 'request_timeout', status: 'error' })
  t.equal(answer.headers['content-type'], 'application/json')
})

t.test('An emulator may be closed before it has listened or been asked anything', async (t) => {
  const { close } = await composeEmulator(readSettings({}, {}), pino({ level: 'silent' }))
  await t.resolves(close())
  const { close: stop, port } = await start(t)
  await t.resolves(stop())
  t.equal((await sendBytes(port, request(SEARCH))).status, 0, 'the port is closed')
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
  const { lines, port } = await start(t, { logLevel: 'info' })
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
