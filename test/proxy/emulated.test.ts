/** What the emulator would have answered, in front of a second emulator that stands for the service. */
import t, { type Test } from 'tap'
import type { JsonObject } from '../../src/json.js'
import type { Emulated } from '../../src/records/record.js'
import type { Settings } from '../../src/settings.js'
import { DEMO, emulatorFor, type NumberGiven } from '../harness/emulator-under-test.js'
import { proxyFor } from '../harness/proxy-under-test.js'

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const [OFFERED, OWNED, OTHER] = ['+14152338397', '+14155550142', '+14155550143'] as const
const at = (number: string, action = '') => `${NUMBERS}/${encodeURIComponent(number)}${action}`
const SEARCH = '/v2/phone_numbers?prefix=415233'

/** Everything that the tables send. */
const ALLOW =
  'search,search_account,list,read,identify,buy,remove,update,e911,patch,reserve,create,check,classifiers,buy_collection,log_in_by_key,read_account,remove_collection'

interface Request {
  method?: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  url: string
  data?: JsonObject
  /** `''` for none. */
  token?: string
}

interface Case {
  title: string
  service?: Partial<Settings>
  numbers?: NumberGiven[]
  /** What passes before. */
  before?: Request[]
  request: Request
  emulated: Emulated | { status: number; has: JsonObject }
}

async function send(base: string, { method = 'GET', url, data, token = 'a-token' }: Request): Promise<void> {
  const response = await fetch(base + url, {
    method,
    headers: {
      ...(token === '' ? {} : { 'x-auth-token': token }),
      ...(data === undefined ? {} : { 'content-type': 'application/json' })
    },
    ...(data === undefined ? {} : { body: JSON.stringify({ data }) })
  })
  await response.arrayBuffer()
}

async function play(t: Test, { service = {}, numbers = [], before = [], request, emulated }: Case): Promise<void> {
  const upstream = await emulatorFor(t, service)
  for (const number of numbers) upstream.put(number)
  const { url, records } = await proxyFor(t, `http://127.0.0.1:${await upstream.listen()}`, { allow: ALLOW })
  for (const one of [...before, request]) await send(url, one)
  const found = records().at(-1)?._emulator
  if ('has' in emulated) t.match(found, { status: emulated.status, body: emulated.has })
  else t.same(found, emulated)
}

const MINE: NumberGiven = {
  e164: OWNED,
  state: 'in_service',
  owner: DEMO,
  document: { my_field: 'mine' },
  createdAt: 63_600_000_000
}
const ADDRESS = { street_address: '116 NATOMA ST', locality: 'SAN FRANCISCO', region: 'CA', postal_code: '94105' }

