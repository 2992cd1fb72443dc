/** Runs the tables of requests that pass a proxy, and of services that answer as no service should. */
import { rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import t from 'tap'
import type { JsonObject } from '../../src/json.js'
import { responseBodyOf } from '../../src/records/record.js'
import { proxyFor, rawServiceFor, serviceFor } from '../harness/proxy-under-test.js'
import { BUY, FOUND, JSON_TYPE, NUMBERS, SEARCH, answering, send, type Answer } from './sent.js'

t.test('A request passes as it was sent, and its answer comes back unchanged', async (t) => {
  const got: { method: string | undefined; url: string | undefined; headers: JsonObject; body: string }[] = []
  const service = await serviceFor(t, (incoming, response) => {
    void incoming.toArray().then((chunks: Buffer[]) => {
      const { method, url, headers } = incoming
      got.push({ method, url, headers: { ...headers } as JsonObject, body: Buffer.concat(chunks).toString('latin1') })
      response.setHeader('Set-Cookie', ['a=1', 'b=2'])
      response.writeHead(218, 'Fine', { 'content-type': 'application/json', 'x-own': 'kept', 'x-request-id': 'theirs' })
      response.end('{ "data": 1,  "status":"success" }')
    })
  })
  const proxy = await proxyFor(t, service, { allow: 'search,update' })
  const path = `${NUMBERS}/%2B14155550100?a=1&b=%20&b=+`
  const headers = {
    'x-auth-token': 'a-secret-of-mine',
    'X-Own': 'yes',
    connection: 'close, x-hop',
    'x-hop': 'dropped',
    te: 'trailers',
    'x-emulator-sandbox': 'default'
  }
  const body = Buffer.from('{"data":{"caf\xe9":1}', 'latin1')
  const { status, headers: answered, bytes } = await send(proxy.url, { method: 'POST', path, headers, body })
  t.same([status, bytes.toString()], [218, '{ "data": 1,  "status":"success" }'])
  t.match(answered, { 'set-cookie': ['a=1', 'b=2'], 'x-own': 'kept', 'x-request-id': 'theirs' })
  const [sent] = got
  t.match(sent, { method: 'POST', url: path, body: body.toString('latin1') })
  t.match(sent?.headers, {
    host: new URL(service).host,
    'x-auth-token': 'a-secret-of-mine',
    'x-own': 'yes',
    'content-length': String(body.length)
  })
  for (const name of ['x-hop', 'te', 'x-emulator-sandbox']) t.notOk(Object.hasOwn(sent?.headers ?? {}, name), name)
  const [entry] = proxy.records()
  t.match(entry, {
    request: { method: 'POST', url: `${service}${path}`, postData: { _encoding: 'base64' } },
    response: { status: 218 },
    _operation: 'update',
    _outcome: 'success'
  })
  t.notMatch(JSON.stringify(entry), /a-secret-of-mine/, 'secrets are covered')
})

t.test('What passes is counted and journaled as ever, warnings included', async (t) => {
  const service = await serviceFor(t, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(FOUND)
  })
  const { url, sandbox, records } = await proxyFor(t, service)
  const { headers } = await send(url, { path: `${SEARCH}&colour=red` })
  t.equal(headers['x-emulator-warning'], 'unknown_query_key')
  const [journaled] = sandbox.journal.entries()
  t.match(journaled, { operation: 'search', outcome: 'success', status: 200, warnings: ['unknown_query_key'] })
  t.equal(sandbox.clientHistory.coverage.outcomes.get('search')?.get('success')?.count, 1)
  t.equal(sandbox.store.numbers.find('+14155558921'), undefined, 'no number of the fixtures is there')
  t.match(records(), [{ _warnings: ['unknown_query_key'], _outcome: 'success', _dialect: 'oneuc' }])
})

interface Passed {
  title: string
  answer: Answer
  bytes: Buffer
  /** What the record has of the body. */
  kept: string
  outcome: string | null
  line?: RegExp
}

const encoded = (name: string) => ({ ...JSON_TYPE, 'content-encoding': name })

