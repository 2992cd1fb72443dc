import { type JsonObject } from '../../src/json.js'
import { ACCOUNTS } from '../harness/calls.js'
import { type Call } from '../harness/emulator-under-test.js'
import { inBoth, NUMBERS, OWN } from './in-both.js'

inBoth('19: A browser of another origin may make every call', async (t, { call }) => {
  const origin = { origin: 'http://ui.example.com' }
  const asked = { 'access-control-request-method': 'DELETE', 'access-control-request-headers': 'x-auth-token' }
  const preflight = await call({ method: 'OPTIONS', url: OWN, headers: { ...origin, ...asked } })
  t.equal(preflight.status, 200)
  const allowed = String(preflight.headers['access-control-allow-headers'])
  for (const header of ['x-auth-token', 'content-type', 'cache-control', 'x-kazoo-cluster-id']) t.match(allowed, header)
  const methods = String(preflight.headers['access-control-allow-methods'])
  for (const method of ['PUT', 'POST', 'PATCH', 'DELETE']) t.match(methods, method)
  for (const url of [OWN, `${NUMBERS}/4159990000`, '/nowhere']) {
    const { headers } = await call({ method: 'GET', url, headers: origin, token: 'demo-token' })
    t.equal(headers['access-control-allow-origin'], '*', url)
  }
})

inBoth('20: The endpoints beside the numbers answer, and unknown ones answer in the envelope', async (t, { call }) => {
  const token = 'demo-token'
  const cases: readonly (readonly [number, Call['method'], string, JsonObject?])[] = [
    [200, 'GET', `/v2/accounts/${ACCOUNTS.demo}`],
    [200, 'GET', `${NUMBERS}/carriers_info`],
    [201, 'PUT', `${NUMBERS}/collection`, { numbers: ['+14157770001'] }],
    [200, 'DELETE', `${NUMBERS}/collection`, { numbers: ['+14157770001'] }],
    [201, 'PUT', `${NUMBERS}/+14157770002`],
    [409, 'PUT', `${NUMBERS}/+14157770002`],
    [200, 'GET', `${NUMBERS}/classifiers`],
    [200, 'GET', `${NUMBERS}/+14155558921/identify`],
    [200, 'POST', `${NUMBERS}/fix`],
    [501, 'GET', `/v2/accounts/${ACCOUNTS.demo}/devices`],
    [404, 'GET', `/v2/accounts/${ACCOUNTS.demo}/nothing`]
  ]
  for (const [status, method, url, data = {}] of cases) {
    const reply = await call({ method, url, token, ...(method === 'GET' ? {} : { body: { data } }) })
    t.equal(reply.status, status, `${method} ${url}`)
    t.equal(reply.body.status, status < 300 ? 'success' : 'error')
  }
})
