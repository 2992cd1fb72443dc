/**
 * The same seed, the same clock and the same requests give the same bytes: in two processes, and on every version of Node
 * and SQLite on which this test runs, as the recorded digests are the same everywhere. Where answers are meant to change,
 * SAME_BYTES_WRITE=1 records them anew.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { packageRoot } from '../../src/package.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { start, urlOf } from '../harness/built-program.js'

const RECORDED = join(packageRoot(), 'test', 'api', 'same-bytes.json')

type Step = readonly [
  title: string,
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object | undefined,
  headers?: Readonly<Record<string, string>>
]

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const BOUGHT = `${NUMBERS}/%2B14152338421`
const E911 = { street_address: '116 natoma street', locality: 'SAN FRANCISCO', region: 'CA', postal_code: '94105' }
const SPRINGFIELD = { street_address: '120 MAIN ST', locality: 'SPRINGFIELD', region: 'IL', postal_code: '62701' }

// prettier-ignore
const JOURNEY: readonly Step[] = [
  ['search', 'GET', '/v2/phone_numbers?prefix=415&quantity=20'],
  ['next page', 'GET', '/v2/phone_numbers?prefix=415&quantity=20&offset=1'],
  ['search toll-free', 'GET', '/v2/phone_numbers?prefix=800&quantity=5'],
  ['search in Canada', 'GET', '/v2/phone_numbers?prefix=416&quantity=5'],
  ['log in', 'PUT', '/v2/api_auth', { data: { api_key: 'dcf7f815251380ea4471b80c04442529641cd721548133a4bc24e3ff1a4d7598' } }],
  ['buy', 'PUT', `${BOUGHT}/activate`, { data: { my_own: { 'ключ': ['é', 1.5, null, -0] } } }],
  ['buy several', 'PUT', `${NUMBERS}/collection/activate`, { data: { numbers: ['+14152338397', '+14152000002'] } }],
  ['buy what was not offered', 'PUT', `${NUMBERS}/%2B14155550123/activate`],
  ['buy some of them', 'PUT', `${NUMBERS}/collection/activate`, { data: { numbers: ['+14152338397', '+14155550123'] } }],
  ['list', 'GET', `${NUMBERS}?page_size=3`],
  ['list by state', 'GET', `${NUMBERS}?filter_state=in_service`],
  ['search within', 'GET', `${NUMBERS}?prefix=415&quantity=5`],
  ['provision E911', 'POST', BOUGHT, { data: { used_by: 'callflow', e911: E911 } }],
  ['meet a choice', 'POST', BOUGHT, { data: { e911: SPRINGFIELD } }],
  ['meet a refusal', 'POST', BOUGHT, { data: { e911: { ...E911, street_address: '1 NOWHERE LN' } } }],
  ['meet a violation', 'GET', '/v2/phone_numbers?prefix=4&quantity=many'],
  ['wind the clock', 'POST', '/__admin/clock/advance', { seconds: 3600 }],
  ['update', 'PATCH', BOUGHT, { data: { note: 'later' } }],
  ['ask for a fault', 'POST', '/__admin/faults', { operation: 'read', outcome: 'datastore_unreachable', times: 1 }],
  ['meet it', 'GET', BOUGHT],
  ['read', 'GET', BOUGHT],
  ['prefer a failure', 'GET', BOUGHT, undefined, { prefer: 'code=500' }],
  ['meet a carrier’s fault', 'PUT', `${NUMBERS}/%2B15005550500/activate`],
  ['go another way', 'POST', `${BOUGHT}?verb=GET`, { data: {} }],
  ['remove', 'DELETE', BOUGHT],
  ['remove again', 'DELETE', BOUGHT],
  ['work in a sandbox', 'GET', `/sandboxes/mine${NUMBERS}`],
  ['see the faults', 'GET', '/__admin/faults'],
  ['see the accounts', 'GET', '/__admin/accounts'],
  ['see the outcomes', 'GET', '/__admin/outcomes'],
  ['see the contract', 'GET', '/__admin/contract'],
  ['see the state', 'GET', '/__admin/state'],
  ['reset', 'POST', '/__admin/reset'],
  ['begin anew', 'GET', '/v2/phone_numbers?prefix=415&quantity=20']
]

/** Headers of an answer that say when, by whom or over which connection it was sent, and not what. */
const BESIDE = ['date', 'connection', 'keep-alive', 'x-emulator']

/** The answers of a fresh process to the journey, and its journal, in the order of the steps. */
async function travelled(t: Test): Promise<Map<string, string>> {
  const started = start(t, ['--port', '0', '--random-seed', '7', '--clock', '2024-01-31T12:00:00Z'])
  const url = await urlOf(started)
  const seen = new Map<string, string>()
  const journal: string[] = []
  for (const [title, method, path, body, headers = {}] of JOURNEY) {
    if (title === 'reset') journal.push(await journalOf(url))
    const answer = await fetch(url + path, {
      method,
      headers: { 'x-auth-token': 'demo-token', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
    const told = [...answer.headers].filter(([name]) => !BESIDE.includes(name)).map((header) => header.join(': '))
    seen.set(title, [String(answer.status), ...told, '', await answer.text()].join('\n'))
  }
  seen.set('journal', journal.join())
  started.child.kill('SIGTERM')
  t.equal((await started.ended).code, 0)
  return seen
}

/** The journal without the times of the machine and the port, which no seed can make the same. */
async function journalOf(url: string): Promise<string> {
  const { requests } = (await (await fetch(`${url}/__admin/requests`)).json()) as {
    requests: {
      id: string
      request: { method: string; url: string; body: string }
      response: { duration_ms: number; headers: { date?: string } }
    }[]
  }
  return JSON.stringify(
    requests.map(({ request: { method, url, body }, response: { duration_ms: _, headers, ...response }, ...rest }) => ({
      ...rest,
      response: { ...response, headers: { ...headers, date: undefined } },
      method,
      url,
      body
    }))
  )
}

function digests(seen: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    [...seen].map(([title, bytes]) => [title, createHash('sha256').update(bytes).digest('hex').slice(0, 32)])
  )
}

t.test('The same seed and the same requests give me the same bytes, wherever I run them', async (t) => {
  const [one, other] = [await travelled(t), await travelled(t)]
  for (const [title, bytes] of one) t.equal(other.get(title), bytes, `${title}: the same in another process`)
  const found = digests(one)
  if (process.env.SAME_BYTES_WRITE !== undefined) writeFileSync(RECORDED, `${JSON.stringify(found, null, 2)}\n`)
  const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Record<string, string>
  for (const [title, digest] of Object.entries(found)) {
    t.equal(digest, recorded[title], `${title}: as recorded`, { bytes: one.get(title) })
  }
  t.strictSame(Object.keys(recorded), Object.keys(found))
  t.comment(`node ${process.version}: ${createHash('sha256').update(JSON.stringify(found)).digest('hex')}`)
})
