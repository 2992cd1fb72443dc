import { EXAMPLE_ADDRESS } from '../../src/contract/openapi/examples.js'
import type { OperationName } from '../../src/contract/outcomes.js'
import { DEMO, type Call } from '../harness/emulator-under-test.js'

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const NUMBER = `${NUMBERS}/%2B14152338397`
const data = { data: {} }
const numbers = { data: { numbers: ['+14152338397', '+14152338421'] } }
/** A request of each operation. */
export const REQUESTS: Readonly<Record<OperationName, Call>> = {
  search: { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2' },
  buy: { method: 'PUT', url: `${NUMBER}/activate`, body: data },
  buy_collection: { method: 'PUT', url: `${NUMBERS}/collection/activate`, body: numbers },
  search_account: { method: 'GET', url: `${NUMBERS}?prefix=415` },
  list: { method: 'GET', url: NUMBERS },
  remove: { method: 'DELETE', url: NUMBER },
  read: { method: 'GET', url: NUMBER },
  e911: { method: 'POST', url: NUMBER, body: { data: { id: '+14152338397', e911: EXAMPLE_ADDRESS } } },
  update: { method: 'POST', url: NUMBER, body: data },
  log_in_by_key: { method: 'PUT', url: '/v2/api_auth', body: { data: { api_key: 'k'.repeat(64) } } },
  log_in_by_user: {
    method: 'PUT',
    url: '/v2/user_auth',
    body: { data: { credentials: 'c'.repeat(32), account_name: 'demo' } }
  },
  read_account: { method: 'GET', url: `/v2/accounts/${DEMO}` },
  create: { method: 'PUT', url: NUMBER, body: data },
  patch: { method: 'PATCH', url: NUMBER, body: data },
  reserve: { method: 'PUT', url: `${NUMBER}/reserve`, body: data },
  port: { method: 'PUT', url: `${NUMBER}/port`, body: data },
  identify: { method: 'GET', url: `${NUMBER}/identify` },
  create_collection: { method: 'PUT', url: `${NUMBERS}/collection`, body: numbers },
  update_collection: { method: 'POST', url: `${NUMBERS}/collection`, body: numbers },
  patch_collection: { method: 'PATCH', url: `${NUMBERS}/collection`, body: numbers },
  remove_collection: { method: 'DELETE', url: `${NUMBERS}/collection`, body: numbers },
  carriers_info: { method: 'GET', url: `${NUMBERS}/carriers_info` },
  classifiers: { method: 'GET', url: `${NUMBERS}/classifiers` },
  classify: { method: 'GET', url: `${NUMBERS}/classifiers/%2B14152338397` },
  check: { method: 'POST', url: `${NUMBERS}/check`, body: numbers },
  locality: { method: 'POST', url: `${NUMBERS}/locality`, body: numbers },
  area_codes: { method: 'GET', url: '/v2/phone_numbers/prefix?city=SAN%20FRANCISCO' },
  fix: { method: 'POST', url: `${NUMBERS}/fix`, body: data },
  fix_number: { method: 'POST', url: `${NUMBERS}/fix/%2B14152338397`, body: data }
}

/** What a client does on a day, without any fault. */
export const JOURNEY: readonly Call[] = [
  { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2' },
  { method: 'GET', url: '/v2/phone_numbers?quantity=2' },
  { method: 'GET', url: '/v2/phone_numbers?prefix=5005550500&quantity=1' },
  {
    method: 'PUT',
    url: '/v2/api_auth',
    token: '',
    body: { data: { api_key: 'dcf7f815251380ea4471b80c04442529641cd721548133a4bc24e3ff1a4d7598' } }
  },
  {
    method: 'PUT',
    url: '/v2/user_auth',
    token: '',
    body: { data: { credentials: 'c'.repeat(32), account_name: 'demo' } }
  },
  { method: 'PUT', url: `${NUMBER}/activate`, body: { data: { my_own_field: { a: 1 }, 'my-list': [1, 'x'] } } },
  { method: 'PUT', url: `${NUMBERS}/+14155550199/activate` },
  { method: 'PUT', url: `${NUMBERS}/%2B15005550500/activate` },
  {
    method: 'PUT',
    url: `${NUMBERS}/collection/activate`,
    body: { data: { numbers: ['+14152338421', '+14155550199'] } }
  },
  { method: 'PUT', url: `${NUMBERS}/collection/activate`, body: { data: { numbers: ['+14152338421'] } } },
  { method: 'GET', url: `${NUMBERS}?prefix=415&quantity=3` },
  { method: 'GET', url: `${NUMBERS}?page_size=3` },
  { method: 'GET', url: NUMBERS, token: '' },
  { method: 'GET', url: NUMBER },
  { method: 'GET', url: `${NUMBERS}/%2B14155550199` },
  { method: 'POST', url: NUMBER, body: { data: { used_by: 'callflow', id: '+14152338397', e911: EXAMPLE_ADDRESS } } },
  {
    method: 'POST',
    url: NUMBER,
    body: { data: { id: '+14152338397', e911: { ...EXAMPLE_ADDRESS, street_address: '911 MULTIPLE TEST ST' } } }
  },
  {
    method: 'POST',
    url: NUMBER,
    body: { data: { id: '+14152338397', e911: { ...EXAMPLE_ADDRESS, street_address: '911 INVALID TEST ST' } } }
  },
  { method: 'POST', url: NUMBER, body: { data: { my_other_field: true } } },
  { method: 'PATCH', url: NUMBER, body: { data: { my_third_field: 'x' } } },
  { method: 'GET', url: `${NUMBER}/identify` },
  { method: 'PUT', url: `${NUMBERS}/%2B14155550123`, body: data },
  { method: 'PUT', url: `${NUMBERS}/%2B14155550123/reserve`, body: data },
  { method: 'GET', url: `${NUMBERS}/classifiers` },
  { method: 'GET', url: `${NUMBERS}/carriers_info` },
  { method: 'DELETE', url: NUMBER },
  { method: 'GET', url: `${NUMBER}/identify` },
  { method: 'DELETE', url: `${NUMBERS}/%2B14155550199` }
]
