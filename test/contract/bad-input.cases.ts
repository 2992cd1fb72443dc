/** What no client should send: nothing may crash the server, hang it, be answered outside the envelope or half applied. */
import { DEMO, type Call } from '../emulator-under-test.js'
import {
  ADDRESS,
  BOUGHT,
  buy,
  buyAll,
  collectionOf,
  FIRST,
  list,
  numbersOf,
  OTHER,
  pathOf,
  search,
  store,
  STRANGER,
  TOKEN
} from './calls.js'
import type { Case } from './replay.js'

const LARGEST_BODY = 8_000_000

const post = (body: unknown, number = BOUGHT): Call => ({ method: 'POST', url: pathOf(number), token: TOKEN, body })
const put = (data: unknown): Call => ({ method: 'PUT', url: collectionOf(), token: TOKEN, body: { data } })
const get = (path: string): Call => ({ method: 'GET', url: path, token: TOKEN })

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

/** A body of exactly so many bytes. */
function bodyOf(bytes: number): string {
  const frame = JSON.stringify({ data: { text: '' } })
  return JSON.stringify({ data: { text: 'x'.repeat(bytes - frame.length) } })
}

const INVALID_JSON = { status: 400, message: 'validation error', at: { '/data/json/invalid/target': 'body' } }
const TOO_LARGE = { message: 'Payload or Files must not be more than 8000000 bytes', target: LARGEST_BODY }

/** Written where a number belongs, and no plan knows it. */
const NO_NUMBERS: readonly string[] = [
  'nonsense',
  '911',
  '1234567',
  '+',
  '+1415',
  '+1415233839',
  '+141523383971',
  '+0123456789',
  '+1 415 233 8397',
  '(415)233-8397',
  '+1415233839x',
  '+1415233８３97',
  '+14152338397\u0000',
  '\u0000',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "' OR 1=1 --",
  '☎',
  '1'.repeat(65),
  '2'.repeat(900)
]

