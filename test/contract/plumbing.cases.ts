/** What HTTP clients do to a server by themselves, and what real clients of the API have been seen to rely on. */
import { DEMO } from '../emulator-under-test.js'
import {
  ADDRESS,
  bought,
  BOUGHT,
  buy,
  buyAll,
  collectionOf,
  FIRST,
  IN_SERVICE,
  list,
  numbersOf,
  pathOf,
  read,
  release,
  RESERVED,
  search,
  searchWithin,
  SECOND,
  store,
  TOKEN,
  UNSEARCHED
} from './calls.js'
import type { Case } from './replay.js'

const JSON_TYPE = { 'content-type': 'application/json' }
const ORIGIN = { origin: 'https://app.example.com' }
const OWN_ID = { 'x-request-id': 'build-17/step 3' }

const ALLOWED_HEADERS =
  'content-type, depth, user-agent, x-http-method-override, x-file-size, x-requested-with, if-modified-since, ' +
  'x-file-name, cache-control, x-auth-token, x-kazoo-cluster-id, if-match'
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': ALLOWED_HEADERS,
  'access-control-expose-headers': 'content-type, x-auth-token, x-request-id, x-kazoo-cluster-id, location, etag',
  'access-control-max-age': '86400'
}
const NO_CORS = Object.fromEntries(Object.keys(CORS).map((name) => [name, null]))

const CONTENT_TYPES: readonly string[] = [
  'application/json',
  'application/json; charset=utf-8',
  'Application/JSON',
  'application/x-json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain;charset=UTF-8',
  'application/octet-stream',
  'application/vnd.oneuc+json; version=2',
  // What no grammar knows is no reason to refuse a body either.
  'json',
  'application/',
  ';',
  '',
  'undefined'
]

/** An answer of each kind: that the content type has no charset is seen on every answer of every case. */
// prettier-ignore
const KINDS: readonly Case[] = [
  { says: '200', when: list(), status: 200 },
  { says: '201', given: [search('415')], when: buy(FIRST), status: 201 },
  { says: '400', when: search('abc'), status: 400 },
  { says: '400 of a body that is no JSON', when: { method: 'PUT', url: collectionOf(), token: TOKEN, body: 'numbers=1' }, status: 400 },
  { says: '400 of a path that cannot be read', when: { method: 'GET', url: `${numbersOf()}/%E0%A4%A`, token: TOKEN }, status: 400 },
  { says: '401', when: { method: 'GET', url: numbersOf() }, status: 401 },
  { says: '402', given: [search('500', 20)], when: buy('+15005550402'), status: 402 },
  { says: '403', when: { ...list(), token: 'stranger-token' }, status: 403 },
  { says: '404 of a number', when: read(FIRST), status: 404 },
  { says: '404 of a path', when: { method: 'GET', url: '/', token: TOKEN }, status: 404, message: 'not_found', data: { message: 'not found' } },
  { says: '404 of a path below /v2', when: { method: 'POST', url: '/v2/nothing', body: { data: {} } }, status: 404 },
  { says: '404 of a path below a number', when: { method: 'GET', url: `${pathOf(BOUGHT)}/nothing/at/all`, token: TOKEN }, status: 404, message: 'not_found' },
  { says: '404 of a parameter beyond all measure', when: { method: 'GET', url: `${numbersOf()}/${'1'.repeat(1_001)}`, token: TOKEN }, status: 404, message: 'not_found' },
  { says: '405', when: { method: 'DELETE', url: numbersOf(), token: TOKEN }, status: 405, message: 'invalid_method', data: { message: 'method not allowed' } },
  { says: '413', when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: ' '.repeat(8_000_001) }, status: 413 },
  { says: '429', given: [search('500', 20)], when: buy('+15005550429'), status: 429 },
  { says: '500', when: buy(UNSEARCHED), status: 500 },
  { says: '503', given: [search('500', 20)], when: buy('+15005550503'), status: 503 }
]

