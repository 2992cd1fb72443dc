/** Habits of HTTP clients, and behaviour that real clients of the API have been seen to rely on. */
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
} from '../harness/calls.js'
import type { Case } from '../harness/case.js'
import { DEMO } from '../harness/emulator-under-test.js'

const JSON_TYPE = { 'content-type': 'application/json' }
const ORIGIN = { origin: 'https://app.example.com' }
const OWN_ID = { 'x-request-id': 'build-17/step 3' }

const ALLOWED_HEADERS =
  'content-type, depth, user-agent, x-http-method-override, x-file-size, x-requested-with, if-modified-since, ' +
  'x-file-name, cache-control, x-auth-token, x-kazoo-cluster-id, if-match, x-emulator-sandbox, prefer'
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': ALLOWED_HEADERS,
  'access-control-expose-headers':
    'content-type, x-auth-token, x-request-id, x-kazoo-cluster-id, location, etag, ' +
    'retry-after, x-emulator, x-emulator-fault, x-emulator-warning, x-emulator-hint, preference-applied',
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
  { title: '200', when: list(), expect: { status: 200 } },
  { title: '201', given: [search('415')], when: buy(FIRST), expect: { status: 201 } },
  { title: '400', when: search('abc'), expect: { status: 400 } },
  { title: '400 of a body that is no JSON', when: { method: 'PUT', url: collectionOf(), token: TOKEN, body: 'numbers=1' }, expect: { status: 400 } },
  { title: '400 of a path that cannot be read', when: { method: 'GET', url: `${numbersOf()}/%E0%A4%A`, token: TOKEN }, expect: { status: 400 } },
  { title: '401', when: { method: 'GET', url: numbersOf() }, expect: { status: 401 } },
  { title: '402', given: [search('500', 20)], when: buy('+15005550402'), expect: { status: 402 } },
  { title: '403', when: { ...list(), token: 'stranger-token' }, expect: { status: 403 } },
  { title: '404 of a number', when: read(FIRST), expect: { status: 404 } },
  { title: '404 of a path', when: { method: 'GET', url: '/', token: TOKEN }, expect: { status: 404, message: 'not_found', data: { message: 'not found' } } },
  { title: '404 of a path below /v2', when: { method: 'POST', url: '/v2/nothing', body: { data: {} } }, expect: { status: 404 } },
  { title: '404 of a path below a number', when: { method: 'GET', url: `${pathOf(BOUGHT)}/nothing/at/all`, token: TOKEN }, expect: { status: 404, message: 'not_found' } },
  { title: '404 of a parameter beyond all measure', when: { method: 'GET', url: `${numbersOf()}/${'1'.repeat(1_001)}`, token: TOKEN }, expect: { status: 404, message: 'not_found' } },
  { title: '405', when: { method: 'DELETE', url: numbersOf(), token: TOKEN }, expect: { status: 405, message: 'invalid_method', data: { message: 'method not allowed' } } },
  { title: '413', when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: ' '.repeat(8_000_001) }, expect: { status: 413 } },
  { title: '429', given: [search('500', 20)], when: buy('+15005550429'), expect: { status: 429 } },
  { title: '500', when: buy(UNSEARCHED), expect: { status: 500 } },
  { title: '503', given: [search('500', 20)], when: buy('+15005550503'), expect: { status: 503 } }
]

