import type { DialectName } from '../../dialect.js'
import type { JsonObject, JsonValue } from '../../json.js'
import { EXAMPLE_ADDRESS } from '../openapi/examples.js'

interface Expectation {
  status: number
  /** A shape: see `diffShape`. */
  body: JsonValue
}

/**
 * One outcome, and the request that brings it about. The placeholders `{account}`, `{found}`, `{other}` and `{owned}` stand for
 * the account, two numbers of the search before the request, and a number that an earlier case has bought.
 */
export interface Case {
  /** `operation.outcome`. */
  name: string
  /** Whether it buys, changes or removes something. */
  changes: boolean
  /** The query of a search before the request. */
  search?: string
  method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Below `/v2`. */
  path: string
  body?: JsonObject
  /** Sent without a token. */
  isAnonymous?: true
  /** A success makes `{found}` the `{owned}` of later cases. */
  keeps?: true
  expected: Expectation | Readonly<Record<DialectName, Expectation>>
}

const NUMBERS_PATH = '/accounts/{account}/phone_numbers'

/** A number that is reserved for fiction, so that no search returns it. */
const UNKNOWN_NUMBER = '+14155550199'

/** The query for a magic number that the carrier fails for; no other server has it. */
const FAULTY = 'prefix=5005550500&quantity=1'

const success = (data: JsonValue): JsonObject => ({ data, request_id: '<text>', status: 'success' })
const expectFailure = (status: number, message: string, data: JsonValue): Expectation => ({
  status,
  body: { data, error: String(status), message, request_id: '<text>', status: 'error' }
})
const numberIn = (state: string, id: string): JsonObject => ({
  _read_only: { created: '<integer>', modified: '<integer>', state },
  id,
  state
})
const unspecifiedFault = (message: string): JsonObject => ({ code: 500, error: 'unspecified_fault', message })
const e911 = (street_address: string): JsonObject => ({
  data: { used_by: 'callflow', id: '{owned}', e911: { ...EXAMPLE_ADDRESS, street_address } }
})

const FOUND_SHAPE: JsonObject = { number: '<text>', state: '<text>' }
const BAD_IDENTIFIER = expectFailure(404, 'bad_identifier', { message: 'bad identifier', not_found: '<text>' })
const RICH: JsonObject = {
  e164: '<text>',
  formatted_number: '<text>',
  npa_nxx: '<text>',
  number: '<text>',
  number_id: '<text>',
  rate_center: { lata: '<text>', name: '<text>', state: '<text>' },
  status: 'Available',
  ten_digit: '<text>'
}

