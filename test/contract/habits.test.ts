import t from 'tap'
import { EXAMPLE_ADDRESS } from '../../src/contract/openapi/examples.js'
import { type Call, DEMO, emulatorFor } from '../harness/emulator-under-test.js'
import { warningsOf, SEARCH, NUMBERS, token, BUY, FIRST, e911, OWN } from './warnings-under-test.js'

/** The requests of the document in its order, as a shell sends its curl lines: `&` ends a command, `-d` is a form. */
const form = { 'content-type': 'application/x-www-form-urlencoded' }

const DOCUMENT: readonly Call[] = [
  { method: 'GET', url: '/v2/phone_numbers?prefix=415' },
  { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2' },
  { method: 'GET', url: '/v2/phone_numbers?prefix={PREFIX}&quantity={QUANTITY}&offset={OFFSET}' },
  { method: 'GET', url: '/v2/phone_numbers?prefix=499&quantity=2&offset=0' },
  { method: 'GET', url: '/v2/phone_numbers?prefix=%2B1499&quantity=2&offset=0' },
  BUY,
  { method: 'PUT', url: '/v2/accounts/{ACCOUNT_ID}/phone_numbers/{PHONE_NUMBER}/activate', token: '{AUTH_TOKEN}' },
  {
    method: 'PUT',
    url: `${NUMBERS}/collection/activate`,
    token,
    headers: form,
    body: '{"data":{"numbers": ["+14152338397", "+14152338421"]}}'
  },
  {
    method: 'PUT',
    url: `${NUMBERS}/collection/activate`,
    token,
    headers: form,
    body: '{"data":{"numbers": ["{PHONE_NUMBER1}", "{PHONE_NUMBER2}"]}}'
  },
  { method: 'GET', url: `${NUMBERS}?prefix=555` },
  { method: 'GET', url: `${NUMBERS}?prefix=555&quantity=3&offset=6` },
  { method: 'GET', url: `${NUMBERS}?page_size=3`, token },
  { method: 'GET', url: `${NUMBERS}?page_size=3&start_key=%2B14152338421`, token },
  { method: 'GET', url: `${NUMBERS}?filter_state=in_service`, token },
  { method: 'GET', url: `${NUMBERS}?created_from=63627345744`, token },
  { method: 'GET', url: `${NUMBERS}/${FIRST}`, token },
  { method: 'GET', url: `${NUMBERS}/4123456789`, token },
  { method: 'GET', url: `${NUMBERS}/41234567`, token },
  e911(EXAMPLE_ADDRESS),
  { ...e911(EXAMPLE_ADDRESS), url: `${NUMBERS}/collection/activate` },
  { ...e911(EXAMPLE_ADDRESS, '{NUMBER}'), url: `${NUMBERS}/{NUMBER}` },
  { method: 'DELETE', url: `${NUMBERS}/${FIRST}`, token }
]

t.test('The lines of the document trigger no warning', async (t) => {
  const { call } = await emulatorFor(t)
  for (const one of DOCUMENT) t.same(warningsOf(await call(one)), [], `${one.method} ${one.url}`)
})

/** What six public clients do beside the document and the service takes. */
const HABITS: readonly (Call & { says: string })[] = [
  { says: 'a timestamp against caches', method: 'GET', url: `${NUMBERS}?_=1700000000000`, token },
  { says: 'no pages', method: 'GET', url: `${NUMBERS}?paginate=false&include_ports=true`, token },
  { says: 'a JSON list in a filter', method: 'GET', url: `${NUMBERS}?filter_state=%5B%22in_service%22%5D`, token },
  { says: 'a country', method: 'GET', url: '/v2/phone_numbers?prefix=415&country=US&blocks=1' },
  { says: 'a token that is none where none is needed', ...SEARCH, token: 'undefined' },
  { says: 'a token in Authorization', method: 'GET', url: NUMBERS, headers: { authorization: 'Bearer demo-token' } },
  { says: 'a JSON type without a body', ...BUY, headers: { 'content-type': 'application/json' } },
  { says: 'a delete for good', method: 'DELETE', url: `${NUMBERS}/${FIRST}?hard=false`, token },
  {
    says: 'the whole document sent back',
    method: 'POST',
    url: `${NUMBERS}/${OWN}`,
    token,
    body: {
      data: {
        _read_only: { state: 'in_service' },
        id: '+14155234712',
        state: 'in_service',
        features: [],
        ui_metadata: {}
      }
    }
  },
  { says: 'a login', method: 'PUT', url: '/v2/user_auth', body: { data: { credentials: 'x', account_name: 'demo' } } },
  { says: 'a question for the kind', method: 'GET', url: `${NUMBERS}/classifiers/911`, token },
  { says: 'a preflight', method: 'OPTIONS', url: NUMBERS, headers: { 'access-control-request-method': 'GET' } },
  { says: 'a token in the query', method: 'GET', url: `${NUMBERS}?auth_token=demo-token` },
  { says: 'a token as a password', method: 'GET', url: NUMBERS, headers: { authorization: 'Basic demo-token' } },
  {
    says: 'a token in the envelope',
    method: 'POST',
    url: `${NUMBERS}/${OWN}`,
    body: { auth_token: 'demo-token', data: {} }
  },
  {
    says: 'charges accepted beside the data',
    method: 'PUT',
    url: `${NUMBERS}/collection/activate`,
    token,
    body: { accept_charges: true, data: { numbers: ['+14152338421'] } }
  },
  { says: 'rows as an offset', method: 'GET', url: `${NUMBERS}?prefix=415&quantity=15&offset=15`, token },
  { says: 'ten digits', method: 'GET', url: `${NUMBERS}/4155234712`, token },
  { says: 'a number made', method: 'PUT', url: `${NUMBERS}/%2B14155550177`, token, body: { data: {} } },
  {
    says: 'numbers made',
    method: 'PUT',
    url: `${NUMBERS}/collection`,
    token,
    body: { data: { numbers: ['+14155550178'] } }
  },
  {
    says: 'numbers removed together',
    method: 'DELETE',
    url: `${NUMBERS}/collection`,
    token,
    body: { data: { numbers: ['+14155550178'] } }
  },
  { says: 'a merge', method: 'PATCH', url: `${NUMBERS}/${OWN}`, token, body: { data: { my_own: 'field' } } },
  { says: 'the account', method: 'GET', url: `/v2/accounts/${DEMO}`, token },
  { says: 'the carriers', method: 'GET', url: `${NUMBERS}/carriers_info`, token },
  { says: 'whose a number is', method: 'GET', url: `${NUMBERS}/${OWN}/identify`, token },
  { says: 'a repair', method: 'POST', url: `${NUMBERS}/fix`, token, body: { data: {} } },
  { says: 'a login by key', method: 'PUT', url: '/v2/api_auth', body: { data: { api_key: 'x' } } },
  { says: 'a verb in the envelope', method: 'POST', url: `${NUMBERS}/${OWN}`, token, body: { verb: 'GET', data: {} } },
  { says: 'a tunnelled verb', method: 'POST', url: `${NUMBERS}/${OWN}?verb=GET`, token, body: { data: {} } }
]

t.test('What clients do and the service takes is not warned about', async (t) => {
  const { call } = await emulatorFor(t)
  await call(SEARCH)
  for (const { says, ...one } of HABITS) t.same(warningsOf(await call(one)), [], says)
})
