/** Requests that met no route: the hint that names the nearest call, and where it is shown. */
import t from 'tap'
import type { Call } from '../harness/emulator-under-test.js'
import { adminFor, at, NUMBERS, rows } from '../admin/admin-under-test.js'

const ACCOUNT = '/v2/accounts/{ACCOUNT_ID}'
const NUMBER = `${ACCOUNT}/phone_numbers/{PHONE_NUMBER}`
const OWN = `${NUMBERS}/%2B14155234712`
const HINTS: readonly [title: string, method: Call['method'], path: string, nearest: string, status?: number][] = [
  ['a GET on the path of a purchase', 'GET', `${OWN}/activate`, `PUT ${NUMBER}/activate`, 405],
  ['a POST on it', 'POST', `${OWN}/activate`, `PUT ${NUMBER}/activate`, 405],
  ['a misspelt verb', 'PUT', `${OWN}/activat`, `PUT ${NUMBER}/activate`],
  ['a misspelt resource', 'GET', NUMBERS.replace('phone_numbers', 'phone_number'), `GET ${ACCOUNT}/phone_numbers`],
  ['a misspelt resource and a query', 'GET', '/v2/phone_number?prefix=415', 'GET /v2/phone_numbers'],
  ['another version', 'GET', '/v1/phone_numbers', 'GET /v2/phone_numbers'],
  ['no version', 'GET', '/phone_numbers', 'GET /v2/phone_numbers'],
  ['the version twice', 'GET', '/v2/v2/phone_numbers', 'GET /v2/phone_numbers'],
  ['two slashes', 'GET', '//v2/phone_numbers', 'GET /v2/phone_numbers'],
  ['something before the version', 'PUT', `/api${OWN}/activate`, `PUT ${NUMBER}/activate`],
  ['no account', 'DELETE', '/v2/accounts/phone_numbers/%2B14155234712', `DELETE ${NUMBER}`],
  ['a capital letter', 'GET', '/v2/Phone_numbers', 'GET /v2/phone_numbers'],
  ['a search with another method', 'POST', '/v2/phone_numbers', 'GET /v2/phone_numbers', 405]
]

t.test('A request without a route is told the nearest call', async (t) => {
  const { api } = await adminFor(t)
  for (const [title, method, path, nearest, wanted = 404] of HINTS) {
    const { status, headers } = await api(method, path, method === 'GET' ? undefined : { data: {} })
    t.equal(status, wanted, title)
    t.equal(headers['x-emulator-hint'], `nearest is ${nearest}`, title)
  }
})

const FAR = [
  '/',
  '/favicon.ico',
  '/health',
  '/v2',
  '/v2/nowhere',
  '/v2/accounts',
  NUMBERS.replace('phone_numbers', 'devices'),
  `${NUMBERS.replace('phone_numbers', 'users')}/1234`,
  '/index.html',
  '/v3/calls/1/2/3/4/5/6/7'
]

t.test('A request that is near to no call is told none', async (t) => {
  const { api } = await adminFor(t)
  for (const path of FAR) t.equal((await api('GET', path)).headers['x-emulator-hint'], undefined, path)
  t.equal((await api('GET', NUMBERS)).headers['x-emulator-hint'], undefined, 'nor is a request that met a route')
})

t.test('The hint stands in the journal and in every report', async (t) => {
  const { admin, api, app, call } = await adminFor(t)
  await api('GET', `${OWN}/activate`)
  await api('GET', '/v2/nowhere')
  const hint = `nearest is PUT ${NUMBER}/activate`
  const [far, near] = rows((await admin('GET', '/requests')).body.requests)
  t.strictSame([near?.hint, far?.hint], [hint, undefined])
  const { body } = await admin('GET', '/contract')
  t.strictSame(
    rows(body.unmatched).map((one) => one.hint),
    [hint, null]
  )
  for (const format of ['text', 'html', 'junit', 'markdown']) {
    const { payload } = await app.inject({ method: 'GET', url: `/__admin/contract?format=${format}` })
    t.ok(payload.includes(hint), format)
  }
  const preflight = await call({
    method: 'GET',
    url: NUMBERS,
    token: 'demo-token',
    headers: { origin: 'http://page.example' }
  })
  t.match(String(preflight.headers['access-control-expose-headers']), /x-emulator-hint/)
})

t.test('What browsers ask for by themselves is no unmatched request', async (t) => {
  const { admin, api } = await adminFor(t)
  for (const path of ['/', '/favicon.ico', '/favicon.ico?v=2']) t.equal((await api('GET', path)).status, 404, path)
  t.equal((await api('POST', '/docs')).status, 404)
  t.equal(at((await admin('GET', '/contract')).body, 'summary', 'unmatched'), 0)
  await api('GET', '/v2/nowhere')
  t.equal(at((await admin('GET', '/contract')).body, 'summary', 'unmatched'), 1)
})
