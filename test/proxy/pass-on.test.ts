/** Runs the tables of requests that pass a proxy, and of services that answer as no service should. */
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import t from 'tap'
import type { JsonObject } from '../../src/json.js'
import { requestBodyOf, responseBodyOf } from '../../src/records/record.js'
import type { Settings } from '../../src/settings.js'
import { DEMO, emulatorFor } from '../harness/emulator-under-test.js'
import { proxyFor, rawServiceFor, serviceFor } from '../harness/proxy-under-test.js'

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const SEARCH = '/v2/phone_numbers?prefix=415'

interface Reply {
  status: number
  message: string | undefined
  headers: IncomingMessage['headers']
  bytes: Buffer
}

interface Sent {
  method?: string
  path?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

/** Sends a request as it is: the path is not tidied up, and the answer is not decoded. */
async function send(base: string, { method = 'GET', path = SEARCH, headers = {}, body }: Sent = {}): Promise<Reply> {
  const { hostname, port } = new URL(base)
  const outgoing = request({ hostname, port, path, method, headers, agent: false })
  outgoing.end(body)
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  const bytes = Buffer.concat((await response.toArray()) as Buffer[])
  return {
    status: Number(response.statusCode),
    message: messageOf(bytes),
    headers: response.headers,
    bytes
  }
}

function messageOf(bytes: Buffer): string | undefined {
  try {
    const { data } = JSON.parse(bytes.toString()) as { data?: { message?: string; cause?: string } }
    return data?.cause ?? data?.message
  } catch {
    return undefined
  }
}

const FOUND = JSON.stringify({ data: [], request_id: '1', status: 'success', auth_token: 'a-secret-of-mine' })

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

interface Refused extends Sent {
  title: string
  settings?: Partial<Settings>
  status?: number
  says: RegExp
}

const BUY = { method: 'PUT', path: `${NUMBERS}/%2B14155550100/activate`, body: '{"data":{}}' }

/** Only what is no call of the API may pass. */
const OTHERS = { allow: 'unmatched' }

const REFUSED: Refused[] = [
  { title: 'A purchase', ...BUY, says: /^the proxy passes buy on where --allow names it$/ },
  {
    title: 'A removal where purchases are allowed',
    settings: { allow: 'buy' },
    method: 'DELETE',
    path: `${NUMBERS}/%2B14155550100`,
    says: /passes remove on/
  },
  { title: 'A read of something else', path: '/v2/users', says: /no call of the API; --allow unmatched lets it pass$/ },
  {
    title: 'A change of something else',
    settings: OTHERS,
    method: 'PUT',
    path: '/v2/users',
    body: '{"data":{}}',
    says: /no call of the API$/
  },
  { title: 'A path outside of /v2', settings: OTHERS, path: '/v1/users', says: /no call of the API$/ },
  {
    title: 'A path that climbs out of /v2',
    settings: OTHERS,
    path: '/v2/../v1/users',
    says: /could be read as another path/
  },
  { title: 'One that hides it', settings: OTHERS, path: '/v2/users/%2e%2E/x', says: /could be read as another path/ },
  {
    title: 'One that hides it twice',
    settings: OTHERS,
    path: '/v2/users/%252e%252e',
    says: /could be read as another path/
  },
  {
    title: 'A read that hides a path',
    settings: OTHERS,
    path: '/v2/users/1%2F2',
    says: /could be read as another path/
  },
  { title: 'A read with a backslash', settings: OTHERS, path: '/v2/users\\1', says: /could be read as another path/ },
  { title: 'A read with another verb', settings: OTHERS, path: '/v2/users?verb=put', says: /another method than its/ },
  {
    title: 'A read with a header of another method',
    settings: OTHERS,
    path: '/v2/users',
    headers: { 'x-http-method-override': 'DELETE' },
    says: /another method than its own/
  },
  { title: 'A search where only other reads may pass', settings: OTHERS, says: /passes search on where --allow/ },
  { title: 'A method that a path has not', method: 'PATCH', path: '/v2/phone_numbers', says: /no call of the API/ },
  { title: 'A verb in the query', path: `${SEARCH}&verb=put`, says: /another method than its own/ },
  {
    title: 'A verb in the body',
    settings: { allow: 'update' },
    method: 'POST',
    path: `${NUMBERS}/%2B14155550100`,
    body: '{"data":{"verb":"DELETE"}}',
    says: /another method/
  },
  {
    title: 'A verb beside the data',
    settings: { allow: 'update' },
    method: 'POST',
    path: `${NUMBERS}/%2B14155550100`,
    body: '{"verb":"DELETE","data":{}}',
    says: /another method/
  },
  { title: 'A header with another method', headers: { 'x-http-method-override': 'PUT' }, says: /another method/ },
  {
    title: 'A number that hides a path',
    settings: { allow: 'create' },
    method: 'PUT',
    path: `${NUMBERS}/%2B14155550100%2Factivate`,
    says: /could be read as another path/
  },
  {
    title: 'A number that hides a path twice',
    settings: { allow: 'create' },
    method: 'PUT',
    path: `${NUMBERS}/%2B14155550100%252Factivate`,
    says: /could be read as another path/
  },
  { title: 'A path that climbs', path: `${NUMBERS}/..`, says: /could be read as another path/ },
  {
    title: 'A warning where warnings are refused',
    settings: { contract: 'strict' },
    path: `${SEARCH}&colour=red`,
    status: 400,
    says: /^/
  },
  {
    title: 'A body of more than 16 MB',
    settings: { allow: 'check' },
    method: 'POST',
    path: `/v2/accounts/${DEMO}/phone_numbers/check`,
    headers: { 'content-length': '16000001' },
    status: 413,
    says: /^/
  },
  {
    title: 'One to a service of another dialect',
    settings: { allow: 'check', dialect: 'kazoo-4.3' },
    method: 'POST',
    path: `/v2/accounts/${DEMO}/phone_numbers/check`,
    headers: { 'content-length': '16000001' },
    status: 413,
    says: /^/
  }
]

for (const { title, settings, status = 403, says, ...sent } of REFUSED) {
  t.test(`${title} never reaches the service`, async (t) => {
    let calls = 0
    const service = await serviceFor(t, (_, response) => {
      calls++
      response.end()
    })
    const { url, records } = await proxyFor(t, service, settings)
    const reply = await send(url, sent)
    t.equal(reply.status, status)
    t.match(reply.message ?? '', says)
    t.equal(calls, 0)
    t.throws(records, /has no records/)
  })
}

t.test('A read of something else passes where --allow names it, beside those of numbers', async (t) => {
  const got: string[] = []
  const service = await serviceFor(t, ({ method, url }, response) => {
    got.push(`${method} ${url}`)
    response.writeHead(200, JSON_TYPE).end(FOUND)
  })
  const { url, records, sandbox } = await proxyFor(t, service, { allow: 'reads,unmatched' })
  const reads = [
    { path: `/v2/accounts/${DEMO}/devices?paginate=false` },
    { method: 'HEAD', path: '/v2/nothing' },
    { path: `${NUMBERS}/%2B14155550100/history` },
    {}
  ]
  const statuses: number[] = []
  for (const one of reads) statuses.push((await send(url, one)).status)
  t.same(statuses, [200, 200, 200, 200])
  t.same(got, reads.map(({ method = 'GET', path = SEARCH }) => `${method} ${path}`)) // prettier-ignore
  t.match(records(), [
    { _operation: null, _outcome: null, _emulator: { unknown: /^the emulator has no devices: it stands for/ } },
    { _operation: null, _outcome: null, _emulator: { status: 404 } },
    { _operation: null, _outcome: null, _emulator: { status: 404 } },
    { _operation: 'search', _outcome: 'success', _emulator: { status: 200 } }
  ])
  t.match(sandbox.journal.entries()[0], { operation: undefined, outcome: undefined, status: 200, warnings: [] })
})

type Answer = (request: IncomingMessage, response: ServerResponse) => void
interface Passed {
  title: string
  answer: Answer
  bytes: Buffer
  /** What the record has of the body. */
  kept: string
  outcome: string | null
  line?: RegExp
}

function answering(status: number, headers: Record<string, string>, bytes: Buffer): Answer {
  return (_, response) => {
    response.writeHead(status, headers).end(bytes)
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }
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

t.test('A service that nobody runs, under a name that no host has, or that is no https, is answered 502', async (t) => {
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

t.test('An answer without end passes as fast as its client reads it, and ends with it', async (t) => {
  const mebibyte = Buffer.alloc(2 ** 20, ' ')
  const [sent, read] = [{ bytes: 0 }, { bytes: 0 }]
  /** The most bytes that were on their way at a time: in the proxy, and in the buffers of both connections. */
  let mostKept = 0
  const [ended, end] = (() => {
    let resolve: () => void = () => undefined
    const promise = new Promise<void>((done) => (resolve = done))
    return [promise, resolve] as const
  })()
  const service = await serviceFor(t, (_, response) => {
    response.writeHead(200, JSON_TYPE)
    const more = () => {
      do {
        sent.bytes += mebibyte.length
        mostKept = Math.max(mostKept, sent.bytes - read.bytes)
      } while (response.write(mebibyte))
    }
    response.on('drain', more).on('close', end)
    more()
  })
  const { url, records, lines } = await proxyFor(t, service)
  const response = await fetch(url + SEARCH)
  for await (const chunk of response.body ?? []) {
    read.bytes += (chunk as Uint8Array).length
    if (read.bytes > 200 * mebibyte.length) break
    // A client that is slower than the service.
    await setImmediate()
  }
  await ended
  t.ok(mostKept < 60 * mebibyte.length, `${mostKept} bytes on their way`)
  t.match(records(), [{ response: { content: { text: '' } }, _outcome: null, _error: /longer than 8000000 bytes/ }])
  t.match(lines, [/the record has no answer/])
})

t.test('A long answer arrives whole', async (t) => {
  const long = Buffer.alloc(9_000_000, 'x')
  const { url, records } = await proxyFor(t, await serviceFor(t, answering(200, JSON_TYPE, long)))
  t.ok((await send(url)).bytes.equals(long))
  t.match(records(), [{ _error: /longer than 8000000 bytes/ }])
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

/** Bytes of the largest body that the API takes, and of the largest that the proxy does. */
const [MOST_TAKEN, MOST_PASSED] = [8_000_000, 16_000_000]

function updateOf(size: number) {
  const [head, tail] = ['{"data":{"note":"', '"}}']
  const body = head + 'x'.repeat(size - head.length - tail.length) + tail
  return { method: 'POST', path: `${NUMBERS}/%2B14155550100`, body }
}

t.test('A body that is larger than the API takes passes, and its record is whole', async (t) => {
  const service = await emulatorFor(t, { dialect: 'kazoo-4.3' })
  const { url, records } = await proxyFor(t, `http://127.0.0.1:${await service.listen()}`, { allow: 'update' })
  const headers = { 'x-auth-token': 'demo-token' }
  const replies: [status: number, message: string | undefined][] = []
  for (const size of [MOST_TAKEN, MOST_TAKEN + 1, MOST_PASSED]) {
    const { status, message } = await send(url, { ...updateOf(size), headers })
    replies.push([status, message])
  }
  t.match(replies, [[404], [400], [400]])
  const found = records().map((entry) => {
    const { bytes, isWhole } = requestBodyOf(entry)
    return [bytes.length, isWhole, entry._outcome, 'status' in entry._emulator && entry._emulator.status]
  })
  t.same(found, [
    [MOST_TAKEN, true, 'not_on_account', 404],
    [MOST_TAKEN + 1, true, 'too_large', 413],
    [MOST_PASSED, true, 'too_large', 413]
  ])
})

const REFUSAL = 'HTTP/1.1 413 Content Too Large\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}'
const READERS: [title: string, answer: (socket: Socket) => void][] = [
  ['closes the connection', (socket) => socket.once('data', () => socket.end(REFUSAL))],
  ['reads no more', (socket) => socket.once('data', () => socket.pause().end(REFUSAL, () => socket.destroy()))]
]
for (const [title, answer] of READERS) {
  t.test(`A service that refuses a large body and ${title} is heard`, async (t) => {
    const { url } = await proxyFor(t, await rawServiceFor(t, answer), { allow: 'update' })
    t.equal((await send(url, updateOf(MOST_PASSED))).status, 413)
  })
}

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