// prettier-ignore
export const HTTP_CLIENTS: Readonly<Record<string, readonly Case[]>> = {
  'every kind of answer wears the envelope': KINDS,

  'a body is read as JSON whatever its content type says': [
    ...CONTENT_TYPES.map((type): Case => ({ title: type === '' ? 'an empty one' : type, when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: { data: { team: 'blue' } }, headers: { 'content-type': type } }, expect: { status: 200, at: { '/data/team': 'blue' } } })),
    { title: 'none at all', when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: '{"data":{"team":"blue"}}' }, expect: { status: 200, at: { '/data/team': 'blue' } } },
    { title: 'the form type of curl -d, in a purchase', given: [search('415')], when: { ...buyAll([FIRST, SECOND]), headers: { 'content-type': 'application/x-www-form-urlencoded' } }, expect: { status: 201 } },
    { title: 'a body that is no JSON is refused under any type', when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: 'team=blue', headers: { 'content-type': 'json' } }, expect: { status: 400, message: 'validation error' } }
  ],

  'an empty body is fine': [
    { title: 'PUT activate under application/json', given: [search('415')], when: { ...buy(FIRST), body: '', headers: JSON_TYPE }, expect: { status: 201 } },
    { title: 'PUT activate with Content-Length: 0', given: [search('415')], when: { ...buy(FIRST), headers: { ...JSON_TYPE, 'content-length': '0' } }, expect: { status: 201 } },
    { title: 'PUT activate with white space only', given: [search('415')], when: { ...buy(FIRST), body: ' \r\n', headers: JSON_TYPE }, expect: { status: 201 } },
    { title: 'PUT activate with an empty data', given: [search('415')], when: buy(FIRST, DEMO, { data: {} }), expect: { status: 201 } },
    { title: 'POST empties the fields', given: [store(BOUGHT, { team: 'blue' })], when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, headers: JSON_TYPE }, expect: { status: 200, at: { '/data/team': null } } },
    { title: 'DELETE under application/json', when: { ...release(BOUGHT), body: '', headers: JSON_TYPE }, expect: { status: 200 } },
    { title: 'GET under application/json', when: { ...list(), headers: JSON_TYPE }, expect: { status: 200 } },
    { title: 'DELETE may carry a body', when: { ...release(BOUGHT), body: { data: { reason: 'moved' } } }, expect: { status: 200, at: { '/data/state': 'available', '/data/reason': null } } },
    { title: 'a body of DELETE has to be JSON like any other', when: { ...release(BOUGHT), body: 'x' }, expect: { status: 400, message: 'validation error' } }
  ],

  'the id of a request': [
    { title: 'the client’s own is taken over', when: { ...list(), headers: OWN_ID }, expect: { status: 200, at: { '/request_id': OWN_ID['x-request-id'] }, headers: OWN_ID } },
    { title: 'also by an error', when: { ...read(FIRST), headers: OWN_ID }, expect: { status: 404, at: { '/request_id': OWN_ID['x-request-id'] }, headers: OWN_ID } },
    { title: 'also by the 404 of a path', when: { method: 'GET', url: '/nothing', headers: OWN_ID }, expect: { status: 404, headers: OWN_ID } },
    { title: 'also where the path cannot be read', when: { method: 'GET', url: `${numbersOf()}/%`, headers: OWN_ID }, expect: { status: 400, headers: OWN_ID } },
    { title: 'also by a body that is too large', when: { method: 'POST', url: pathOf(BOUGHT), headers: OWN_ID, body: ' '.repeat(8_000_001) }, expect: { status: 413, headers: OWN_ID } },
    { title: 'also by a preflight', when: { method: 'OPTIONS', url: numbersOf(), headers: { ...ORIGIN, ...OWN_ID, 'access-control-request-method': 'GET' } }, expect: { status: 200, headers: OWN_ID } }
  ],

  'a number in the path': [
    ...['+14155558921', '%2B14155558921', '14155558921', '4155558921', '%252B14155558921'].map((written): Case => ({ title: `${written} is the number`, when: { method: 'GET', url: `${numbersOf()}/${written}`, token: TOKEN }, expect: { status: 200, at: { '/data/id': BOUGHT } } })),
    { title: 'a raw plus buys', given: [search('415')], when: { method: 'PUT', url: `${numbersOf()}/${FIRST}/activate`, token: TOKEN }, expect: { status: 201, at: { '/data/id': FIRST } } },
    { title: 'a raw plus stores', when: { method: 'POST', url: `${numbersOf()}/${BOUGHT}`, token: TOKEN, body: { data: {} } }, expect: { status: 200 } },
    { title: 'a raw plus releases', when: { method: 'DELETE', url: `${numbersOf()}/${BOUGHT}`, token: TOKEN }, expect: { status: 200 } },
    { title: 'eight digits are another number, so be careful', when: { method: 'POST', url: `${numbersOf()}/41234567`, token: TOKEN, body: { data: {} } }, expect: { status: 404, message: 'bad_identifier' } },
    { title: 'the international prefix is a plus', when: buyAll(['011442071838750', '0049301234567']), expect: { status: 400, message: 'client error', at: { '/data/+442071838750/error': 'unspecified_fault', '/data/+49301234567/error': 'unspecified_fault' } } },
    { title: 'a trailing slash makes no difference', when: { method: 'GET', url: `${pathOf(BOUGHT)}/`, token: TOKEN }, expect: { status: 200, at: { '/data/id': BOUGHT } } },
    { title: 'nor behind a purchase', given: [search('415')], when: { method: 'PUT', url: `${pathOf(FIRST)}/activate/`, token: TOKEN }, expect: { status: 201 } },
    { title: 'nor behind a list', when: { method: 'GET', url: `${numbersOf()}/?page_size=1`, token: TOKEN }, expect: { status: 200, numbers: [IN_SERVICE] } }
  ],

  'what is unknown does not hurt': [
    { title: 'query keys of a browser library', when: list('?_=1700000000000&paginate=false&blocks=1&include_ports=true'), expect: { status: 200, numbers: [IN_SERVICE, RESERVED, BOUGHT] } },
    { title: 'query keys of a search', when: { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=1&blocks=2&_=1' }, expect: { status: 200, numbers: [FIRST] } },
    { title: 'query keys of a write', when: { method: 'DELETE', url: `${pathOf(BOUGHT)}?hard=true&x=y`, token: TOKEN }, expect: { status: 200, at: { '/data/state': 'available' } } },
    { title: 'query keys without a value, or twice', when: list('?x&y=1&y=2&=z&&'), expect: { status: 200 } },
    { title: 'a query that is not percent-encoded well', when: list('?x=%E0%A4%A'), expect: { status: 200 } },
    { title: 'keys beside data', when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: { data: {}, verb: 'POST', ui_metadata: { version: '4' } } }, expect: { status: 200, at: { '/data/ui_metadata': null, '/data/verb': null } } },
    { title: 'keys within data are the user’s own, of any type', when: store(BOUGHT, { text: '', list: [], object: {}, zero: 0, no: false, deep: { a: [{ b: null }] } }), expect: { status: 200, at: { '/data/text': '', '/data/list': [], '/data/object': {}, '/data/zero': 0, '/data/no': false, '/data/deep': { a: [{ b: null }] } } } },
    { title: 'an Accept of something else', when: { ...list(), headers: { accept: 'text/html' } }, expect: { status: 200 } }
  ],

  'a document that is sent back': [
    { title: 'what the system owns is not taken', when: store(BOUGHT, { _read_only: { state: 'deleted', created: 1 }, id: FIRST, state: 'deleted', pvt_state: 'deleted', team: 'blue' }), expect: { status: 200, at: { '/data/id': BOUGHT, '/data/state': 'in_service', '/data/_read_only/state': 'in_service', '/data/_read_only/created': 63633211146, '/data/pvt_state': null, '/data/team': 'blue' } } },
    { title: 'POST replaces the user’s part', given: [store(BOUGHT, { team: 'blue', shift: 1 })], when: store(BOUGHT, { team: 'red' }), expect: { status: 200, at: { '/data/team': 'red', '/data/shift': null } } },
    { title: 'null is left out', given: [store(BOUGHT, { team: 'blue' })], when: store(BOUGHT, { team: null, nested: { a: null, b: 1 } }), expect: { status: 200, at: { '/data/team': null, '/data/nested': { b: 1 } } } },
    { title: 'own fields survive until the next GET', given: [store(BOUGHT, { team: 'blue', nested: { ü: '☎' } })], when: read(BOUGHT), expect: { status: 200, at: { '/data/team': 'blue', '/data/nested': { ü: '☎' } } } },
    { title: 'own fields are not listed', given: [store(BOUGHT, { team: 'blue' })], when: list(), expect: { status: 200, at: { [`/data/numbers/${BOUGHT}/team`]: null } } },
    { title: 'setting e911 adds the feature everywhere', given: [store(BOUGHT, { e911: ADDRESS })], when: read(BOUGHT), expect: { status: 200, at: { '/data/features': ['e911'], '/data/_read_only/features': ['e911'] } } },
    { title: 'leaving e911 out takes it away everywhere', given: [store(BOUGHT, { e911: ADDRESS }), store(BOUGHT, {})], when: list(), expect: { status: 200, at: { [`/data/numbers/${BOUGHT}/features`]: [] } } },
    { title: 'times are whole seconds', when: list(), expect: { status: 200, at: { [`/data/numbers/${IN_SERVICE}/created`]: 63636963275, [`/data/numbers/${IN_SERVICE}/updated`]: 63636963275 } } },
    { title: 'a purchase takes fields along', given: [search('415')], when: buy(FIRST, DEMO, { data: { team: 'blue' } }), expect: { status: 201, at: { '/data/team': 'blue' } } },
    { title: 'buying again without them empties them', given: [search('415'), buy(FIRST, DEMO, { data: { team: 'blue' } })], when: buy(FIRST), expect: { status: 201, at: { '/data/team': null } } },
    { title: 'a reserved number of mine is activated', when: buy(RESERVED), expect: { status: 201, at: { '/data/state': 'in_service' } } },
    { title: 'the feature names are sorted and follow their keys', when: store(BOUGHT, { prepend: { enabled: true }, force_outbound: false, cnam: { display_name: 'Demo' } }), expect: { status: 200, at: { '/data/features': ['force_outbound', 'outbound_cnam', 'prepend'] } } },
    { title: 'failover is for trunks', when: store(BOUGHT, { failover: { e164: FIRST } }), expect: { status: 403, message: 'forbidden' } },
    { title: 'and a trunk has it', when: store(BOUGHT, { failover: { e164: FIRST }, used_by: 'trunkstore' }), expect: { status: 200, at: { '/data/features': ['failover'] } } },
    { title: 'the operator names a carrier', when: { ...store(BOUGHT, { carrier_name: 'knm_local', cnam: { display_name: 'Demo' } }), token: 'master-token' }, expect: { status: 200, at: { '/data/features': ['local'], '/data/cnam': null, '/data/carrier_name': null } } },
    { title: 'and takes it back', given: [{ ...store(BOUGHT, { carrier_name: 'knm_local' }), token: 'master-token' }], when: { ...store(BOUGHT, { carrier_name: 'knm_other' }), token: 'master-token' }, expect: { status: 200, at: { '/data/features': null } } },
    { title: 'a carrier that there is none of', when: { ...store(BOUGHT, { carrier_name: 'acme' }), token: 'master-token' }, expect: { status: 400, message: 'invalid', data: { code: 400, error: 'invalid', cause: "'acme' is not known by the system", message: 'invalid' } } },
    { title: 'naming a carrier is for the operator', when: store(BOUGHT, { carrier_name: 'knm_local' }), expect: { status: 403, message: 'forbidden' } }
  ],

  'calls from a web page': [
    { title: 'a preflight is answered without a token', when: { method: 'OPTIONS', url: collectionOf(), headers: { ...ORIGIN, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-auth-token' } }, expect: { status: 200, headers: { ...CORS, 'access-control-allow-methods': 'OPTIONS, PUT, POST' } } },
    { title: 'a preflight of a list', when: { method: 'OPTIONS', url: numbersOf(), headers: { ...ORIGIN, 'access-control-request-method': 'GET' } }, expect: { status: 200, headers: { ...CORS, 'access-control-allow-methods': 'OPTIONS, GET' } } },
    { title: 'a preflight of a path that does not exist', when: { method: 'OPTIONS', url: '/v2/nothing', headers: { ...ORIGIN, 'access-control-request-method': 'GET' } }, expect: { status: 200, headers: CORS } },
    { title: 'OPTIONS that is no preflight', when: { method: 'OPTIONS', url: numbersOf() }, expect: { status: 405, message: 'invalid_method' } },
    { title: 'a success carries the headers', when: { ...list(), headers: ORIGIN }, expect: { status: 200, headers: { ...CORS, 'access-control-allow-methods': 'OPTIONS, GET' } } },
    { title: 'a success that no web page asked for does not', when: list(), expect: { status: 200, headers: NO_CORS } },
    { title: 'an error always does', when: read(FIRST), expect: { status: 404, headers: CORS } },
    { title: 'the 401 does', when: { method: 'GET', url: numbersOf(), headers: ORIGIN }, expect: { status: 401, headers: CORS } },
    { title: 'the 404 of a path does', when: { method: 'GET', url: '/nothing', headers: ORIGIN }, expect: { status: 404, headers: { ...CORS, 'access-control-allow-methods': 'OPTIONS, GET, PUT, POST, PATCH, DELETE' } } },
    { title: 'the 405 does, and Allow is not sent', when: { method: 'DELETE', url: numbersOf(), token: TOKEN }, expect: { status: 405, headers: { ...CORS, 'access-control-allow-methods': 'OPTIONS, GET', allow: null } } },
    { title: 'the 413 does', when: { method: 'POST', url: pathOf(BOUGHT), body: ' '.repeat(8_000_001), headers: ORIGIN }, expect: { status: 413, headers: CORS } },
    { title: 'the 400 of a path that cannot be read does', when: { method: 'GET', url: `${numbersOf()}/%`, headers: ORIGIN }, expect: { status: 400, headers: CORS } }
  ],

  'what clients search for': [
    { title: 'filter_state takes the JSON list of the web client', when: list('?filter_state=%5B%22in_service%22%2C%22port_in%22%5D&paginate=false'), expect: { status: 200, numbers: [IN_SERVICE, BOUGHT] } },
    { title: 'a prefix within an account searches for numbers to buy', when: searchWithin('prefix=212&quantity=1&offset=0'), expect: { status: 200, data: [{ number: '+12122450000', state: 'discovery' }] } },
    { title: 'without a quantity there is one', when: searchWithin('prefix=212'), expect: { status: 200, numbers: ['+12122450000'] } },
    { title: 'no match is an empty list', when: searchWithin('prefix=999&quantity=10'), expect: { status: 200, data: [] } },
    { title: 'what is bought is not offered', given: bought(FIRST), when: search('415'), expect: { status: 200, numbers: [SECOND, '+14152000000'] } },
    { title: 'a reseller that does not exist', when: { method: 'GET', url: '/v2/phone_numbers?prefix=415&reseller_id=x' }, expect: { status: 404, message: 'nonexistent reseller_id', data: {} } },
    { title: 'a reseller that serves no strangers', when: { method: 'GET', url: `/v2/phone_numbers?prefix=415&reseller_id=${DEMO}` }, expect: { status: 404, message: 'number search restricted', data: {} } }
  ]
}
