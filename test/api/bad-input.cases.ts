/** Mistakes of clients: none may crash the server, hang it, be answered outside the envelope or half applied. */
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
} from '../harness/calls.js'
import type { Case } from '../harness/case.js'
import { type Call, DEMO } from '../harness/emulator-under-test.js'

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

/** Numbers that a double alters, and numbers that it keeps, with their values. */
const INEXACT = [
  '1e400',
  '-1E+400',
  '1e-400',
  '9007199254740993',
  '-12345678901234567890',
  '0.12345678901234567890',
  `0.${'0'.repeat(1_200)}1`
]
const EXACT: readonly [string, number][] = [
  ['0', 0],
  ['-7.50', -7.5],
  ['1E3', 1_000],
  ['0.1', 0.1],
  ['0.10000000000000001', 0.1],
  ['-122.41941550000001', -122.41941550000001],
  ['1e-7', 1e-7],
  ['-0.0e5', -0],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ['1e21', 1e21],
  ['5e-324', Number.MIN_VALUE]
]

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
    ...['{', '}', '{"data"', '{"data":{}', "{'data':{}}", '{"data":{},}', 'undefined', 'NaN', '\u0000', '{"data":{"a":01}}', '{"data":{"a":"\n"}}', '\uFEFF{"data":{}}', '<xml/>', '[', '"'].map((body): Case => ({ title: JSON.stringify(body), when: post(body), expect: INVALID_JSON })),
    ...['null', 'true', '7', '"text"', '[]', '[{"data":{}}]'].map((body): Case => ({ title: `${body} is no envelope`, when: post(body), expect: INVALID_JSON })),
    ...['null', '"x"', '7', 'false'].map((data): Case => ({ title: `data: ${data}`, when: post(`{"data":${data}}`), expect: { status: 400, message: 'validation error' } })),
    { title: 'a purchase with a broken body buys nothing', given: [search('415')], when: { ...buy(FIRST), body: '{"data":' }, expect: INVALID_JSON },
    { title: 'a collection with a broken body buys nothing', given: [search('415')], when: { ...buyAll([FIRST]), body: '{"data":{"numbers":["+14152338397"]}' }, expect: INVALID_JSON }
  ],

  'bodies that are too deep or too large': [
    { title: 'a hundred levels', when: post(`{"data":{"a":${nested(100)}}}`), expect: INVALID_JSON },
    { title: 'a hundred levels of objects', when: post(`{"data":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}`), expect: INVALID_JSON },
    { title: 'a hundred thousand levels', when: post(`{"data":{"a":${nested(100_000)}}}`), expect: INVALID_JSON },
    { title: 'sixty levels are read', when: post(`{"data":{"a":${nested(60)}}}`), expect: { status: 200 } },
    { title: 'brackets within texts are no levels', when: post({ data: { a: `\\"${'['.repeat(100)}` } }), expect: { status: 200, at: { '/data/a': `\\"${'['.repeat(100)}` } } },
    { title: 'eight million bytes are read', when: post(bodyOf(LARGEST_BODY)), expect: { status: 200 } },
    { title: 'one more is too large', when: post(bodyOf(LARGEST_BODY + 1)), expect: { status: 413, message: 'request entity too large', data: { file: { maxSize: TOO_LARGE } } } },
    { title: 'so is a purchase', given: [search('415')], when: { ...buy(FIRST), body: bodyOf(LARGEST_BODY + 1) }, expect: { status: 413 } },
    { title: 'a hundred thousand keys', when: post({ data: Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i])) }), expect: { status: 200, at: { '/data/k99999': 99_999 } } },
    { title: 'a very long key', when: post({ data: { ['k'.repeat(100_000)]: 1 } }), expect: { status: 200 } }
  ],

  'values of the wrong type': [
    ...['x', 7, true, null, []].map((e911): Case => ({ title: `e911: ${JSON.stringify(e911)}`, when: store(BOUGHT, { e911 }), expect: { status: 400, message: 'validation error', data: { e911: { type: { message: 'Value did not match type(s): object', target: 'object', value: e911 } } } } })),
    ...['x', 7, true, null, []].map((cnam): Case => ({ title: `cnam: ${JSON.stringify(cnam)}`, when: store(BOUGHT, { cnam }), expect: { status: 400, at: { '/data/cnam/type/target': 'object' } } })),
    { title: 'a street that is an object', when: store(BOUGHT, { e911: { ...ADDRESS, street_address: {} } }), expect: { status: 400, at: { '/data/e911.street_address/type/value': {} } } },
    { title: 'used_by that is an object changes nothing', when: store(BOUGHT, { used_by: {} }), expect: { status: 200, at: { '/data/used_by': null } } },
    ...['x', 7, true, null, {}].map((numbers): Case => ({ title: `numbers: ${JSON.stringify(numbers)}`, given: [search('415')], when: put({ numbers }), expect: { status: 400, data: { numbers: { type: { message: 'numbers must be a list' } } } } })),
    ...[7, true, null, {}, [FIRST]].map((member): Case => ({ title: `numbers with ${JSON.stringify(member)}`, given: [search('415')], when: put({ numbers: [FIRST, member] }), expect: { status: 400, data: { 'numbers.1': { type: { message: 'Value did not match type(s): string', target: 'string', value: member } } } } })),
    { title: 'data of a collection that is a list', given: [search('415')], when: put([FIRST]), expect: { status: 400, message: 'validation error' } },
    { title: 'accept_charges of any type', given: [search('415')], when: buyAll([FIRST], { accept_charges: { yes: 1 } }), expect: { status: 201 } },
    { title: 'an id that is a number', when: { method: 'POST', url: collectionOf(), token: TOKEN, body: { data: { id: 4155558921 } } }, expect: { status: 400, at: { '/data/id/required/value': 'id' } } },
    { title: 'a token of the wrong type is none', when: { method: 'POST', url: pathOf(BOUGHT), body: { data: { auth_token: {} }, auth_token: 7 } }, expect: { status: 401 } }
  ],

  'texts that are hard to keep': [
    { title: 'NUL in a value', when: post('{"data":{"a":"x\\u0000y"}}'), expect: { status: 200, at: { '/data/a': 'x\u0000y' } } },
    { title: 'NUL in a key', when: post('{"data":{"x\\u0000y":1}}'), expect: { status: 200, at: { '/data/x\u0000y': 1 } } },
    { title: 'NUL survives until the next GET', given: [post('{"data":{"a":"x\\u0000y"}}')], when: get(pathOf(BOUGHT)), expect: { status: 200, at: { '/data/a': 'x\u0000y' } } },
    { title: 'NUL in a street', when: store(BOUGHT, { e911: { ...ADDRESS, street_address: '116\u0000NATOMA ST' } }), expect: { status: 200, at: { '/data/e911/street_address': '116 NATOMA ST' } } },
    { title: 'a lone surrogate', when: post('{"data":{"a":"\\ud800"}}'), expect: { status: 200, at: { '/data/a': '\ud800' } } },
    { title: 'a lone surrogate survives until the next GET', given: [post('{"data":{"a":"\\udfff","\\ud800":1}}')], when: get(pathOf(BOUGHT)), expect: { status: 200, at: { '/data/a': '\udfff', '/data/\ud800': 1 } } },
    { title: 'a lone surrogate in used_by', when: post('{"data":{"used_by":"a\\ud800"}}'), expect: { status: 400, message: 'validation error', data: { used_by: { invalid: { message: 'Text has half of a surrogate pair; send whole characters', value: 'a\ud800' } } } } },
    { title: 'a lone surrogate in used_by of a purchase buys nothing', given: [search('415')], when: { ...buyAll([FIRST]), body: { data: { numbers: [FIRST], used_by: '\udfff' } } }, expect: { status: 400, at: { [`/data/${FIRST}/used_by/invalid/value`]: '\udfff' } } },
    ...Object.entries({ 'NUL between letters': 'x\0y', 'NUL alone': '\0', 'a line separator': '\u2028', 'a character of four bytes': '\u{1f4de}', 'many of them': '\u{1f4de}'.repeat(50_000) }).map(([title, text]): Case => ({ title: `${title} in used_by survives`, given: [store(BOUGHT, { used_by: text })], when: get(pathOf(BOUGHT)), expect: { status: 200, at: { '/data/used_by': text } } })),
    { title: 'a lone surrogate in an address', when: store(BOUGHT, { e911: { ...ADDRESS, locality: '\ud800' } }), expect: { status: 400, message: 'invalid data' } },
    { title: '__proto__ beside data', when: post('{"__proto__":{"data":{"a":1}},"data":{"b":2}}'), expect: { status: 200, at: { '/data/a': null, '/data/b': 2 } } },
    { title: '__proto__ instead of data', when: post('{"__proto__":{"data":{"a":1}}}'), expect: { status: 400, message: 'validation error' } },
    { title: '__proto__ within data is private', when: post('{"data":{"__proto__":{"a":1},"b":2}}'), expect: { status: 200, at: { '/data/a': null, '/data/__proto__': null, '/data/b': 2 } } },
    { title: '__proto__ deep down is kept as a key', given: [post('{"data":{"a":{"__proto__":{"x":1},"b":[{"__proto__":null}]}}}')], when: get(pathOf(BOUGHT)), expect: { status: 200, at: { '/data/a/__proto__': { x: 1 } } } },
    { title: 'constructor and prototype are keys', when: store(BOUGHT, { constructor: { prototype: { polluted: true } }, toString: 'x', hasOwnProperty: 1 }), expect: { status: 200, at: { '/data/constructor': { prototype: { polluted: true } }, '/data/toString': 'x', '/data/polluted': null } } },
    { title: '__proto__ in an address', when: post(`{"data":{"e911":{"__proto__":{"street_address":"116 NATOMA ST"},"locality":"SAN FRANCISCO","region":"CA","postal_code":"94105"}}}`), expect: { status: 400, at: { '/data/e911.street_address/required/value': 'street_address' } } },
    { title: 'keys of an envelope that only objects have', when: post('{"constructor":{},"toString":1,"data":{}}'), expect: { status: 200 } },
    { title: 'a key twice: the last one counts', when: post('{"data":{"a":1,"a":2}}'), expect: { status: 200, at: { '/data/a': 2 } } },
    ...INEXACT.map((number): Case => ({ title: `${number.slice(0, 30)} cannot be kept`, when: post(`{"data":{"a":{"x.y":[0,${number}]}}}`), expect: { status: 400, message: 'validation error', data: { 'a.x%2Ey.1': { invalid: { message: 'Number cannot be kept exactly; send it as a text', value: number.slice(0, 100) } } } } })),
    { title: 'a thousand numbers that cannot be kept: the first hundred are named', when: post(`{"data":{"a":[${Array.from({ length: 1_000 }, () => '1e400').join()}]}}`), expect: { status: 400, at: { '/data/a.99/invalid/value': '1e400', '/data/a.100': null } } },
    { title: 'a number behind a thousand beside data that cannot be kept', when: post(`{"x":[${Array.from({ length: 1_000 }, () => '1e400').join()}],"data":{"a":1e400}}`), expect: { status: 400, data: { a: { invalid: { message: 'Number cannot be kept exactly; send it as a text', value: '1e400' } } } } },
    { title: 'a number as long as a body: its beginning is shown', when: post(`{"data":{"a":1${'0'.repeat(1_000)}}}`), expect: { status: 400, at: { '/data/a/invalid/value': `1${'0'.repeat(99)}` } } },
    { title: 'all numbers that cannot be kept are named', when: post('{"DATA":{"a":1e999,"b":{"c":12345678901234567890},"d":1}}'), expect: { status: 400, holds: (t, { data }) => { t.same(Object.keys(data as object), ['a', 'b.c']) } } },
    ...EXACT.map(([number, value]): Case => ({ title: `${number} is kept`, when: post(`{"data":{"a":${number}}}`), expect: { status: 200, at: { '/data/a': value } } })),
    { title: 'numbers beside data are not kept anyway', when: post('{"x":1e999,"data":{"a":"1e999 \\"12345678901234567890"}}'), expect: { status: 200 } },
    { title: 'a purchase with such a number buys nothing', given: [search('415')], when: { ...buy(FIRST), body: '{"data":{"a":1e400}}' }, expect: { status: 400, at: { '/data/a/invalid/value': '1e400' } } },
    { title: 'the message names a byte order mark', when: post('\uFEFF{"data":{}}'), expect: { status: 400, at: { '/data/json/invalid/message': 'JSON must not begin with a byte order mark (U+FEFF)' } } },
    { title: 'a byte order mark and nothing else', when: post('\uFEFF'), expect: INVALID_JSON }
  ],

  'numbers that no plan knows': [
    ...NO_NUMBERS.flatMap((written): Case[] => [
      { title: `GET ${written.slice(0, 30)}`, when: get(pathOf(written)), expect: { status: 404, message: 'bad_identifier' } },
      { title: `activate ${written.slice(0, 30)}`, when: buy(written), expect: { status: 404, message: 'not_reconcilable', data: { code: 404, error: 'not_reconcilable', cause: written, message: `number ${written} is not reconcilable` } } },
      { title: `POST ${written.slice(0, 30)}`, when: store(written, { team: 'blue' }), expect: { status: 404, message: 'not_reconcilable' } },
      { title: `DELETE ${written.slice(0, 30)}`, when: { method: 'DELETE', url: pathOf(written), token: TOKEN }, expect: { status: 404, message: 'not_reconcilable' } }
    ]),
    { title: 'all of them in one collection', given: [search('415')], when: buyAll([FIRST, ...NO_NUMBERS]), expect: { status: 400, message: 'client error', at: { [`/data/${FIRST}`]: null, '/data/nonsense/error': 'not_reconcilable', '/data/__proto__/cause': '__proto__' } } },
    { title: 'numbers of other countries are known and not on offer', when: buy('+442071838750'), expect: { status: 500, message: 'unspecified_fault' } },
    { title: 'so are area codes that do not exist', when: buy('+11112223333'), expect: { status: 500, message: 'unspecified_fault' } }
  ],

  'collections': [
    { title: 'the same number twice', given: [search('415')], when: buyAll([FIRST, FIRST]), expect: { status: 400, data: { numbers: { uniqueItems: { message: 'some numbers appear twice' } } } } },
    { title: 'the same number in three spellings', given: [search('415')], when: buyAll(['4152338397', '14152338397', FIRST]), expect: { status: 400, message: 'validation error' } },
    { title: 'the same nonsense twice', when: buyAll(['x', 'x']), expect: { status: 400, message: 'validation error' } },
    { title: 'ten thousand numbers of which the last fails', given: [{ method: 'GET', url: '/v2/phone_numbers?prefix=2125&quantity=500' }], when: buyAll(Array.from({ length: 10_000 }, (_, i) => `+1212500${String(i).padStart(4, '0')}`)), expect: { status: 400, message: 'client error', at: { '/data/+12125000000': null, '/data/+12125009999/message': 'missing_provider_url' } } },
    { title: 'more than ten thousand numbers', when: buyAll(Array.from({ length: 10_001 }, () => FIRST)), expect: { status: 400, data: { numbers: { maximum: { message: 'maximum 10000 numbers allowed' } } } } },
    { title: 'millions of items that are no numbers', when: { ...buyAll([]), body: `{"data":{"numbers":[${'1,'.repeat(3_900_000)}1]}}` }, expect: { status: 400, data: { numbers: { maximum: { message: 'maximum 10000 numbers allowed' } } } } },
    { title: 'a number of another account', given: [search('415'), buy(FIRST, STRANGER)], when: buyAll([FIRST, '+14152338421']), expect: { status: 400, at: { [`/data/${FIRST}/error`]: 'forbidden', '/data/+14152338421': null } } },
    { title: 'an empty text', when: buyAll(['']), expect: { status: 400, message: 'client error', at: { '/data//error': 'not_reconcilable' } } },
    { title: 'keys that objects have', given: [search('415')], when: put({ numbers: [FIRST], constructor: 1, hasOwnProperty: 2 }), expect: { status: 201, at: { [`/data/success/${FIRST}/constructor`]: 1 } } }
  ],

  'paths and queries': [
    ...['%', '%2', '%zz', '%E0%A4%A', '%C0%AF', '%ff'].flatMap((broken): Case[] => [
      { title: `a number ${broken}`, when: { method: 'PUT', url: `${numbersOf()}/${broken}/activate`, token: TOKEN }, expect: { status: 400, message: 'parse_error', data: { message: 'parse error' } } },
      { title: `an account ${broken}`, when: { method: 'DELETE', url: `/v2/accounts/${broken}/phone_numbers/${BOUGHT}`, token: TOKEN }, expect: { status: 400, message: 'parse_error' } },
      { title: `a prefix ${broken}`, when: get(`/v2/phone_numbers?prefix=${broken}`), expect: { status: 400, message: 'validation error' } },
      { title: `a start key ${broken}`, when: list(`?start_key=${broken}&filter_${broken}=${broken}`), expect: { status: 200 } }
    ]),
    { title: 'NUL in an account', when: get(`/v2/accounts/%00${'0'.repeat(31)}/phone_numbers`), expect: { status: 200, numbers: [] } },
    { title: 'an account of 32 bytes that are fewer letters', when: get(`/v2/accounts/${encodeURIComponent('ü'.repeat(16))}/phone_numbers`), expect: { status: 200, numbers: [] } },
    { title: 'an account of 32 letters that are more bytes', when: get(`/v2/accounts/${encodeURIComponent('ü'.repeat(32))}/phone_numbers`), expect: { status: 404, message: 'bad identifier' } },
    { title: 'an account that every object has', when: get('/v2/accounts/__proto__/phone_numbers'), expect: { status: 404, message: 'bad identifier' } },
    { title: 'NUL in a start key', when: list('?start_key=%00'), expect: { status: 200 } },
    { title: 'an escaped slash is part of the number', when: get(`${numbersOf()}/a%2Fb`), expect: { status: 404, message: 'bad_identifier' } },
    { title: 'a percent that is left when all is decoded', when: get(`${numbersOf()}/100%2525`), expect: { status: 404, message: 'bad_identifier' } },
    { title: 'a percent that cannot be decoded again', when: get(`${numbersOf()}/%25zz`), expect: { status: 404, message: 'bad_identifier' } },
    { title: 'dots are no way up', when: get(`${numbersOf()}/..%2F..%2Fx`), expect: { status: 404, message: 'bad_identifier' } },
    { title: 'an empty number', when: get(`${numbersOf()}//activate`), expect: { status: 405 } },
    { title: 'a very long query', when: list(`?x=${'y'.repeat(10_000)}`), expect: { status: 200 } },
    { title: 'a thousand filters', when: list(`?${Array.from({ length: 1_000 }, (_, i) => `filter_k${i}=`).join('&')}`), expect: { status: 200 } },
    { title: 'a filter of ten thousand members', when: list(`?filter_state=${encodeURIComponent(JSON.stringify(Array.from({ length: 10_000 }, (_, i) => i)))}`), expect: { status: 200, numbers: [] } },
    { title: 'a filter nested deeply', when: list(`?filter_state=${nested(5_000)}`), expect: { status: 200, numbers: [] } },
    { title: 'statements in a filter', when: list(`?filter_state=${encodeURIComponent("x') OR 1=1 --")}&filter_a'b"c=1`), expect: { status: 200, numbers: [] } }
  ],

  'searches': [
    ...['abc', '4l5', '٤١٥', '415%00', '4e5', '0x1', '-415', '415.5', "'''", '%25%25%25'].map((prefix): Case => ({ title: `prefix ${prefix}`, when: get(`/v2/phone_numbers?prefix=${encodeURIComponent(prefix)}`), expect: { status: 400, message: 'validation error', at: { '/data/prefix/pattern/target': '^[0-9]+$' } } })),
    { title: 'a prefix of a thousand digits', when: get(`/v2/phone_numbers?prefix=${'4'.repeat(1_000)}`), expect: { status: 400, at: { '/data/prefix/maxLength/target': 10 } } },
    { title: 'a prefix twice: the first counts', when: get('/v2/phone_numbers?prefix=415&prefix=x&quantity=1'), expect: { status: 200, numbers: [FIRST] } },
    ...['-1', '0', 'x', '', '1.5', '1e3', '-99999999999999999999', 'Infinity', 'NaN'].map((quantity): Case => ({ title: `quantity ${quantity}`, when: get(`/v2/phone_numbers?prefix=415&quantity=${quantity}`), expect: { status: 200, numbers: [FIRST] } })),
    ...['-1', 'x', '', '1.5', '-99999999999999999999', 'NaN'].map((offset): Case => ({ title: `offset ${offset}`, when: get(`/v2/phone_numbers?prefix=415&quantity=1&offset=${offset}`), expect: { status: 200, numbers: [FIRST] } })),
    { title: 'a quantity beyond the most is the most', when: get('/v2/phone_numbers?prefix=500&quantity=501'), expect: { status: 200 } },
    ...['100000000', '999999999999999999', '100000000000', '99999999999999999999'].map((offset): Case => ({ title: `offset ${offset} is behind everything`, when: get(`/v2/phone_numbers?prefix=415&quantity=500&offset=${offset}`), expect: { status: 200, data: [] } })),
    { title: 'a search that fails offers nothing', given: [{ ...get('/v2/phone_numbers?prefix=415&country=USA'), expect: { status: 400 } }], when: buy(FIRST), expect: { status: 500 } }
  ],

  'refusals change nothing': [
    { title: 'a purchase of a number of another account', given: [search('415'), buy(FIRST, OTHER)], when: buy(FIRST, DEMO, { data: { team: 'blue' } }), expect: { status: 403 } },
    { title: 'a purchase whose body breaks the schema', given: [search('415')], when: buy(FIRST, DEMO, { data: { e911: {} } }), expect: { status: 400 } },
    { title: 'fields whose address is invalid', given: [store(BOUGHT, { team: 'blue' })], when: store(BOUGHT, { team: 'red', used_by: 'x', e911: { ...ADDRESS, street_address: '911 INVALID TEST ST' } }), expect: { status: 400 } },
    { title: 'fields that ask for a feature that is denied', given: [store(BOUGHT, { team: 'blue' })], when: store(BOUGHT, { team: 'red', failover: { sip: 'x' } }), expect: { status: 403 } },
    { title: 'a collection whose last number is magic', given: [search('415'), search('500', 20)], when: buyAll([FIRST, '+15005550500']), expect: { status: 400 } },
    { title: 'a collection of the account’s own with another address', given: [search('415'), buyAll([FIRST])], when: put({ numbers: [FIRST, BOUGHT], e911: { ...ADDRESS, street_address: '911 UNREACHABLE TEST ST' } }), expect: { status: 400 } }
  ]
}
