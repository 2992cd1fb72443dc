import { EXAMPLE_ADDRESS } from '../../src/contract/openapi/examples.js'
import type { POINTS } from '../../src/dialect.js'
import { DEMO, type Call } from '../harness/emulator-under-test.js'

export type Point = keyof typeof POINTS

/** A call of the client, and the points of the table in which the dialects answer it differently. */
export interface DialectCall extends Call {
  shows?: readonly Point[]
}

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const [FIRST, SECOND] = ['%2B14152338397', '%2B14152338421']
const LOCAL = '%2B14155550123'
const UNKNOWN = '%2B14155550199'
const e911 = (id: string, street_address: string) => ({
  data: { id, e911: { ...EXAMPLE_ADDRESS, street_address } }
})

/** What each of these differences looks like. */
// prettier-ignore
export const SIGNS: Readonly<Partial<Record<Point, RegExp>>> = {
  absent_token: /^\/auth_token is "undefined" in the record, and "" at the emulator$/,
  envelope: /^\/(?:node|timestamp|version) is in the record only$|^\/revision is at the emulator only$/,
  unsearched: /^the status is 404 .* and 500/,
  body_limit: /^the status is 400 \(validation error\) in the record, and 413/,
  collection: /^the status is 20[01] in the record, and 400 \(client error\)/,
  collection_errors: /^\/data\/error\/\* is "not_(?:found|reconcilable)" in the record, and an object at the emulator$/,
  public_search: /^\/data\/\*\/(?:\w+(?:\/\w+)? is at the emulator|state is in the record) only$/,
  account_search: /^\/data\/\*\/state is "discovery" or "reserved" in the record, and .*"in_service"/,
  offset: /^\/data\/\* is at the emulator only$/,
  prefix: /^\/data\/\* is at the emulator only$/,
  list_keys: /^\/(?:next_)?start_key is "g20\w+" in the record, and "\+1\d+" at the emulator$/,
  not_on_account: /^the status is (?:200|400 .*) in the record, and 404/,
  release: /^\/data\/(?:(?:_read_only\/)?state is "deleted" in the record, and "available"|features is in the record only$)/,
  e911_heading: /^the status is 405 .* and 200/,
  e911_errors: /^\/(?:message|data\/\w+) is |^the status is 500 .* and 400 \(multiple_choice\)/,
  unknown_path: /^the status is 401 \(invalid_credentials\) in the record, and 404/,
  used_by: /^\/data\/(?:_read_only\/)?used_by is at the emulator only$/,
  local_features: /^the status is 403 \(forbidden\) in the record, and 200/,
  email_syntax: /^the status is 400 \(validation error\) in the record, and 200/,
  account_search_token: /^the status is 401 .* and 200/,
  stale_token: /^the status is 401 .* and 200/,
  not_reconcilable: /^the status is 400 \(client error\) in the record, and 404/,
  features_view: /^\/data\/(?:_read_only|numbers\/\*|success\/\*\/_read_only)\/(?:carrier_module|features\w*) is /,
  phonebook: /^the status is 500 .* and 200/,
  filter_names: /^\/data\/numbers\/\* is in the record only$|^\/page_size is /,
  accept: /^the status is 406 in the record, and 200/
}

const data = { data: {} }

/** A token that was good once. */
export const EXPIRED_TOKEN = 'an-expired-token'

