import t from 'tap'
import { ClientHistory } from '../../src/sandbox/client-history.js'
import { EXAMPLE_ADDRESS } from '../../src/contract/openapi/examples.js'
import { WARNING_CODES, type WarningCode } from '../../src/contract/warnings.js'
import { Coverage } from '../../src/contract/coverage.js'
import type { Settings } from '../../src/settings.js'
import { type Call, DEMO, emulatorFor, type Reply, type Subject } from '../harness/emulator-under-test.js'

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const FIRST = '%2B14152338397'
const SECOND = '%2B14152338421'
const OWN = '%2B14155234712'
const token = 'demo-token'

const SEARCH: Call = { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2' }
const BUY: Call = { method: 'PUT', url: `${NUMBERS}/${FIRST}/activate`, token }
const e911 = (address: object, id = '+14152338397'): Call => ({
  method: 'POST',
  url: `${NUMBERS}/${FIRST}`,
  token,
  body: { data: { used_by: 'callflow', id, e911: address } }
})
const AMBIGUOUS = { ...EXAMPLE_ADDRESS, street_address: '911 MULTIPLE TEST ST' }
const PATCH_AMBIGUOUS: Call = { ...e911(AMBIGUOUS), method: 'PATCH' }
const inSandbox = (name: string): Call => ({ method: 'GET', url: `/sandboxes/${name}${NUMBERS}`, token })

interface Case {
  says: string
  code: WarningCode
  settings?: Partial<Settings>
  /** Sent before, for whatever they answer. */
  before?: Call[]
  request: Call
  /** The same as the document has it. */
  keeps: Call
}

const CASES: readonly Case[] = [
  {
    says: 'I left the + in the path unencoded',
    code: 'unencoded_plus',
    before: [SEARCH],
    request: { method: 'GET', url: `${NUMBERS}/+14155234712`, token },
    keeps: { method: 'GET', url: `${NUMBERS}/${OWN}`, token }
  },
  {
    says: 'My HTTP client encoded again what I had encoded',
    code: 'encoded_twice',
    request: { method: 'GET', url: `${NUMBERS}/%252B14155234712`, token },
    keeps: { method: 'GET', url: `${NUMBERS}/4155234712`, token }
  },
  {
    says: 'I left the + of the prefix unencoded',
    code: 'unencoded_query_plus',
    request: { method: 'GET', url: '/v2/phone_numbers?prefix=+1415' },
    keeps: { method: 'GET', url: '/v2/phone_numbers?prefix=%2B1415' }
  },
  {
    says: 'I encoded the space that my framework had made of the + of a start_key',
    code: 'unencoded_query_plus',
    request: { method: 'GET', url: `${NUMBERS}?start_key=%2014155234712`, token },
    keeps: { method: 'GET', url: `${NUMBERS}?start_key=%2B14155234712`, token }
  },
  {
    says: 'I sent the key of the response as it is called there',
    code: 'unknown_query_key',
    request: { method: 'GET', url: `${NUMBERS}?next_start_key=%2B14155234712`, token },
    keeps: { method: 'GET', url: `${NUMBERS}?start_key=%2B14155234712`, token }
  },
  {
    says: 'I wrote the number for people to read',
    code: 'number_form',
    request: { method: 'GET', url: `${NUMBERS}/415-523-4712`, token },
    keeps: { method: 'GET', url: `${NUMBERS}/14155234712`, token }
  },
  {
    says: 'One number of my collection has spaces',
    code: 'number_form',
    before: [SEARCH],
    request: {
      method: 'PUT',
      url: `${NUMBERS}/collection/activate`,
      token,
      body: { data: { numbers: ['415 233 8397'] } }
    },
    keeps: {
      method: 'PUT',
      url: `${NUMBERS}/collection/activate`,
      token,
      body: { data: { numbers: ['+14152338397'] } }
    }
  },
  {
    says: 'I sent the fields without data around them',
    code: 'missing_data',
    before: [SEARCH],
    request: { ...BUY, body: { used_by: 'callflow' } },
    keeps: BUY
  },
  {
    says: 'I sent Latin-1',
    code: 'not_utf8',
    before: [SEARCH],
    request: { ...BUY, body: Buffer.from('{"data":{"city":"Montréal"}}', 'latin1') },
    keeps: { ...BUY, body: { data: { city: 'Montréal' } } }
  },
  {
    says: 'I sent Latin-1 and named another method',
    code: 'not_utf8',
    request: {
      method: 'POST',
      url: `${NUMBERS}?verb=GET`,
      token,
      body: Buffer.from('{"data":{"city":"Montréal"}}', 'latin1')
    },
    keeps: { method: 'POST', url: `${NUMBERS}?verb=GET`, token, body: { data: { city: 'Montréal' } } }
  },
  {
    says: 'I forgot the token',
    code: 'missing_token',
    request: { method: 'GET', url: NUMBERS },
    keeps: { method: 'GET', url: NUMBERS, token }
  },
  {
    says: 'My script sent the token undefined',
    code: 'missing_token',
    request: { method: 'GET', url: NUMBERS, token: 'undefined' },
    keeps: { method: 'GET', url: `${NUMBERS}?auth_token=demo-token` }
  },
  {
    says: 'I searched by an area code and an exchange',
    code: 'prefix_form',
    request: { method: 'GET', url: '/v2/phone_numbers?prefix=415233' },
    keeps: { method: 'GET', url: '/v2/phone_numbers?prefix=%2B1415233' }
  },
  {
    says: 'I misspelt a key of the query',
    code: 'near_key',
    request: { method: 'GET', url: '/v2/phone_numbers?prefix=415&quanity=2' },
    keeps: SEARCH
  },
  {
    says: 'I forgot the prefix of a search in my account',
    code: 'unknown_query_key',
    request: { method: 'GET', url: `${NUMBERS}?quantity=2`, token },
    keeps: { method: 'GET', url: `${NUMBERS}?page_size=2&created_from=63627345744&filter_not_state=port_in`, token }
  },
  {
    says: 'I asked for many numbers in words',
    code: 'unreadable_count',
    request: { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=two' },
    keeps: SEARCH
  },
  {
    says: 'I asked for two quantities',
    code: 'unreadable_count',
    request: { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2&quantity=3' },
    keeps: SEARCH
  },
  {
    says: 'I sent a boolean as text',
    code: 'repaired_type',
    request: { method: 'POST', url: `${NUMBERS}/${OWN}`, token, body: { data: { cnam: { inbound_lookup: 'true' } } } },
    keeps: { method: 'POST', url: `${NUMBERS}/${OWN}`, token, body: { data: { cnam: { inbound_lookup: true } } } }
  },
  {
    says: 'I misspelt what I preferred',
    code: 'unknown_preference',
    request: { method: 'GET', url: NUMBERS, token, headers: { prefer: 'delay=1, cod=503' } },
    keeps: { method: 'GET', url: NUMBERS, token, headers: { prefer: 'delay=1, return=minimal, code=503' } }
  },
  {
    says: 'The id in my body was that of another number',
    code: 'id_differs',
    before: [SEARCH, BUY],
    request: e911(EXAMPLE_ADDRESS, '+14152338421'),
    keeps: e911(EXAMPLE_ADDRESS)
  },
  {
    says: 'I sent the address again though I had to choose another',
    code: 'same_address_again',
    before: [SEARCH, BUY, e911(AMBIGUOUS)],
    request: e911(AMBIGUOUS),
    keeps: e911({ ...AMBIGUOUS, street_address: '911 PROVISIONED TEST ST' })
  },
  {
    says: 'I patched the address in again though I had to choose another',
    code: 'same_address_again',
    before: [SEARCH, BUY, PATCH_AMBIGUOUS],
    request: PATCH_AMBIGUOUS,
    keeps: { ...e911(EXAMPLE_ADDRESS), method: 'PATCH' }
  },
  {
    says: 'I bought a number out of my head',
    code: 'never_searched',
    before: [SEARCH],
    request: { method: 'PUT', url: `${NUMBERS}/%2B14155550199/activate`, token },
    keeps: BUY
  },
  {
    says: 'I came back before Retry-After',
    code: 'early_retry',
    before: [{ ...BUY, headers: { prefer: 'example=too_many_requests' } }],
    request: BUY,
    keeps: { ...BUY, url: `${NUMBERS}/${SECOND}/activate` }
  },
  {
    says: 'I bought another number when the answer to the first was lost',
    code: 'bought_after_lost_answer',
    before: [SEARCH, { ...BUY, headers: { prefer: 'code=502, phase=after' } }],
    request: { ...BUY, url: `${NUMBERS}/${SECOND}/activate` },
    keeps: BUY
  },
  {
    says: 'My sandbox had to make room for another',
    code: 'sandbox_dropped',
    settings: { maxSandboxes: 1 },
    before: [inSandbox('mine'), inSandbox('other')],
    request: inSandbox('mine'),
    keeps: inSandbox('other')
  }
]

const warningsOf = ({ headers }: Reply) =>
  typeof headers['x-emulator-warning'] === 'string' ? headers['x-emulator-warning'].split(', ') : []

async function sent({ call }: Subject, before: readonly Call[], last: Call): Promise<Reply> {
  for (const one of before) await call(one)
  return call(last)
}

for (const { says, code, settings, before = [], request, keeps } of CASES) {
  t.test(says, async (t) => {
    t.ok(warningsOf(await sent(await emulatorFor(t, settings), before, request)).includes(code), `${code} is there`)
    t.notOk(warningsOf(await sent(await emulatorFor(t, settings), before, keeps)).includes(code), `${code} is not`)
  })
}

t.test('Every warning is tried both ways', async (t) => {
  t.same([...new Set(CASES.map(({ code }) => code))].sort(), [...WARNING_CODES].sort())
})

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

t.test('With --contract strict a request with a warning is refused, and the warning named', async (t) => {
  const { call } = await emulatorFor(t, { contract: 'strict' })
  const refused = await call({ method: 'GET', url: '/v2/phone_numbers?prefix=415233' })
  t.match(refused, { status: 400, body: { message: 'contract violation', data: { prefix_form: { section: String } } } })
  t.equal((await call(SEARCH)).status, 200)
  t.match(await call({ method: 'GET', url: NUMBERS }), { status: 401 }, 'what is refused anyway keeps its answer')
})

t.test('With --contract off nothing is read', async (t) => {
  const { call } = await emulatorFor(t, { contract: 'off' })
  t.same(warningsOf(await call({ method: 'GET', url: '/v2/phone_numbers?prefix=415233' })), [])
})

t.test('Waiting on the clock of the sandbox is waiting', async (t) => {
  const { call } = await emulatorFor(t)
  await call(SEARCH)
  await call({ ...BUY, headers: { prefer: 'example=too_many_requests' } })
  await call({ method: 'POST', url: '/__admin/clock/advance', body: { seconds: 1 } })
  t.same(warningsOf(await call(BUY)), [])
})

t.test('A reset takes back what was said', async (t) => {
  const { call } = await emulatorFor(t)
  for (const one of [SEARCH, BUY, e911(AMBIGUOUS)]) await call(one)
  await call({ method: 'POST', url: '/__admin/reset' })
  for (const one of [SEARCH, BUY]) await call(one)
  t.same(warningsOf(await call(e911(AMBIGUOUS))), [])
})

t.test('Memory is bounded, the oldest goes first', async (t) => {
  const history = new ClientHistory(new Coverage())
  for (let i = 0; i <= 1_000; i++) history.rememberChoice(String(i), 'x')
  t.same([history.wasOfferedChoice('0', 'x'), history.wasOfferedChoice('1', 'x')], [false, true])
})
