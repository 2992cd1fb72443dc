/** What passes a proxy only where a setting names it, and what never does. */
import t from 'tap'
import { isOperation } from '../../src/contract/outcomes.js'
import { readAllowed } from '../../src/proxy/permission.js'
import type { Settings } from '../../src/settings.js'
import { REQUESTS } from '../contract/pact.cases.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { proxyFor, serviceFor } from '../harness/proxy-under-test.js'
import { BUY, FOUND, JSON_TYPE, NUMBERS, SEARCH, send, type Sent } from './sent.js'

interface Refused extends Sent {
  title: string
  settings?: Partial<Settings>
  status?: number
  says: RegExp
}

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

t.test('Every operation of a GET passes where --allow names nothing', async (t) => {
  const allowed = readAllowed('reads')
  const kept = Object.entries(REQUESTS)
    .filter(([name, { method }]) => method === 'GET' && isOperation(name) && !allowed.has(name))
    .map(([name]) => name)
  t.strictSame(kept, [], 'a new read stands in READS')
})