/** The outcomes that the document shows, and two that every client meets, in the order of the document. */
// prettier-ignore
export const CASES: readonly Case[] = [
  { name: 'search.success', changes: false, isAnonymous: true, method: 'GET', path: '/phone_numbers?prefix=415&quantity=2&offset=0',
    expected: { oneuc: { status: 200, body: success([RICH]) }, 'kazoo-4.3': { status: 200, body: success([FOUND_SHAPE]) } } },
  { name: 'search.validation_error', changes: false, isAnonymous: true, method: 'GET', path: '/phone_numbers?quantity=2',
    expected: expectFailure(400, 'validation error', { prefix: { required: '<object>' } }) },
  { name: 'buy.success', changes: true, search: 'prefix=415&quantity=1', keeps: true, method: 'PUT', path: `${NUMBERS_PATH}/{found}/activate`,
    expected: { status: 201, body: success(numberIn('in_service', '{found}')) } },
  { name: 'buy.missing_provider_url', changes: true, method: 'PUT', path: `${NUMBERS_PATH}/${UNKNOWN_NUMBER}/activate`,
    expected: { oneuc: expectFailure(500, 'unspecified_fault', unspecifiedFault('missing_provider_url')), 'kazoo-4.3': BAD_IDENTIFIER } },
  { name: 'buy.carrier_fault', changes: true, search: FAULTY, method: 'PUT', path: `${NUMBERS_PATH}/{found}/activate`,
    expected: expectFailure(500, 'unspecified_fault', { cause: '{found}', ...unspecifiedFault('fault by carrier') }) },
  { name: 'buy_collection.success', changes: true, search: 'prefix=415&quantity=2', method: 'PUT', path: `${NUMBERS_PATH}/collection/activate`, body: { data: { numbers: ['{found}', '{other}'] } },
    expected: { status: 201, body: success({ success: { '{found}': numberIn('in_service', '{found}'), '{other}': numberIn('in_service', '{other}') } }) } },
  { name: 'buy_collection.some_failed', changes: true, search: 'prefix=415&quantity=1', method: 'PUT', path: `${NUMBERS_PATH}/collection/activate`, body: { data: { numbers: ['{found}', UNKNOWN_NUMBER] } },
    expected: { oneuc: expectFailure(400, 'client error', { [UNKNOWN_NUMBER]: unspecifiedFault('missing_provider_url') }), 'kazoo-4.3': { status: 201, body: success({ success: { '{found}': '<object>' }, error: { [UNKNOWN_NUMBER]: 'not_found' } }) } } },
  { name: 'search_account.success', changes: false, method: 'GET', path: `${NUMBERS_PATH}?prefix=415&quantity=3&offset=0`,
    expected: { status: 200, body: success([FOUND_SHAPE]) } },
  { name: 'list.success', changes: false, method: 'GET', path: `${NUMBERS_PATH}?page_size=3`,
    expected: { status: 200, body: { ...success({ cascade_quantity: '<integer>', numbers: '<object>' }), page_size: '<integer>' } } },
  { name: 'list.invalid_credentials', changes: false, isAnonymous: true, method: 'GET', path: NUMBERS_PATH,
    expected: expectFailure(401, 'invalid_credentials', { message: 'invalid credentials' }) },
  { name: 'read.success', changes: true, method: 'GET', path: `${NUMBERS_PATH}/{owned}`,
    expected: { status: 200, body: success(numberIn('in_service', '{owned}')) } },
  { name: 'read.not_on_account', changes: false, method: 'GET', path: `${NUMBERS_PATH}/${UNKNOWN_NUMBER}`, expected: BAD_IDENTIFIER },
  { name: 'e911.success', changes: true, method: 'POST', path: `${NUMBERS_PATH}/{owned}`, body: e911(EXAMPLE_ADDRESS.street_address),
    expected: { status: 200, body: success({ id: '{owned}', e911: { street_address: '<text>', status: 'PROVISIONED', location_id: '<text>', legacy_data: '<object>' } }) } },
  { name: 'e911.multiple_choice', changes: true, method: 'POST', path: `${NUMBERS_PATH}/{owned}`, body: e911('911 MULTIPLE TEST ST'),
    expected: { oneuc: expectFailure(400, 'multiple_choice', { multiple_choice: { e911: { cause: '<object>', details: ['<object>'], message: 'more than one address found' } } }), 'kazoo-4.3': expectFailure(500, 'unspecified_fault', unspecifiedFault('multiple_choice')) } },
  { name: 'e911.invalid_address', changes: true, method: 'POST', path: `${NUMBERS_PATH}/{owned}`, body: e911('911 INVALID TEST ST'),
    expected: { oneuc: expectFailure(400, 'invalid data', { address: { invalid: { cause: '<object>', message: 'Location is not geocoded' } } }), 'kazoo-4.3': expectFailure(400, 'invalid', { code: 400, error: 'invalid' }) } },
  { name: 'remove.success', changes: true, method: 'DELETE', path: `${NUMBERS_PATH}/{owned}`,
    expected: { status: 200, body: success(numberIn('available', '{owned}')) } },
  { name: 'remove.not_on_account', changes: true, method: 'DELETE', path: `${NUMBERS_PATH}/${UNKNOWN_NUMBER}`, expected: BAD_IDENTIFIER }
]