/** One call for each point, and what comes before it. */
export const DIALECT_CALLS: readonly DialectCall[] = [
  { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2', shows: ['public_search'] },
  { method: 'PUT', url: `${NUMBERS}/${FIRST}/activate`, body: data, shows: ['features_view'] },
  { method: 'PUT', url: `${NUMBERS}/${UNKNOWN}/activate`, body: data, shows: ['unsearched'] },
  {
    method: 'PUT',
    url: `${NUMBERS}/collection/activate`,
    body: { data: { numbers: ['+14152338421', '+14155550199'] } },
    shows: ['collection', 'collection_errors']
  },
  {
    method: 'PATCH',
    url: `${NUMBERS}/collection`,
    body: { data: { numbers: ['+14155550199', '0012'] } },
    shows: ['collection', 'collection_errors']
  },
  { method: 'GET', url: `${NUMBERS}?prefix=415&quantity=5`, shows: ['account_search'] },
  { method: 'GET', url: '/v2/phone_numbers?prefix=212&quantity=2&offset=1', shows: ['offset'] },
  { method: 'GET', url: '/v2/phone_numbers?prefix=%2B1415&quantity=2', shows: ['prefix'] },
  { method: 'GET', url: `${NUMBERS}?page_size=1`, shows: ['list_keys', 'features_view'] },
  { method: 'GET', url: `${NUMBERS}/${FIRST}`, shows: ['features_view'] },
  {
    method: 'POST',
    url: `${NUMBERS}/${FIRST}`,
    body: { data: { used_by: 'callflow', my_own: 1 } },
    shows: ['used_by', 'features_view']
  },
  {
    method: 'POST',
    url: `${NUMBERS}/collection/activate`,
    body: e911('+14152338397', EXAMPLE_ADDRESS.street_address),
    shows: ['e911_heading']
  },
  {
    method: 'POST',
    url: `${NUMBERS}/${FIRST}`,
    body: e911('+14152338397', EXAMPLE_ADDRESS.street_address),
    shows: ['features_view']
  },
  {
    method: 'POST',
    url: `${NUMBERS}/${FIRST}`,
    body: e911('+14152338397', '911 INVALID TEST ST'),
    shows: ['e911_errors']
  },
  {
    method: 'POST',
    url: `${NUMBERS}/${FIRST}`,
    body: e911('+14152338397', '911 MULTIPLE TEST ST'),
    shows: ['e911_errors']
  },
  {
    method: 'PATCH',
    url: `${NUMBERS}/${FIRST}`,
    body: { data: { e911: { ...EXAMPLE_ADDRESS, notification_contact_emails: ['nobody'] } } },
    shows: ['email_syntax']
  },
  { method: 'GET', url: `${NUMBERS}?filter_not_state=reserved`, shows: ['filter_names', 'features_view'] },
  { method: 'GET', url: `${NUMBERS}?prefix=415`, token: '', shows: ['account_search_token'] },
  { method: 'PUT', url: `${NUMBERS}/0012/activate`, body: data, shows: ['not_reconcilable'] },
  { method: 'POST', url: `${NUMBERS}/locality`, body: { data: { numbers: ['+14152338397'] } }, shows: ['phonebook'] },
  { method: 'GET', url: '/v2/phone_numbers?prefix=415', headers: { accept: 'text/html' }, shows: ['accept'] },
  { method: 'PUT', url: `${NUMBERS}/${LOCAL}`, body: data, shows: ['features_view'] },
  {
    method: 'POST',
    url: `${NUMBERS}/${LOCAL}`,
    body: e911('+14155550123', EXAMPLE_ADDRESS.street_address),
    shows: ['local_features']
  },
  { method: 'DELETE', url: `${NUMBERS}/${LOCAL}`, shows: ['release', 'features_view'] },
  { method: 'DELETE', url: `${NUMBERS}/${SECOND}`, shows: ['features_view'] },
  { method: 'GET', url: `${NUMBERS}/${SECOND}`, shows: ['not_on_account'] },
  { method: 'DELETE', url: `${NUMBERS}/${SECOND}`, shows: ['not_on_account'] },
  {
    method: 'POST',
    url: `${NUMBERS}/${FIRST}`,
    body: { data: { my_own: 'x'.repeat(8_000_000) } },
    shows: ['body_limit']
  },
  { method: 'GET', url: '/v2/nothing', token: '', shows: ['unknown_path'] },
  { method: 'GET', url: NUMBERS, token: '', shows: ['absent_token'] },
  { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=1', token: EXPIRED_TOKEN, shows: ['stale_token'] }
]