// prettier-ignore
export const PLUMBING: Readonly<Record<string, readonly Case[]>> = {
  'every kind of answer wears the envelope': KINDS,

  'a body is read as JSON whatever its content type says': [
    ...CONTENT_TYPES.map((type): Case => ({
      says: type === '' ? 'an empty one' : type,
      when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: { data: { team: 'blue' } }, headers: { 'content-type': type } },
      status: 200,
      at: { '/data/team': 'blue' }
    })),
    { says: 'none at all', when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: '{"data":{"team":"blue"}}' }, status: 200, at: { '/data/team': 'blue' } },
    { says: 'the form type of curl -d, in a purchase', given: [search('415')], when: { ...buyAll([FIRST, SECOND]), headers: { 'content-type': 'application/x-www-form-urlencoded' } }, status: 201 },
    { says: 'a body that is no JSON is refused under any type', when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: 'team=blue', headers: { 'content-type': 'json' } }, status: 400, message: 'validation error' }
  ],

  'an empty body is fine': [
    { says: 'PUT activate under application/json', given: [search('415')], when: { ...buy(FIRST), body: '', headers: JSON_TYPE }, status: 201 },
    { says: 'PUT activate with Content-Length: 0', given: [search('415')], when: { ...buy(FIRST), headers: { ...JSON_TYPE, 'content-length': '0' } }, status: 201 },
    { says: 'PUT activate with white space only', given: [search('415')], when: { ...buy(FIRST), body: ' \r\n', headers: JSON_TYPE }, status: 201 },
    { says: 'PUT activate with an empty data', given: [search('415')], when: buy(FIRST, DEMO, { data: {} }), status: 201 },
    { says: 'POST empties the fields', given: [store(BOUGHT, { team: 'blue' })], when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, headers: JSON_TYPE }, status: 200, at: { '/data/team': null } },
    { says: 'DELETE under application/json', when: { ...release(BOUGHT), body: '', headers: JSON_TYPE }, status: 200 },
    { says: 'GET under application/json', when: { ...list(), headers: JSON_TYPE }, status: 200 },
    { says: 'DELETE may carry a body', when: { ...release(BOUGHT), body: { data: { reason: 'moved' } } }, status: 200, at: { '/data/state': 'available', '/data/reason': null } },
    { says: 'a body of DELETE has to be JSON like any other', when: { ...release(BOUGHT), body: 'x' }, status: 400, message: 'validation error' }
  ],

  'the id of a request': [
    { says: 'the client’s own is taken over', when: { ...list(), headers: OWN_ID }, status: 200, at: { '/request_id': OWN_ID['x-request-id'] }, headers: OWN_ID },
    { says: 'also by an error', when: { ...read(FIRST), headers: OWN_ID }, status: 404, at: { '/request_id': OWN_ID['x-request-id'] }, headers: OWN_ID },
    { says: 'also by the 404 of a path', when: { method: 'GET', url: '/nothing', headers: OWN_ID }, status: 404, headers: OWN_ID },
    { says: 'also where the path cannot be read', when: { method: 'GET', url: `${numbersOf()}/%`, headers: OWN_ID }, status: 400, headers: OWN_ID },
    { says: 'also by a body that is too large', when: { method: 'POST', url: pathOf(BOUGHT), headers: OWN_ID, body: ' '.repeat(8_000_001) }, status: 413, headers: OWN_ID },
    { says: 'also by a preflight', when: { method: 'OPTIONS', url: numbersOf(), headers: { ...ORIGIN, ...OWN_ID, 'access-control-request-method': 'GET' } }, status: 200, headers: OWN_ID }
  ],

  'a number in the path': [
    ...['+14155558921', '%2B14155558921', '14155558921', '4155558921', '%252B14155558921'].map((written): Case => ({
      says: `${written} is the number`,
      when: { method: 'GET', url: `${numbersOf()}/${written}`, token: TOKEN },
      status: 200,
      at: { '/data/id': BOUGHT }
    })),
    { says: 'a raw plus buys', given: [search('415')], when: { method: 'PUT', url: `${numbersOf()}/${FIRST}/activate`, token: TOKEN }, status: 201, at: { '/data/id': FIRST } },
    { says: 'a raw plus stores', when: { method: 'POST', url: `${numbersOf()}/${BOUGHT}`, token: TOKEN, body: { data: {} } }, status: 200 },
    { says: 'a raw plus releases', when: { method: 'DELETE', url: `${numbersOf()}/${BOUGHT}`, token: TOKEN }, status: 200 },
    { says: 'eight digits are another number, so be careful', when: { method: 'POST', url: `${numbersOf()}/41234567`, token: TOKEN, body: { data: {} } }, status: 404, message: 'bad_identifier' },
    { says: 'the international prefix is a plus', when: buyAll(['011442071838750', '0049301234567']), status: 400, message: 'client error', at: { '/data/+442071838750/error': 'unspecified_fault', '/data/+49301234567/error': 'unspecified_fault' } },
    { says: 'a trailing slash makes no difference', when: { method: 'GET', url: `${pathOf(BOUGHT)}/`, token: TOKEN }, status: 200, at: { '/data/id': BOUGHT } },
    { says: 'nor behind a purchase', given: [search('415')], when: { method: 'PUT', url: `${pathOf(FIRST)}/activate/`, token: TOKEN }, status: 201 },
    { says: 'nor behind a list', when: { method: 'GET', url: `${numbersOf()}/?page_size=1`, token: TOKEN }, status: 200, numbers: [IN_SERVICE] }
  ],

  'what is unknown does not hurt': [
    { says: 'query keys of a browser library', when: list('?_=1700000000000&paginate=false&blocks=1&include_ports=true'), status: 200, numbers: [IN_SERVICE, RESERVED, BOUGHT] },
    { says: 'query keys of a search', when: { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=1&blocks=2&_=1' }, status: 200, numbers: [FIRST] },
    { says: 'query keys of a write', when: { method: 'DELETE', url: `${pathOf(BOUGHT)}?hard=true&x=y`, token: TOKEN }, status: 200, at: { '/data/state': 'available' } },
    { says: 'query keys without a value, or twice', when: list('?x&y=1&y=2&=z&&'), status: 200 },
    { says: 'a query that is not percent-encoded well', when: list('?x=%E0%A4%A'), status: 200 },
    { says: 'keys beside data', when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: { data: {}, verb: 'POST', ui_metadata: { version: '4' } } }, status: 200, at: { '/data/ui_metadata': null, '/data/verb': null } },
    { says: 'keys within data are the user’s own, of any type', when: store(BOUGHT, { text: '', list: [], object: {}, zero: 0, no: false, deep: { a: [{ b: null }] } }), status: 200, at: { '/data/text': '', '/data/list': [], '/data/object': {}, '/data/zero': 0, '/data/no': false, '/data/deep': { a: [{ b: null }] } } },
    { says: 'an Accept of something else', when: { ...list(), headers: { accept: 'text/html' } }, status: 200 }
  ],

  'a document that is sent back': [
    { says: 'what the system owns is not taken', when: store(BOUGHT, { _read_only: { state: 'deleted', created: 1 }, id: FIRST, state: 'deleted', pvt_state: 'deleted', team: 'blue' }), status: 200, at: { '/data/id': BOUGHT, '/data/state': 'in_service', '/data/_read_only/state': 'in_service', '/data/_read_only/created': 63633211146, '/data/pvt_state': null, '/data/team': 'blue' } },
    { says: 'POST replaces the user’s part', given: [store(BOUGHT, { team: 'blue', shift: 1 })], when: store(BOUGHT, { team: 'red' }), status: 200, at: { '/data/team': 'red', '/data/shift': null } },
    { says: 'null is left out', given: [store(BOUGHT, { team: 'blue' })], when: store(BOUGHT, { team: null, nested: { a: null, b: 1 } }), status: 200, at: { '/data/team': null, '/data/nested': { b: 1 } } },
    { says: 'own fields survive until the next GET', given: [store(BOUGHT, { team: 'blue', nested: { ü: '☎' } })], when: read(BOUGHT), status: 200, at: { '/data/team': 'blue', '/data/nested': { ü: '☎' } } },
    { says: 'own fields are not listed', given: [store(BOUGHT, { team: 'blue' })], when: list(), status: 200, at: { [`/data/numbers/${BOUGHT}/team`]: null } },
    { says: 'setting e911 adds the feature everywhere', given: [store(BOUGHT, { e911: ADDRESS })], when: read(BOUGHT), status: 200, at: { '/data/features': ['e911'], '/data/_read_only/features': ['e911'] } },
    { says: 'leaving e911 out takes it away everywhere', given: [store(BOUGHT, { e911: ADDRESS }), store(BOUGHT, {})], when: list(), status: 200, at: { [`/data/numbers/${BOUGHT}/features`]: [] } },
    { says: 'times are whole seconds', when: list(), status: 200, at: { [`/data/numbers/${IN_SERVICE}/created`]: 63636963275, [`/data/numbers/${IN_SERVICE}/updated`]: 63636963275 } },
    { says: 'a purchase takes fields along', given: [search('415')], when: buy(FIRST, DEMO, { data: { team: 'blue' } }), status: 201, at: { '/data/team': 'blue' } },
    { says: 'buying again without them empties them', given: [search('415'), buy(FIRST, DEMO, { data: { team: 'blue' } })], when: buy(FIRST), status: 201, at: { '/data/team': null } },
    { says: 'a reserved number of mine is activated', when: buy(RESERVED), status: 201, at: { '/data/state': 'in_service' } },
    { says: 'the feature names are sorted and follow their keys', when: store(BOUGHT, { prepend: { enabled: true }, force_outbound: false, cnam: { display_name: 'Demo' } }), status: 200, at: { '/data/features': ['force_outbound', 'outbound_cnam', 'prepend'] } },
    { says: 'failover is for trunks', when: store(BOUGHT, { failover: { e164: FIRST } }), status: 403, message: 'forbidden' },
    { says: 'and a trunk has it', when: store(BOUGHT, { failover: { e164: FIRST }, used_by: 'trunkstore' }), status: 200, at: { '/data/features': ['failover'] } },
    { says: 'the operator names a carrier', when: { ...store(BOUGHT, { carrier_name: 'knm_local', cnam: { display_name: 'Demo' } }), token: 'master-token' }, status: 200, at: { '/data/features': ['local'], '/data/cnam': null, '/data/carrier_name': null } },
    { says: 'and takes it back', given: [{ ...store(BOUGHT, { carrier_name: 'knm_local' }), token: 'master-token' }], when: { ...store(BOUGHT, { carrier_name: 'knm_other' }), token: 'master-token' }, status: 200, at: { '/data/features': null } },
    { says: 'a carrier that there is none of', when: { ...store(BOUGHT, { carrier_name: 'acme' }), token: 'master-token' }, status: 400, message: 'invalid', data: { code: 400, error: 'invalid', cause: "'acme' is not known by the system", message: 'invalid' } },
    { says: 'naming a carrier is for the operator', when: store(BOUGHT, { carrier_name: 'knm_local' }), status: 403, message: 'forbidden' }
  ],

  'calls from a web page': [
    { says: 'a preflight is answered without a token', when: { method: 'OPTIONS', url: collectionOf(), headers: { ...ORIGIN, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-auth-token' } }, status: 200, headers: { ...CORS, 'access-control-allow-methods': 'OPTIONS, PUT, POST' } },
    { says: 'a preflight of a list', when: { method: 'OPTIONS', url: numbersOf(), headers: { ...ORIGIN, 'access-control-request-method': 'GET' } }, status: 200, headers: { ...CORS, 'access-control-allow-methods': 'OPTIONS, GET' } },
    { says: 'a preflight of a path that does not exist', when: { method: 'OPTIONS', url: '/v2/nothing', headers: { ...ORIGIN, 'access-control-request-method': 'GET' } }, status: 200, headers: CORS },
    { says: 'OPTIONS that is no preflight', when: { method: 'OPTIONS', url: numbersOf() }, status: 405, message: 'invalid_method' },
    { says: 'a success carries the headers', when: { ...list(), headers: ORIGIN }, status: 200, headers: { ...CORS, 'access-control-allow-methods': 'OPTIONS, GET' } },
    { says: 'a success to who is no web page does not', when: list(), status: 200, headers: NO_CORS },
    { says: 'an error always does', when: read(FIRST), status: 404, headers: CORS },
    { says: 'the 401 does', when: { method: 'GET', url: numbersOf(), headers: ORIGIN }, status: 401, headers: CORS },
    { says: 'the 404 of a path does', when: { method: 'GET', url: '/nothing', headers: ORIGIN }, status: 404, headers: { ...CORS, 'access-control-allow-methods': 'OPTIONS, GET, PUT, POST, PATCH, DELETE' } },
    { says: 'the 405 does, and Allow is not sent', when: { method: 'DELETE', url: numbersOf(), token: TOKEN }, status: 405, headers: { ...CORS, 'access-control-allow-methods': 'OPTIONS, GET', allow: null } },
    { says: 'the 413 does', when: { method: 'POST', url: pathOf(BOUGHT), body: ' '.repeat(8_000_001), headers: ORIGIN }, status: 413, headers: CORS },
    { says: 'the 400 of a path that cannot be read does', when: { method: 'GET', url: `${numbersOf()}/%`, headers: ORIGIN }, status: 400, headers: CORS }
  ],

  'what clients search for': [
    { says: 'filter_state takes the JSON list of the web client', when: list('?filter_state=%5B%22in_service%22%2C%22port_in%22%5D&paginate=false'), status: 200, numbers: [IN_SERVICE, BOUGHT] },
    { says: 'a prefix within an account searches for numbers to buy', when: searchWithin('prefix=212&quantity=1&offset=0'), status: 200, data: [{ number: '+12122000000', state: 'discovery' }] },
    { says: 'without a quantity there is one', when: searchWithin('prefix=212'), status: 200, numbers: ['+12122000000'] },
    { says: 'no match is an empty list', when: searchWithin('prefix=999&quantity=10'), status: 200, data: [] },
    { says: 'what is bought is not offered', given: bought(FIRST), when: search('415'), status: 200, numbers: [SECOND, '+14152000000'] },
    { says: 'a reseller that does not exist', when: { method: 'GET', url: '/v2/phone_numbers?prefix=415&reseller_id=x' }, status: 404, message: 'nonexistent reseller_id', data: {} },
    { says: 'a reseller that serves no strangers', when: { method: 'GET', url: `/v2/phone_numbers?prefix=415&reseller_id=${DEMO}` }, status: 404, message: 'number search restricted', data: {} }
  ]
}
