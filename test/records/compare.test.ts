/** How two answers are told apart, and which values may differ. */
import t from 'tap'
import type { JsonValue } from '../../src/json.js'
import { compareAnswers, type VolatileRule } from '../../src/records/compare.js'
import { readRules } from '../../src/records/volatile-file.js'

interface Comparison {
  title: string
  recorded: JsonValue
  emulated: JsonValue
  /** The statuses, where they are not both 200. */
  statuses?: readonly [number, number]
  operation?: string
  isForced?: true
  rules?: Readonly<Record<string, VolatileRule>>
  differences?: readonly string[]
}

const FOUND = { number: '+14155550100', state: 'discovery' }
// prettier-ignore
const COMPARISONS: readonly Comparison[] = [
  { title: 'the order of keys does not matter', recorded: { a: 1, b: { c: [1] } }, emulated: { b: { c: [1] }, a: 1 } },
  { title: 'ids, times and revisions may differ within their kind', recorded: { request_id: 'a', revision: 'x', data: { _read_only: { created: 1 }, e911: { latitude: '1.5' } } }, emulated: { request_id: 'b', revision: 'y', data: { _read_only: { created: 2 }, e911: { latitude: '-2' } } } },
  { title: 'but not beyond it', recorded: { created: '1', modified: 1 }, emulated: { created: 2, modified: null },
    differences: ['/created is "1" in the record, which is not of the kind integer', '/modified is null at the emulator, which is not of the kind integer'] },
  { title: 'any token is as good as another', recorded: { auth_token: '[redacted]' }, emulated: { auth_token: 'x' } },
  { title: 'an empty one is not', recorded: { auth_token: 'x' }, emulated: { auth_token: '' }, differences: ['/auth_token is "" at the emulator, which is not of the kind token'] },
  { title: 'and neither is the word for a missing one', recorded: { auth_token: 'undefined' }, emulated: { auth_token: '' }, differences: ['/auth_token is "undefined" in the record, and "" at the emulator'] },
  { title: 'what stands for a missing token may be the same', recorded: { auth_token: 'undefined' }, emulated: { auth_token: 'undefined' } },
  { title: 'and they have to be there', recorded: { revision: 'x' }, emulated: { request_id: 'a' },
    differences: ['/revision is in the record only', '/request_id is at the emulator only'] },
  { title: 'a documented value has to be the same', recorded: { data: { state: 'in_service', 'a/b': 1 } }, emulated: { data: { state: 'available', 'a/b': 2 } },
    differences: ['/data/state is "in_service" in the record, and "available" at the emulator', '/data/a~1b is 1 in the record, and 2 at the emulator'] },
  { title: 'another status is told with the message, and not with the rest of an envelope', recorded: { message: 'bad_identifier' }, emulated: { message: 7 }, statuses: [404, 200],
    differences: ['the status is 404 (bad_identifier) in the record, and 200 at the emulator'] },
  { title: 'the errors of numbers are told where the status differs too, wherever they are', recorded: { data: { success: {}, error: { '+14155550100': 'not_found', '0012': { code: 404, cause: '0012' } } } }, emulated: { data: { '+14155550100': { code: 404 }, '0012': { code: 400, cause: '0012' } } }, statuses: [201, 400],
    differences: ['the status is 201 in the record, and 400 at the emulator', '/data/error/* is "not_found" in the record, and an object at the emulator', '/data/error/*/code is 404 in the record, and 400 at the emulator'] },
  { title: 'in a failure they have the place of the data', recorded: { data: { '+14155550100': 'a' } }, emulated: { data: { success: {}, error: { '+14155550100': 'b' } } }, statuses: [400, 200],
    differences: ['the status is 400 in the record, and 200 at the emulator', '/data/* is "a" in the record, and "b" at the emulator'] },
  { title: 'numbers that failed in one answer only are not told', recorded: { data: { error: { '+14155550100': 'a' } } }, emulated: { data: { '+14155550101': 'b' } }, statuses: [200, 400],
    differences: ['the status is 200 in the record, and 400 at the emulator'] },
  { title: 'and neither are the other details of a failure', recorded: { data: { message: 'a' } }, emulated: { data: { message: 'b' } }, statuses: [401, 403],
    differences: ['the status is 401 in the record, and 403 at the emulator'] },
  { title: 'a user may leave them out', rules: { '/data/error/*': 'ignored' }, recorded: { data: { error: { '+14155550100': 'a' } } }, emulated: { data: { '+14155550100': 'b' } }, statuses: [200, 400],
    differences: ['the status is 200 in the record, and 400 at the emulator'] },
  { title: 'a page of HTML is no object', recorded: `<html>${'x'.repeat(100)}`, emulated: {},
    differences: [`the body is "<html>${'x'.repeat(73)}… in the record, and an object at the emulator`] },
  { title: 'other types are named', recorded: { a: null, b: [], c: [1], d: { e: 1 } }, emulated: { a: true, b: 1, c: {}, d: 'x' },
    differences: ['/a is null in the record, and true at the emulator', '/b is an empty list in the record, and 1 at the emulator', '/c is a list in the record, and an object at the emulator', '/d is an object in the record, and "x" at the emulator'] },
  { title: 'the same difference of many numbers is told once', recorded: { data: { '+14155550100': { a: 1 }, '+14155550101': { a: 1 } } }, emulated: { data: { '+14155550100': {}, '+14155550101': {} } },
    differences: ['/data/*/a is in the record only'] },
  { title: 'a list that is longer has more items', recorded: { details: [1, 2, 3] }, emulated: { details: [1] }, differences: ['/details/* is in the record only'] },
  { title: 'a name of every object is a key like any other', recorded: { data: { constructor: 1 } }, emulated: { data: {} }, differences: ['/data/constructor is in the record only'] },
  { title: 'a search may find other numbers', operation: 'search', recorded: { data: [FOUND, { ...FOUND, number: '+14155550101' }] }, emulated: { data: [{ ...FOUND, number: '+14155559999' }] } },
  { title: 'which look alike', operation: 'search', recorded: { data: [{ ...FOUND, rate_center: { lata: 722 } }] }, emulated: { data: [{ ...FOUND, state: 'available', rate_center: { lata: '722', name: 'X' } }] },
    differences: ['/data/*/state is "discovery" in the record, and "available" at the emulator', '/data/*/rate_center/lata is a number in the record, and a text at the emulator', '/data/*/rate_center/name is at the emulator only'] },
  { title: 'but not none', operation: 'search_account', recorded: { data: [] }, emulated: { data: [FOUND] }, differences: ['/data/* is at the emulator only'] },
  { title: 'a list of anything else has to be the same', operation: 'read', recorded: { data: ['a'] }, emulated: { data: ['b'] }, differences: ['/data/* is "a" in the record, and "b" at the emulator'] },
  { title: 'the texts of a failure that a fault has made are examples, which may show more', isForced: true, recorded: { data: { cause: 'a', list: [true] } }, emulated: { data: { cause: 'b', list: [false], more: 1 } } },
  { title: 'their form is not', isForced: true, recorded: { data: { cause: { x: 1 }, code: 1 }, message: 'a' }, emulated: { data: { cause: 'b' }, message: 'b' },
    differences: ['/data/cause is an object in the record, and a text at the emulator', '/data/cause/x is in the record only', '/data/code is in the record only', '/message is "a" in the record, and "b" at the emulator'] },
  { title: 'a user says what else may differ', rules: { '/data/carrier': 'text', '/data/*/extra': 'ignored', '/node': 'ignored', '/data/plan': 'digits' }, recorded: { node: 'a', data: { carrier: 'a', plan: '1', '+14155550100': { extra: 1 } } }, emulated: { data: { carrier: 'b', plan: 'x', '+14155550100': {} } },
    differences: ['/data/plan is "x" at the emulator, which is not of the kind digits'] },
  { title: 'of what a search finds, too', operation: 'search', rules: { '/data/*/state': 'ignored' }, recorded: { data: [FOUND] }, emulated: { data: [{ ...FOUND, state: 'available' }] } }
]