// prettier-ignore
export const BAD_INPUT: Readonly<Record<string, readonly Case[]>> = {
  'bodies that are no JSON': [
    ...['{', '}', '{"data"', '{"data":{}', "{'data':{}}", '{"data":{},}', 'undefined', 'NaN', '\u0000', '{"data":{"a":01}}', '{"data":{"a":"\n"}}', '\uFEFF{"data":{}}', '<xml/>', '[', '"'].map((body): Case => ({
      says: JSON.stringify(body), when: post(body), ...INVALID_JSON
    })),
    ...['null', 'true', '7', '"text"', '[]', '[{"data":{}}]'].map((body): Case => ({
      says: `${body} is no envelope`, when: post(body), ...INVALID_JSON
    })),
    ...['null', '"x"', '7', 'false'].map((data): Case => ({
      says: `data: ${data}`, when: post(`{"data":${data}}`), status: 400, message: 'validation error'
    })),
    { says: 'a purchase with a broken body buys nothing', given: [search('415')], when: { ...buy(FIRST), body: '{"data":' }, ...INVALID_JSON },
    { says: 'a collection with a broken body buys nothing', given: [search('415')], when: { ...buyAll([FIRST]), body: '{"data":{"numbers":["+14152338397"]}' }, ...INVALID_JSON }
  ],

  'bodies that are too deep or too large': [
    { says: 'a hundred levels', when: post(`{"data":{"a":${nested(100)}}}`), ...INVALID_JSON },
    { says: 'a hundred levels of objects', when: post(`{"data":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}`), ...INVALID_JSON },
    { says: 'a hundred thousand levels', when: post(`{"data":{"a":${nested(100_000)}}}`), ...INVALID_JSON },
    { says: 'sixty levels are read', when: post(`{"data":{"a":${nested(60)}}}`), status: 200 },
    { says: 'brackets within texts are no levels', when: post({ data: { a: `\\"${'['.repeat(100)}` } }), status: 200, at: { '/data/a': `\\"${'['.repeat(100)}` } },
    { says: 'eight million bytes are read', when: post(bodyOf(LARGEST_BODY)), status: 200 },
    { says: 'one more is too large', when: post(bodyOf(LARGEST_BODY + 1)), status: 413, message: 'request entity too large', data: { file: { maxSize: TOO_LARGE } } },
    { says: 'so is a purchase', given: [search('415')], when: { ...buy(FIRST), body: bodyOf(LARGEST_BODY + 1) }, status: 413 },
    { says: 'a hundred thousand keys', when: post({ data: Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i])) }), status: 200, at: { '/data/k99999': 99_999 } },
    { says: 'a very long key', when: post({ data: { ['k'.repeat(100_000)]: 1 } }), status: 200 }
  ],

  'values of the wrong type': [
    ...['x', 7, true, null, []].map((e911): Case => ({
      says: `e911: ${JSON.stringify(e911)}`, when: store(BOUGHT, { e911 }), status: 400, message: 'validation error', at: { '/data/e911/type/target': 'object', '/data/e911/type/value': e911 }
    })),
    ...['x', 7, true, null, []].map((cnam): Case => ({
      says: `cnam: ${JSON.stringify(cnam)}`, when: store(BOUGHT, { cnam }), status: 400, at: { '/data/cnam/type/target': 'object' }
    })),
    { says: 'a street that is an object', when: store(BOUGHT, { e911: { ...ADDRESS, street_address: {} } }), status: 400, at: { '/data/e911.street_address/type/value': {} } },
    { says: 'used_by that is an object changes nothing', when: store(BOUGHT, { used_by: {} }), status: 200, at: { '/data/used_by': null } },
    ...['x', 7, true, null, {}].map((numbers): Case => ({
      says: `numbers: ${JSON.stringify(numbers)}`, given: [search('415')], when: put({ numbers }), status: 400, data: { numbers: { type: { message: 'numbers must be a list' } } }
    })),
    ...[7, true, null, {}, [FIRST]].map((member): Case => ({
      says: `numbers with ${JSON.stringify(member)}`, given: [search('415')], when: put({ numbers: [FIRST, member] }), status: 400, at: { '/data/numbers.1/type/target': 'string', '/data/numbers.1/type/value': member }
    })),
    { says: 'data of a collection that is a list', given: [search('415')], when: put([FIRST]), status: 400, message: 'validation error' },
    { says: 'accept_charges of any type', given: [search('415')], when: buyAll([FIRST], { accept_charges: { yes: 1 } }), status: 201 },
    { says: 'an id that is a number', when: { method: 'POST', url: collectionOf(), token: TOKEN, body: { data: { id: 4155558921 } } }, status: 400, at: { '/data/id/required/value': 'id' } },
    { says: 'a token of the wrong type is none', when: { method: 'POST', url: pathOf(BOUGHT), body: { data: { auth_token: {} }, auth_token: 7 } }, status: 401 }
  ],

  'texts that are hard to keep': [
    { says: 'NUL in a value', when: post('{"data":{"a":"x\\u0000y"}}'), status: 200, at: { '/data/a': 'x\u0000y' } },
    { says: 'NUL in a key', when: post('{"data":{"x\\u0000y":1}}'), status: 200, at: { '/data/x\u0000y': 1 } },
    { says: 'NUL survives until the next GET', given: [post('{"data":{"a":"x\\u0000y"}}')], when: get(pathOf(BOUGHT)), status: 200, at: { '/data/a': 'x\u0000y' } },
    { says: 'NUL in a street', when: store(BOUGHT, { e911: { ...ADDRESS, street_address: '116\u0000NATOMA ST' } }), status: 200, at: { '/data/e911/street_address': '116 NATOMA ST' } },
    { says: 'a lone surrogate', when: post('{"data":{"a":"\\ud800"}}'), status: 200, at: { '/data/a': '\ud800' } },
    { says: 'a lone surrogate survives until the next GET', given: [post('{"data":{"a":"\\udfff","\\ud800":1}}')], when: get(pathOf(BOUGHT)), status: 200, at: { '/data/a': '\udfff', '/data/\ud800': 1 } },
    { says: 'a lone surrogate in an address', when: store(BOUGHT, { e911: { ...ADDRESS, locality: '\ud800' } }), status: 400, message: 'invalid data' },
    { says: '__proto__ beside data', when: post('{"__proto__":{"data":{"a":1}},"data":{"b":2}}'), status: 200, at: { '/data/a': null, '/data/b': 2 } },
    { says: '__proto__ instead of data', when: post('{"__proto__":{"data":{"a":1}}}'), status: 400, message: 'validation error' },
    { says: '__proto__ within data is private', when: post('{"data":{"__proto__":{"a":1},"b":2}}'), status: 200, at: { '/data/a': null, '/data/__proto__': null, '/data/b': 2 } },
    { says: '__proto__ deep down is kept as a key', given: [post('{"data":{"a":{"__proto__":{"x":1},"b":[{"__proto__":null}]}}}')], when: get(pathOf(BOUGHT)), status: 200, at: { '/data/a/__proto__': { x: 1 } } },
    { says: 'constructor and prototype are keys', when: store(BOUGHT, { constructor: { prototype: { polluted: true } }, toString: 'x', hasOwnProperty: 1 }), status: 200, at: { '/data/constructor': { prototype: { polluted: true } }, '/data/toString': 'x', '/data/polluted': null } },
    { says: '__proto__ in an address', when: post(`{"data":{"e911":{"__proto__":{"street_address":"116 NATOMA ST"},"locality":"SAN FRANCISCO","region":"CA","postal_code":"94105"}}}`), status: 400, at: { '/data/e911.street_address/required/value': 'street_address' } },
    { says: 'keys of an envelope that only objects have', when: post('{"constructor":{},"toString":1,"data":{}}'), status: 200 },
    { says: 'a key twice: the last one counts', when: post('{"data":{"a":1,"a":2}}'), status: 200, at: { '/data/a': 2 } },
    { says: 'numbers beyond what a double holds', when: post('{"data":{"a":1e999,"b":-0,"c":12345678901234567890}}'), status: 200 }
  ],

  'numbers that no plan knows': [
    ...NO_NUMBERS.flatMap((written): Case[] => [
      { says: `GET ${written.slice(0, 30)}`, when: get(pathOf(written)), status: 404, message: 'bad_identifier' },
      { says: `activate ${written.slice(0, 30)}`, when: buy(written), status: 404, message: 'not_reconcilable', data: { code: 404, error: 'not_reconcilable', cause: written, message: `number ${written} is not reconcilable` } },
      { says: `POST ${written.slice(0, 30)}`, when: store(written, { team: 'blue' }), status: 404, message: 'not_reconcilable' },
      { says: `DELETE ${written.slice(0, 30)}`, when: { method: 'DELETE', url: pathOf(written), token: TOKEN }, status: 404, message: 'not_reconcilable' }
    ]),
    { says: 'all of them in one collection', given: [search('415')], when: buyAll([FIRST, ...NO_NUMBERS]), status: 400, message: 'client error', at: { [`/data/${FIRST}`]: null, '/data/nonsense/error': 'not_reconcilable', '/data/__proto__/cause': '__proto__' } },
    { says: 'numbers of other countries are known and not on offer', when: buy('+442071838750'), status: 500, message: 'unspecified_fault' },
    { says: 'so are area codes that nobody has', when: buy('+11112223333'), status: 500, message: 'unspecified_fault' }
  ],

  'collections': [
    { says: 'the same number twice', given: [search('415')], when: buyAll([FIRST, FIRST]), status: 400, data: { numbers: { uniqueItems: { message: 'some numbers appear twice' } } } },
    { says: 'the same number in three spellings', given: [search('415')], when: buyAll(['4152338397', '14152338397', FIRST]), status: 400, message: 'validation error' },
    { says: 'the same nonsense twice', when: buyAll(['x', 'x']), status: 400, message: 'validation error' },
    { says: 'ten thousand numbers of which the last fails', given: [{ method: 'GET', url: '/v2/phone_numbers?prefix=2125&quantity=500' }], when: buyAll(Array.from({ length: 10_000 }, (_, i) => `+1212500${String(i).padStart(4, '0')}`)), status: 400, message: 'client error', at: { '/data/+12125000000': null, '/data/+12125009999/message': 'missing_provider_url' } },
    { says: 'one of somebody else', given: [search('415'), buy(FIRST, STRANGER)], when: buyAll([FIRST, '+14152338421']), status: 400, at: { [`/data/${FIRST}/error`]: 'forbidden', '/data/+14152338421': null } },
    { says: 'an empty text', when: buyAll(['']), status: 400, message: 'client error', at: { '/data//error': 'not_reconcilable' } },
    { says: 'keys that objects have', given: [search('415')], when: put({ numbers: [FIRST], constructor: 1, hasOwnProperty: 2 }), status: 201, at: { [`/data/success/${FIRST}/constructor`]: 1 } }
  ],

  'paths and queries': [
    ...['%', '%2', '%zz', '%E0%A4%A', '%C0%AF', '%ff'].flatMap((broken): Case[] => [
      { says: `a number ${broken}`, when: { method: 'PUT', url: `${numbersOf()}/${broken}/activate`, token: TOKEN }, status: 400, message: 'parse_error', data: { message: 'parse error' } },
      { says: `an account ${broken}`, when: { method: 'DELETE', url: `/v2/accounts/${broken}/phone_numbers/${BOUGHT}`, token: TOKEN }, status: 400, message: 'parse_error' },
      { says: `a prefix ${broken}`, when: get(`/v2/phone_numbers?prefix=${broken}`), status: 400, message: 'validation error' },
      { says: `a start key ${broken}`, when: list(`?start_key=${broken}&filter_${broken}=${broken}`), status: 200 }
    ]),
    { says: 'NUL in an account', when: get(`/v2/accounts/%00${'0'.repeat(31)}/phone_numbers`), status: 200, numbers: [] },
    { says: 'an account of 32 bytes that are fewer letters', when: get(`/v2/accounts/${encodeURIComponent('ü'.repeat(16))}/phone_numbers`), status: 200, numbers: [] },
    { says: 'an account of 32 letters that are more bytes', when: get(`/v2/accounts/${encodeURIComponent('ü'.repeat(32))}/phone_numbers`), status: 404, message: 'bad identifier' },
    { says: 'an account that every object has', when: get('/v2/accounts/__proto__/phone_numbers'), status: 404, message: 'bad identifier' },
    { says: 'NUL in a start key', when: list('?start_key=%00'), status: 200 },
    { says: 'an escaped slash is part of the number', when: get(`${numbersOf()}/a%2Fb`), status: 404, message: 'bad_identifier' },
    { says: 'a percent that is left when all is decoded', when: get(`${numbersOf()}/100%2525`), status: 404, message: 'bad_identifier' },
    { says: 'a percent that cannot be decoded again', when: get(`${numbersOf()}/%25zz`), status: 404, message: 'bad_identifier' },
    { says: 'dots are no way up', when: get(`${numbersOf()}/..%2F..%2Fx`), status: 404, message: 'bad_identifier' },
    { says: 'an empty number', when: get(`${numbersOf()}//activate`), status: 405 },
    { says: 'a very long query', when: list(`?x=${'y'.repeat(10_000)}`), status: 200 },
    { says: 'a thousand filters', when: list(`?${Array.from({ length: 1_000 }, (_, i) => `filter_k${i}=`).join('&')}`), status: 200 },
    { says: 'a filter of ten thousand members', when: list(`?filter_state=${encodeURIComponent(JSON.stringify(Array.from({ length: 10_000 }, (_, i) => i)))}`), status: 200, numbers: [] },
    { says: 'a filter nested deeply', when: list(`?filter_state=${nested(5_000)}`), status: 200, numbers: [] },
    { says: 'statements in a filter', when: list(`?filter_state=${encodeURIComponent("x') OR 1=1 --")}&filter_a'b"c=1`), status: 200, numbers: [] }
  ],

  'searches': [
    ...['abc', '4l5', '٤١٥', '415%00', '4e5', '0x1', '-415', '415.5', "'''", '%25%25%25'].map((prefix): Case => ({
      says: `prefix ${prefix}`, when: get(`/v2/phone_numbers?prefix=${encodeURIComponent(prefix)}`), status: 400, message: 'validation error', at: { '/data/prefix/pattern/target': '^[0-9]+$' }
    })),
    { says: 'a prefix of a thousand digits', when: get(`/v2/phone_numbers?prefix=${'4'.repeat(1_000)}`), status: 400, at: { '/data/prefix/maxLength/target': 10 } },
    { says: 'a prefix twice: the first counts', when: get('/v2/phone_numbers?prefix=415&prefix=x&quantity=1'), status: 200, numbers: [FIRST] },
    ...['-1', '0', 'x', '', '1.5', '1e3', '-99999999999999999999', 'Infinity', 'NaN', '99999999999999999999'].map((quantity): Case => ({
      says: `quantity ${quantity}`, when: get(`/v2/phone_numbers?prefix=415&quantity=${quantity}`), status: 200, numbers: [FIRST]
    })),
    ...['-1', 'x', '', '1.5', '-99999999999999999999', 'NaN'].map((offset): Case => ({
      says: `offset ${offset}`, when: get(`/v2/phone_numbers?prefix=415&quantity=1&offset=${offset}`), status: 200, numbers: [FIRST]
    })),
    { says: 'a quantity beyond the most is the most', when: get('/v2/phone_numbers?prefix=500&quantity=501'), status: 200 },
    ...['100000000', '999999999999999999', '100000000000'].map((offset): Case => ({
      says: `offset ${offset} is behind everything`, when: get(`/v2/phone_numbers?prefix=415&quantity=500&offset=${offset}`), status: 200, data: []
    })),
    { says: 'a search that fails offers nothing', given: [{ ...get('/v2/phone_numbers?prefix=415&country=USA'), status: 400 }], when: buy(FIRST), status: 500 }
  ],

  'refusals change nothing': [
    { says: 'a purchase of what is somebody else’s', given: [search('415'), buy(FIRST, OTHER)], when: buy(FIRST, DEMO, { data: { team: 'blue' } }), status: 403 },
    { says: 'a purchase whose body breaks the schema', given: [search('415')], when: buy(FIRST, DEMO, { data: { e911: {} } }), status: 400 },
    { says: 'fields whose address is invalid', given: [store(BOUGHT, { team: 'blue' })], when: store(BOUGHT, { team: 'red', used_by: 'x', e911: { ...ADDRESS, street_address: '911 INVALID TEST ST' } }), status: 400 },
    { says: 'fields that ask for a feature that is denied', given: [store(BOUGHT, { team: 'blue' })], when: store(BOUGHT, { team: 'red', failover: { sip: 'x' } }), status: 403 },
    { says: 'a collection whose last number is magic', given: [search('415'), search('500', 20)], when: buyAll([FIRST, '+15005550500']), status: 400 },
    { says: 'a collection of the account’s own with another address', given: [search('415'), buyAll([FIRST])], when: put({ numbers: [FIRST, BOUGHT], e911: { ...ADDRESS, street_address: '911 UNREACHABLE TEST ST' } }), status: 400 }
  ]
}