const REDACTED = FOUND.replace('a-secret-of-mine', '[redacted]')

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff])

const PAGE = Buffer.from('<html>maintenance</html>')

function passed(
  title: string,
  status: number,
  headers: Record<string, string>,
  bytes: Buffer,
  rest: Omit<Passed, 'title' | 'answer' | 'bytes'>
): Passed {
  return { title, answer: answering(status, headers, bytes), bytes, ...rest }
}

const PASSED: Passed[] = [
  passed('gzip', 200, encoded('gzip'), gzipSync(FOUND), { kept: REDACTED, outcome: 'success' }),
  passed('Brotli', 200, encoded('br'), brotliCompressSync(FOUND), { kept: REDACTED, outcome: 'success' }),
  passed('deflate', 200, encoded('deflate'), deflateSync(FOUND), { kept: REDACTED, outcome: 'success' }),
  passed('an encoding that the proxy does not know', 200, encoded('zstd'), PNG, {
    kept: '',
    outcome: null,
    line: /the record has no answer: the body is encoded as zstd$/
  }),
  passed('gzip that is broken', 200, encoded('gzip'), PNG, {
    kept: '',
    outcome: null,
    line: /cannot be decoded from gzip/
  }),
  passed('gzip that would fill the memory', 200, encoded('gzip'), gzipSync(Buffer.alloc(9_000_000)), {
    kept: '',
    outcome: null,
    line: /is longer than 8000000 bytes/
  }),
  passed('a picture', 200, { 'content-type': 'image/png' }, PNG, {
    kept: PNG.toString('latin1'),
    outcome: null,
    line: /answers 200 with image\/png instead of JSON$/
  }),
  passed('a page in HTML', 503, { 'content-type': 'text/html' }, PAGE, {
    kept: PAGE.toString(),
    outcome: null,
    line: /^GET \/v2\/phone_numbers\?prefix=415: the service answers 503 with text\/html instead of JSON$/
  }),
  passed('a redirect', 302, { location: 'https://elsewhere.example/?token=x' }, Buffer.from(''), {
    kept: '',
    outcome: null,
    line: /redirects to https:\/\/elsewhere\.example\/\?token=\[redacted\]; the proxy does not follow$/
  }),
  passed('a redirect to nowhere', 302, {}, Buffer.from('x'), {
    kept: 'x',
    outcome: null,
    line: /redirects to nowhere/
  }),
  passed(
    'a failure of the API',
    401,
    JSON_TYPE,
    Buffer.from('{"data":{},"error":"401","message":"invalid credentials","status":"error"}'),
    { kept: '{"data":{},"error":"401","message":"invalid credentials","status":"error"}', outcome: 'token_rejected' }
  ),
  passed('a failure of no API', 500, JSON_TYPE, Buffer.from('{"message":"oops"}'), {
    kept: '{"message":"oops"}',
    outcome: null
  }),
  passed('no body at all', 204, {}, Buffer.from(''), { kept: '', outcome: null })
]

for (const { title, answer, bytes, kept, outcome, line } of PASSED) {
  t.test(`An answer passes unchanged: ${title}`, async (t) => {
    const { url, records, lines, sandbox } = await proxyFor(t, await serviceFor(t, answer))
    const reply = await send(url)
    t.ok(reply.bytes.equals(bytes), 'byte by byte')
    const [entry] = records()
    t.equal(entry?._outcome, outcome)
    t.equal(entry === undefined ? undefined : responseBodyOf(entry).bytes.toString('latin1'), kept)
    t.equal(sandbox.journal.entries()[0]?.outcome ?? null, outcome)
    if (line === undefined) t.same(lines, [])
    else t.match(lines, [line])
  })
}

interface Failing {
  title: string
  status: 502 | 504
  says: RegExp
  answer: (socket: Socket) => void
}