for (const { title, recorded, emulated, statuses: [one, other] = [200, 200], ...rest } of COMPARISONS) {
  t.test(title, async (t) => {
    const { operation = null, isForced = false, rules = {}, differences = [] } = rest
    const around = { operation, isForced, rules: new Map(Object.entries(rules)) }
    t.same(compareAnswers({ status: one, body: recorded }, { status: other, body: emulated }, around), differences)
  })
}

t.test('rules are read from YAML and from JSON', async (t) => {
  const folder = t.testdir({
    'a.yaml': '/data/*/lata: digits\n/node: ignored\n',
    'a.json': '{"/data/*/lata":"digits"}'
  })
  t.same([...(await readRules(`${folder}/a.yaml`))], [['/data/*/lata', 'digits'], ['/node', 'ignored']]) // prettier-ignore
  t.same([...(await readRules(`${folder}/a.json`))], [['/data/*/lata', 'digits']])
})

// prettier-ignore
const WRONG_RULES: readonly [title: string, text: string, message: RegExp][] = [
  ['a kind that there is not', '/data/lata: digit', /a\.yaml\/~1data~1lata: "digit" is no kind; did you mean "digits"\?/],
  ['a kind that is no text', '/data/lata: [1]', /\/~1data~1lata: \[1\] is no kind; there are text, token, filled, integer, digits, decimal, uuid, ignored/],
  ['a path that is no pointer', 'data.lata: digits', /a\.yaml\/data\.lata: is no JSON pointer, such as/],
  ['a list', '- /data/lata', /a\.yaml: is no map, such as/],
  ['what is no YAML', '/data: [', /a\.yaml: .*line/],
  ['more rules than anybody writes', Array.from({ length: 1001 }, (_, i) => `/a${i}: text`).join('\n'), /has 1001 rules; at most 1000 may be/],
  ['a file that is too long', `# ${'x'.repeat(1_000_000)}`, /has 1000002 bytes; at most 1000000 are read/]
]
for (const [title, text, message] of WRONG_RULES) {
  t.test(`Rules are refused with their place: ${title}`, async (t) => {
    await t.rejects(readRules(`${t.testdir({ 'a.yaml': text })}/a.yaml`), { name: 'UsageError', message })
  })
}
t.test('Rules are refused with their place: a file that is not there', async (t) => {
  await t.rejects(readRules(`${t.testdir()}/none.yaml`), { message: /--volatile: .*none\.yaml: .*ENOENT/ })
})
