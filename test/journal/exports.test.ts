/** What the journal exports: an HTTP Archive that follows its schema, and lines of curl that run. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import t from 'tap'
import { adminClient } from '../../src/library.js'
import type { JsonObject } from '../../src/json.js'
import { adminFor, at, NUMBERS, rows, text, type Admin } from '../admin/admin-under-test.js'
import { sendBytes } from '../harness/raw-connection.js'

const OWN = `${NUMBERS}/%2B14155234712`
const TOKEN = 'demo-token'
const run = promisify(execFile)

const PACKAGES = new URL('../../node_modules/', import.meta.url)
const HAR_SCHEMAS = new URL('har-schema/lib/', PACKAGES)
const DRAFT_06 = new URL('ajv/dist/refs/json-schema-draft-06.json', PACKAGES)
const read = (file: URL) => JSON.parse(readFileSync(file, 'utf8')) as object

/** Compiles the schemas of HTTP Archive 1.2. */
function harValidator() {
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addMetaSchema(read(DRAFT_06))
  for (const file of readdirSync(HAR_SCHEMAS))
    if (file.endsWith('.json')) ajv.addSchema(read(new URL(file, HAR_SCHEMAS)))
  return (har: unknown) => {
    const validate = ajv.getSchema('har.json#')
    validate?.(har)
    return validate?.errors ?? []
  }
}

/** Sends a request of each kind that a journal can hold. */
async function sendEveryKind({ admin, call }: Admin, port: number): Promise<void> {
  const head = `Host: 127.0.0.1:${port}\r\nConnection: close\r\nX-Auth-Token: ${TOKEN}\r\n`
  const patch = (body: Buffer) =>
    sendBytes(
      port,
      Buffer.concat([Buffer.from(`PATCH ${OWN} HTTP/1.1\r\n${head}Content-Length: ${body.length}\r\n\r\n`), body])
    )
  await sendBytes(port, `GET ${OWN} HTTP/1.1\r\n${head}\r\n`)
  await sendBytes(port, `HEAD /v2/phone_numbers?prefix=415 HTTP/1.1\r\n${head}\r\n`)
  await sendBytes(port, 'GET /v2/phone_numbers?prefix=415 HTTP/1.0\r\n\r\n')
  await sendBytes(port, `GET /v2/phone_numbers?prefix=415&prefix=&=1&a%ZZ&%00 HTTP/1.1\r\n${head}\r\n`)
  await sendBytes(
    port,
    `GET ${OWN}?auth_token=${TOKEN}&q=["{e}"]#1#2 HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n`
  )
  await sendBytes(port, `GET /v2/a HTTP/1.1\r\nHost: "a"|b\r\nConnection: close\r\n\r\n`)
  await sendBytes(port, `OPTIONS ${OWN} HTTP/1.1\r\n${head}Origin: http://page.example\r\n\r\n`)
  await sendBytes(port, `GET /v2/nothing HTTP/1.1\r\n${head}X-Huge: ${'h'.repeat(8_000)}\r\nCookie: a=1\r\n\r\n`)
  await patch(Buffer.from('{"data":{"note":"é 😀"}}'))
  await patch(Buffer.from([0, 1, 0xff, 0x27, 0x5c, 0x25]))
  await patch(Buffer.from(JSON.stringify({ data: { note: 'x'.repeat(300_000) } })))
  for (const rule of [
    { fault: 'CONNECTION_RESET_BY_PEER' },
    { fault: 'EMPTY_RESPONSE', phase: 'after' },
    { truncate_bytes: 3 },
    { status: 502, body: '<h1>Bad Gateway</h1>', headers: { 'content-type': 'text/html' } }
  ]) {
    await admin('PUT', '/faults', { faults: [{ ...rule, operation: 'read', times: 1 }] })
    await call({ method: 'GET', url: OWN, token: TOKEN }).catch(() => undefined)
  }
}

t.test('An HTTP Archive follows its schema, whatever was sent', async (t) => {
  const it = await adminFor(t)
  const port = await it.listen()
  const findErrors = harValidator()
  t.strictSame(findErrors(await adminClient(`http://127.0.0.1:${port}`).requests.har()), [], 'no request')
  await sendEveryKind(it, port)
  const { body } = await it.admin('GET', '/requests?format=har')
  t.strictSame(findErrors(body), [])
  const entries = rows(at(body, 'log', 'entries'))
  t.equal(entries.length, at((await it.admin('GET', '/requests')).body, 'meta', 'total'))
  t.equal(entries.length, 15)
  for (const entry of entries) {
    const { blocked = 0, ...timings } = at(entry, 'timings') as Record<string, number>
    t.equal(blocked + Object.values(timings).reduce((sum, one) => sum + one), entry.time, 'the timings are the time')
  }
  t.not(findErrors({ log: { entries: [{}] } }).length, 0, 'the schema refuses what is none')
})

