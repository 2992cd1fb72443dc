/**
 * Plain calls are read and answered without Node's HTTP server. Two emulators with the same seed get the same bytes, one in
 * pieces that only that server takes: nobody may see a difference.
 */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { createEmulator } from '../src/emulator.js'
import { AnswerWriter } from '../src/http/plain-answer.js'
import { servePlainly } from '../src/http/plain-connection.js'
import { readSettings } from '../src/settings.js'
import { DEMO } from './emulator-under-test.js'

interface Started {
  port: number
  /** How many connections Node's HTTP server has got. */
  handedOver: () => number
  /** Resolves when it gets the next. */
  another: () => Promise<unknown>
  /** Requests in the journal. */
  entered: () => number
}

async function started(t: Test): Promise<Started> {
  const settings = { ...readSettings({}, {}), seed: 1, clock: Date.UTC(2026, 0, 1) }
  const { app, listen, sandboxes, close } = await createEmulator(settings, pino({ level: 'silent' }))
  t.teardown(close)
  const { server } = app()
  await app().ready()
  let met = 0
  server.on('connection', () => met++)
  return {
    port: await listen({ host: '127.0.0.1', port: 0 }),
    handedOver: () => met,
    another: () => once(server, 'connection'),
    entered: () => sandboxes.default.journal.entries().length
  }
}