const FAILING: Failing[] = [
  {
    title: 'that hangs',
    status: 504,
    says: /^the service has not answered within 1 seconds$/,
    answer: () => undefined
  },
  {
    title: 'that hangs within its answer',
    status: 504,
    says: /not answered within 1 seconds/,
    answer: (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{')
  },
  {
    title: 'that resets the connection',
    status: 502,
    says: /^127\.0\.0\.1:\d+: the service closed the connection before it had answered$/,
    answer: (socket) => socket.once('data', () => socket.resetAndDestroy())
  },
  {
    title: 'that closes the connection',
    status: 502,
    says: /closed the connection/,
    answer: (socket) => socket.once('data', () => socket.destroy())
  },
  {
    title: 'that closes within its answer',
    status: 502,
    says: /closed the connection/,
    answer: (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'))
  },
  {
    title: 'that speaks no HTTP',
    status: 502,
    says: /: what it sends is not HTTP$/,
    answer: (socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n'))
  }
]

for (const { title, status, says, answer } of FAILING) {
  t.test(`A service ${title} is answered ${status}, with one line and a record`, async (t) => {
    const { url, records, lines, sandbox } = await proxyFor(t, await rawServiceFor(t, answer), { timeout: 1 })
    const reply = await send(url)
    t.equal(reply.status, status)
    t.match(reply.message, says)
    t.equal(lines.length, 1)
    t.match(records(), [
      {
        response: { status: 0 },
        _operation: 'search',
        _outcome: null,
        _error: says,
        _emulator: { unknown: /^the record has no whole answer: / }
      }
    ])
    t.equal(sandbox.journal.entries()[0]?.outcome, status === 504 ? 'gateway_timeout' : 'bad_gateway')
  })
}

t.test('A service that does not run, has an unknown name, or speaks no https is answered 502', async (t) => {
  const plain = await serviceFor(t, (_, response) => response.end())
  const wrong: [string, RegExp][] = [
    ['http://127.0.0.1:9', /^127\.0\.0\.1:9: nothing listens there$/],
    [plain.replace('http', 'https'), /^127\.0\.0\.1:\d+: \S/]
  ]
  for (const [upstream, says] of wrong) {
    const { url } = await proxyFor(t, upstream)
    const reply = await send(url)
    t.equal(reply.status, 502)
    t.match(reply.message, says)
  }
})

t.test('A body that the API does not read passes as it is', async (t) => {
  const got: string[] = []
  const service = await serviceFor(t, (incoming, response) => {
    void incoming.toArray().then((chunks: Buffer[]) => {
      got.push(Buffer.concat(chunks).toString())
      response.writeHead(400, JSON_TYPE).end('{}')
    })
  })
  const { url, records } = await proxyFor(t, service, { allow: 'update' })
  const bodies = ['[1]', '{"data":[]}', '{"data":', '{"DATA":{}}', 'not JSON', '']
  for (const body of bodies) await send(url, { method: 'POST', path: `${NUMBERS}/%2B14155550100`, body })
  t.same(got, bodies)
  t.equal(records().length, bodies.length)
})

t.test('A number that a search has found counts as searched for', async (t) => {
  const found = JSON.stringify({ data: [{ number: '+14152338397' }, { number: 7 }, 'x'], status: 'success' })
  const service = await serviceFor(t, answering(200, JSON_TYPE, Buffer.from(found)))
  const { url } = await proxyFor(t, service, { allow: 'search,buy' })
  const buy = { ...BUY, path: `${NUMBERS}/%2B14152338397/activate` }
  t.match((await send(url, buy)).headers['x-emulator-warning'], /never_searched/)
  await send(url)
  t.notMatch((await send(url, buy)).headers['x-emulator-warning'], /never_searched/)
})

t.test('The client gets its answer where the record cannot be written', async (t) => {
  const service = await serviceFor(t, answering(200, JSON_TYPE, Buffer.from(FOUND)))
  const { url, folder, lines } = await proxyFor(t, service)
  rmSync(folder, { recursive: true })
  writeFileSync(folder, '')
  const { status, bytes } = await send(url)
  t.same([status, bytes.toString()], [200, FOUND])
  t.same(lines, ['a record cannot be written'])
})