/** Bodies that a shell, a format of printf or a JSON parser could take for something else. */
const BODIES = [
  '{"data":{"note":"it\'s \\"quoted\\" $HOME `x` $(id) !! \\\\"}}',
  '{"data":\n\t{"note":"50 % é 😀"}}',
  '@file',
  Buffer.from([0, 1, 0xff, 0x27, 0x5c, 0x25, 0x0a])
]

interface Sent {
  method: string
  path: string
  body?: string | Buffer
  headers?: Record<string, string>
}

/** One request for each thing that a line of curl has to write. */
const CALLS: readonly Sent[] = [
  ...BODIES.map((body) => ({ method: 'PATCH', path: OWN, body })),
  { method: 'GET', path: "/v2/phone_numbers?prefix=415&quantity=2&note=it's%20[1-2]{a,b}" },
  { method: 'GET', path: `${OWN}?auth_token=${TOKEN}` },
  { method: 'GET', path: '/v2/nothing/../phone_numbers' },
  { method: 'HEAD', path: '/v2/phone_numbers?prefix=415' },
  { method: 'DELETE', path: `${NUMBERS}/%2B14155239999` },
  { method: 'GET', path: `${OWN}?auth_token=`, headers: { 'x-auth-token': '', authorization: 'Bearer undefined' } },
  { method: 'GET', path: OWN, headers: { 'x-note': `"it's" $HOME`, 'x-empty': '', authorization: `Bearer ${TOKEN}` } }
]

/** What has to be the same when a line sends a request again: ids and times are not. */
async function storyOf({ admin }: Admin) {
  return rows((await admin('GET', '/requests?sort=asc')).body.requests).map((one) => {
    const headers = at(one, 'request', 'headers') as JsonObject
    const data = text(at(one, 'response', 'body')).replaceAll(
      /"(?:request_id|revision|modified|created|updated|timestamp)":(?:"[^"]*"|\d+)/g,
      ''
    )
    return {
      sent: [at(one, 'request', 'method'), at(one, 'request', 'url'), at(one, 'request', 'body')],
      headers: Object.entries(headers).filter(([name]) => /^(?:x-|authorization|content-type)/.test(name)),
      got: [at(one, 'response', 'status'), one.operation, one.outcome, data]
    }
  })
}

t.test('Lines of curl run in a shell, and get the same answers', async (t) => {
  const it = await adminFor(t, { clock: Date.parse('2026-01-01'), randomSeed: 1 })
  const port = await it.listen()
  const admin = adminClient(`http://127.0.0.1:${port}`)
  const bytesOf = ({ method, path, body = '', headers = {} }: Sent) => {
    const lines = Object.entries({ 'x-auth-token': TOKEN, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
    const bytes = Buffer.from(body)
    const length = bytes.length === 0 ? '' : `Content-Length: ${bytes.length}\r\n`
    const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n${length}${lines.join('')}\r\n`
    return Buffer.concat([Buffer.from(head), bytes])
  }
  for (const one of CALLS) await sendBytes(port, bytesOf(one))
  const before = await storyOf(it)
  t.equal(before.length, CALLS.length)
  const script = await admin.requests.curl()
  t.notMatch(script, TOKEN, 'it holds no secret')
  t.equal(script.split('\n').length, CALLS.length + 1, 'one line for each request')
  await it.admin('POST', '/reset')
  await run('sh', ['-ec', script], { env: { ...process.env, TOKEN } })
  t.strictSame(await storyOf(it), before)
  const [, second = ''] = (await admin.requests.curl({ sort: 'asc' })).split('\n')
  t.equal(await admin.requests.curl({ offset: 1, limit: 1, sort: 'asc' }), `${second}\n`, 'a page of them')
})

t.test('What a line of curl cannot send again is a comment that says why', async (t) => {
  const it = await adminFor(t)
  await it.api('PATCH', OWN, { data: { note: 'x'.repeat(300_000) } })
  const { payload } = await it.app.inject({ url: '/__admin/requests?format=curl' })
  t.match(payload, /^# request 1 is left out: \d+ bytes of its body are not kept\n$/)
})