/** A client that sends bytes as they are, and reads answers as they come. */
class Client {
  readonly socket: Socket
  #received = Buffer.alloc(0)
  readonly #closed: Promise<unknown>

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#closed = once(this.socket, 'close')
    this.socket.on('data', (piece: Buffer) => {
      this.#received = Buffer.concat([this.#received, piece])
    })
  }

  send(bytes: string): void {
    this.socket.write(bytes, 'latin1')
  }

  /** The next answer, all of it; what there was where the connection ends before. */
  async answer(): Promise<string> {
    for (;;) {
      const headEnd = this.#received.indexOf('\r\n\r\n') + 4
      const [, length] = /\r\ncontent-length: (\d+)/i.exec(this.#received.toString('latin1', 0, headEnd)) ?? []
      const end = headEnd + Number(length ?? Infinity)
      if (headEnd > 4 && this.#received.length >= end) return this.#take(end)
      if (this.socket.destroyed) return this.#take(this.#received.length)
      await Promise.race([once(this.socket, 'data'), this.#closed])
    }
  }

  #take(end: number): string {
    const taken = this.#received.toString('utf8', 0, end)
    this.#received = this.#received.subarray(end)
    return taken.replace(/\r\nDate: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\r\n/, '\r\n')
  }

  async closed(): Promise<void> {
    await this.#closed
  }
}

const SEARCH = 'GET /v2/phone_numbers?prefix=415&quantity=2 HTTP/1.1\r\n'
const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const BUY = `PUT ${NUMBERS}/%2B14152338397/activate HTTP/1.1\r\n`
const plain = (line: string, ...headers: string[]) =>
  [line, ...headers.map((header) => `${header}\r\n`), '\r\n'].join('')
const TOKEN = 'x-auth-token: token'

const CASES: [says: string, requests: string[], isHandedOver: boolean][] = [
  ['a search', [plain(SEARCH, 'host: localhost')], false],
  ['a search without any header', [plain(SEARCH)], false],
  ['one call after the other', [plain(SEARCH), plain(BUY, TOKEN), plain(BUY, TOKEN)], false],
  ['other headers with each call', [plain(SEARCH, 'x: 1'), plain(SEARCH, 'x: 2'), plain(SEARCH, 'x: 1')], false],
  [
    'names in capitals, and values with room about them',
    [plain(SEARCH), plain(BUY, 'X-Auth-Token: \t token \t')],
    false
  ],
  ['a token that is not ASCII', [plain(SEARCH), plain(BUY, 'x-auth-token: t\xf6k\xe9n')], false],
  ['a client that wants the connection kept', [plain(SEARCH, 'Connection: Keep-Alive')], false],
  ['a client that wants it closed', [plain(SEARCH, 'connection: close')], false],
  ['an id of the client', [plain(SEARCH, 'x-request-id: mine')], false],
  ['no body, and said so', [plain(SEARCH), plain(BUY, TOKEN, 'content-length: 0')], false],
  ['a connection that shall become another', [plain(SEARCH, 'connection: upgrade', 'upgrade: h2c')], true],
  ['HTTP/1.0', [plain(SEARCH.replace('1.1', '1.0'), 'connection: keep-alive')], true],
  ['a header twice', [plain(BUY, TOKEN, 'x-auth-token: other')], true],
  ['a header of an unusual name', [plain(SEARCH, 'x_y: 1')], true],
  ['a preference', [plain(SEARCH, 'prefer: code=503')], true],
  ['a body', [`${plain(BUY, TOKEN, 'content-length: 11')}{"data":{}}`], true],
  ['a search without a prefix', [plain(SEARCH.replace('prefix=415&', ''))], true],
  ['a header longer than usual', [plain(SEARCH, `x: ${'x'.repeat(9_000)}`)], true],
  ['a header in two lines', [plain(SEARCH, 'x: 1', ' 2')], true],
  [
    'a call of another kind between plain ones',
    [plain(SEARCH), plain(SEARCH, 'prefer: code=503'), plain(SEARCH)],
    true
  ],
  [
    'one sandbox after the other in the path',
    ['a', 'a', 'b', 'a'].map((name) => plain(SEARCH.replace('/v2', `/sandboxes/${name}/v2`))),
    false
  ],
  ['something that is not HTTP', ['nonsense\r\n\r\n'], true]
]

for (const [says, requests, isHandedOver] of CASES) {
  t.test(`${says} is answered as Node’s HTTP server would have it`, async (t) => {
    const [short, long] = [await started(t), await started(t)]
    const [near, far] = [new Client(short.port), new Client(long.port)]
    const met = long.another()
    for (const [i, request] of requests.entries()) {
      near.send(request)
      const answer = await near.answer()
      if (i === 0) {
        // A beginning alone is nothing plain.
        far.send(request.slice(0, 1))
        await met
        far.send(request.slice(1))
      } else far.send(request)
      t.match(answer, /^HTTP\/1\.1 \d{3} /)
      t.equal(answer, await far.answer())
    }
    t.equal(short.handedOver(), Number(isHandedOver))
    near.socket.destroy()
    far.socket.destroy()
  })
}

t.test('calls that come together are answered one after the other', async (t) => {
  const { port, handedOver } = await started(t)
  const client = new Client(port)
  client.send(plain(SEARCH, 'x-request-id: first') + plain(SEARCH, 'x-request-id: second'))
  t.match(await client.answer(), /"request_id":"first"/)
  t.match(await client.answer(), /"request_id":"second"/)
  t.equal(handedOver(), 1)
  client.socket.destroy()
})

t.test('a client that asks to have the connection closed sees it closed', async (t) => {
  const { port } = await started(t)
  const client = new Client(port)
  client.send(plain(SEARCH, 'connection: close'))
  t.match(await client.answer(), /\r\nConnection: close\r\n/)
  // What comes too late is overlooked.
  client.send(plain(SEARCH))
  t.equal(await client.answer(), '')
  await client.closed()
})

t.test('a client that says that it has nothing more to send sees the connection closed', async (t) => {
  const { port, handedOver } = await started(t)
  const client = new Client(port)
  client.send(plain(SEARCH))
  await client.answer()
  client.socket.end()
  await client.closed()
  t.equal(handedOver(), 0)
})

t.test('a client that breaks off harms nobody', async (t) => {
  const { port } = await started(t)
  const broken = new Client(port)
  broken.send(plain(SEARCH))
  await broken.answer()
  broken.socket.resetAndDestroy()
  await broken.closed()
  const other = new Client(port)
  other.send(plain(SEARCH))
  t.match(await other.answer(), /^HTTP\/1\.1 200 OK\r\n/)
  other.socket.destroy()
})

t.test('a client that asks on and on without reading is not served further than Node would', async (t) => {
  const { port, handedOver, entered } = await started(t)
  const client = new Client(port)
  client.socket.pause()
  const request = plain('GET /v2/phone_numbers?prefix=212&quantity=500 HTTP/1.1\r\n')
  let asked = 0
  while (handedOver() === 0) {
    client.send(request)
    asked++
    while (entered() < asked) await new Promise(setImmediate)
  }
  t.ok(asked > 1)
  client.socket.resume()
  for (let i = 0; i < asked; i++) t.match(await client.answer(), /^HTTP\/1\.1 200 OK\r\n/)
  client.socket.destroy()
})

t.test('a connection that is idle for too long is closed', async (t) => {
  const server = createServer((socket) => {
    servePlainly(socket, {
      ask: () => undefined,
      writer: new AnswerWriter(Date.now, 1),
      handOver: () => t.fail('there was nothing to hand over'),
      idle: 1
    })
  }).listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await once(server, 'listening')
  await new Client((server.address() as AddressInfo).port).closed()
})

t.test('answers carry the date of the second in which they are made', async (t) => {
  let now = Date.UTC(2026, 10, 25, 8, 0, 0, 999)
  const writer = new AnswerWriter(() => now, 72_000)
  const dateOf = () =>
    /\r\nDate: (.*)\r\n/.exec(writer.textOf({ status: 200, requestId: 'x', text: '', bytes: 0 }, false))?.[1]
  t.equal(dateOf(), 'Wed, 25 Nov 2026 08:00:00 GMT')
  now += 1
  t.equal(dateOf(), 'Wed, 25 Nov 2026 08:00:01 GMT')
})