const CASES: Case[] = [
  {
    title: 'a number that is read is as the service shows it',
    numbers: [MINE],
    request: { url: at(OWNED) },
    emulated: { status: 200, has: { data: { id: OWNED, my_field: 'mine', _read_only: { created: 63_600_000_000 } } } }
  },
  {
    title: 'its token is covered',
    numbers: [MINE],
    request: { url: at(OWNED) },
    emulated: { status: 200, has: { auth_token: '[redacted]' } }
  },
  {
    title: 'the other dialect shows more than the emulator',
    service: { dialect: 'kazoo-4.3' },
    numbers: [MINE],
    request: { url: at(OWNED) },
    emulated: { status: 200, has: { data: { id: OWNED, my_field: 'mine' } } }
  },
  {
    title: 'a number that the account has not',
    request: { url: at(OTHER) },
    emulated: { status: 404, has: { message: 'bad_identifier' } }
  },
  {
    title: 'a number that the account has no more',
    numbers: [MINE],
    before: [{ url: at(OWNED) }, { method: 'DELETE', url: at(OWNED) }],
    request: { url: at(OWNED) },
    emulated: { status: 404, has: { message: 'bad_identifier' } }
  },
  { title: 'a search', request: { url: SEARCH }, emulated: { status: 200, has: { data: [{ e164: OFFERED }] } } },
  {
    title: 'a purchase of what a search has found',
    before: [{ url: SEARCH }],
    request: { method: 'PUT', url: at(OFFERED, '/activate'), data: {} },
    emulated: { status: 201, has: { data: { id: OFFERED, state: 'in_service' } } }
  },
  {
    title: 'a purchase of what the service has',
    numbers: [{ e164: OTHER, state: 'available' }],
    request: { method: 'PUT', url: at(OTHER, '/activate'), data: {} },
    emulated: { status: 201, has: { data: { id: OTHER, state: 'in_service' } } }
  },
  {
    title: 'a purchase of what no search has found',
    request: { method: 'PUT', url: at(OTHER, '/activate'), data: {} },
    emulated: { status: 500, has: { data: { message: 'missing_provider_url' } } }
  },
  {
    title: 'a purchase of a number that someone else has',
    numbers: [{ e164: OTHER, state: 'in_service', owner: 'a0'.repeat(16) }],
    request: { method: 'PUT', url: at(OTHER, '/activate'), data: {} },
    emulated: { status: 403, has: { message: 'forbidden' } }
  },
  {
    title: 'a purchase of several',
    before: [{ url: SEARCH }],
    request: { method: 'PUT', url: `${NUMBERS}/collection/activate`, data: { numbers: [OFFERED] } },
    emulated: { status: 201, has: { data: { success: { [OFFERED]: { state: 'in_service' } } } } }
  },
  {
    title: 'a removal of a number that nothing has shown',
    numbers: [MINE],
    request: { method: 'DELETE', url: at(OWNED) },
    emulated: { status: 200, has: { data: { id: OWNED } } }
  },
  {
    title: 'a removal of what the account has not',
    request: { method: 'DELETE', url: at(OTHER) },
    emulated: { status: 404, has: {} }
  },
  {
    title: 'a removal of several',
    numbers: [MINE],
    request: { method: 'DELETE', url: `${NUMBERS}/collection`, data: { numbers: [OWNED] } },
    emulated: { status: 200, has: { data: { success: { [OWNED]: {} } } } }
  },
  {
    title: 'the list of an account',
    numbers: [MINE],
    request: { url: NUMBERS },
    emulated: { status: 200, has: { data: { numbers: { [OWNED]: { state: 'in_service', created: 63_600_000_000 } } } } }
  },
  {
    title: 'a page of a list',
    service: { maxPageSize: 1 },
    request: { url: `${NUMBERS}?page_size=1` },
    emulated: { status: 200, has: { page_size: 1, next_start_key: /^\+1/ as unknown as string } }
  },
  {
    title: 'a list keeps what is known of its numbers',
    numbers: [MINE],
    before: [{ url: at(OWNED) }, { url: NUMBERS }],
    request: { url: at(OWNED) },
    emulated: { status: 200, has: { data: { my_field: 'mine' } } }
  },
  {
    title: 'a number that a later list has no more',
    numbers: [MINE],
    before: [{ url: at(OWNED) }, { method: 'DELETE', url: at(OWNED) }, { url: NUMBERS }],
    request: { url: NUMBERS },
    emulated: { status: 200, has: {} }
  },
  {
    title: 'a change of a number',
    numbers: [MINE],
    request: { method: 'POST', url: at(OWNED), data: { my_field: 'new' } },
    emulated: { status: 200, has: { data: { my_field: 'new' } } }
  },
  {
    title: 'an address',
    numbers: [MINE],
    request: { method: 'POST', url: at(OWNED), data: { e911: ADDRESS } },
    emulated: { status: 200, has: { data: { id: OWNED, e911: { postal_code: '94105' } } } }
  },
  {
    title: 'an address that no location matches',
    numbers: [MINE],
    request: { method: 'POST', url: at(OWNED), data: { e911: { ...ADDRESS, street_address: '1 NOWHERE RD' } } },
    emulated: { unknown: 'the emulator fails so where a fault asks for it, and no number shows why' }
  },
  {
    title: 'a reservation of a number of the pool',
    numbers: [{ e164: OTHER, state: 'available' }],
    request: { method: 'PUT', url: at(OTHER, '/reserve'), data: {} },
    emulated: { status: 201, has: { data: { state: 'reserved' } } }
  },
  {
    title: 'a reservation of a number that a search has found',
    before: [{ url: SEARCH }],
    request: { method: 'PUT', url: at(OFFERED, '/reserve'), data: {} },
    emulated: { status: 404, has: { message: 'bad_identifier' } }
  },
  {
    title: 'whose number it is',
    numbers: [MINE],
    request: { url: at(OWNED, '/identify') },
    emulated: { status: 200, has: { data: { account_id: DEMO, number: OWNED } } }
  },
  {
    title: 'whose number it is, where no account has it',
    request: { url: at(OTHER, '/identify') },
    emulated: { status: 404, has: {} }
  },
  {
    title: 'the classifiers',
    request: { url: `${NUMBERS}/classifiers` },
    emulated: { status: 200, has: { data: {} } }
  },
  {
    title: 'a request without a token',
    request: { url: NUMBERS, token: '' },
    emulated: { status: 401, has: { message: 'invalid_credentials' } }
  },
  {
    title: 'a token that the service refuses',
    service: { auth: 'strict' },
    request: { url: NUMBERS },
    emulated: { status: 401, has: { message: 'invalid credentials' } }
  },
  {
    title: 'a body that breaks the rules',
    numbers: [MINE],
    request: { method: 'POST', url: at(OWNED), data: { e911: { postal_code: 1 } } },
    emulated: { status: 400, has: { message: 'validation error' } }
  },
  {
    title: 'an account',
    request: { url: `/v2/accounts/${DEMO}` },
    emulated: { status: 200, has: { data: { id: DEMO } } }
  }
]

for (const one of CASES) {
  t.test(`A record says what the emulator answers: ${one.title}`, (t) => play(t, one))
}
