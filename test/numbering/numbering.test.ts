import fc from 'fast-check'
import t from 'tap'
import { dialectOf } from '../../src/dialect.js'
import type { JsonObject, JsonValue } from '../../src/json.js'
import { CLASSIFIERS, classify } from '../../src/numbering/classifiers.js'
import { comparableText, isFilled, valueAt } from '../../src/numbering/document-path.js'
import { isPhoneNumber, nationalNumber, toE164 } from '../../src/numbering/e164.js'
import {
  availableFeatures,
  deniedFeatures,
  featuresOf,
  KNOWN_FEATURES,
  requestedFeatures,
  takesE911
} from '../../src/numbering/features.js'
import { readFilters, type Filter } from '../../src/numbering/list-filters.js'
import { numberSchema } from '../../src/numbering/number-schema.js'
import { ACTIONS, isState, nextState, STATES, stateTable, TRANSITIONS } from '../../src/numbering/number-state.js'
import { newNumber, type PhoneNumber } from '../../src/numbering/phone-number.js'
import { nationalPrefix } from '../../src/numbering/prefix.js'
import { merged, publicFields, withoutNulls } from '../../src/numbering/public-fields.js'
import { readStartKey, startKey } from '../../src/numbering/start-key.js'
import { listEntry, numberDocument } from '../../src/numbering/views.js'

const oneuc = dialectOf('oneuc')
const kazoo = dialectOf('kazoo-4.3')
const ACCOUNT = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'

t.test('a number is read as the document and the reference read it', async (t) => {
  const readings: [written: string, e164: string, isPhoneNumber: boolean][] = [
    ['4123456789', '+14123456789', true],
    ['14123456789', '+14123456789', true],
    ['+14123456789', '+14123456789', true],
    ['41234567', '+41234567', true],
    ['4121456789', '+4121456789', true],
    ['2125551234', '+12125551234', true],
    ['0114412345678', '+4412345678', true],
    ['004412345678', '+4412345678', true],
    ['01112345', '+12345', false],
    ['0111234', '0111234', false],
    ['001234', '001234', false],
    ['+10000000000', '+10000000000', true],
    ['+1415233842', '+1415233842', false],
    ['+141523384211', '+141523384211', false],
    ['+2123456', '+2123456', false],
    ['+21234567', '+21234567', true],
    ['+0123456789', '+0123456789', false],
    ['1123456789', '1123456789', false],
    ['11234567890', '11234567890', false],
    ['0123456789', '0123456789', false],
    ['+1 415 555 0100', '+1 415 555 0100', false],
    ['(415)555-0100', '(415)555-0100', false],
    ['415-555-0100', '415-555-0100', false],
    ['+141510010+15', '+141510010+15', false],
    ['911', '911', false],
    ['1234567', '1234567', false],
    ['2345678', '2345678', false],
    ['23456789', '+23456789', true],
    ['+', '+', false],
    ['', '', false],
    ['collection', 'collection', false],
    ['4123456789\n', '4123456789\n', false],
    ['٤١٢٣٤٥٦٧٨٩', '٤١٢٣٤٥٦٧٨٩', false],
    [`+2${'1'.repeat(62)}`, `+2${'1'.repeat(62)}`, true],
    [`+2${'1'.repeat(63)}`, `+2${'1'.repeat(63)}`, false],
    ['2'.repeat(65), '2'.repeat(65), false]
  ]
  for (const [written, e164, reconcilable] of readings) {
    t.equal(toE164(written), e164, `${JSON.stringify(written)} reads as ${JSON.stringify(e164)}`)
    t.equal(isPhoneNumber(e164), reconcilable, `${JSON.stringify(e164)} names ${reconcilable ? 'a number' : 'none'}`)
  }
})

t.test('Reading a number again changes nothing', async () => {
  fc.assert(fc.property(fc.stringMatching(/^[+0-9 ]{0,20}$/), (written) => toE164(toE164(written)) === toE164(written)))
})

t.test('Only numbers of the North American plan have ten national digits', async (t) => {
  t.equal(nationalNumber('+14152338397'), '4152338397')
  for (const other of ['+4412345678', '14152338397', '+1415233839', '+141523383970', '']) {
    t.equal(nationalNumber(other), undefined, other)
  }
})

t.test('A search prefix has four spellings', async (t) => {
  const prefixes: [written: string, prefix: string][] = [
    ['+1499', '499'],
    [' 1499', '499'],
    ['1499', '499'],
    ['499', '499'],
    ['149', '149'],
    ['14', '14'],
    ['+1 415 233', '415233'],
    ['+14152338397', '4152338397'],
    ['415-233', '415-233'],
    ['1abc', '1abc'],
    ['', '']
  ]
  for (const [written, prefix] of prefixes) t.equal(nationalPrefix(written), prefix, JSON.stringify(written))
})

/** The table of the specification; what is in brackets is a refusal. */
const STATE_TABLE = `
| before     | activate                   | reserve                    | create          | port            | update           | release                    | age                        |
| ---------- | -------------------------- | -------------------------- | --------------- | --------------- | ---------------- | -------------------------- | -------------------------- |
| unknown    | (missing_provider_url)     | (bad_identifier)           | in_service      | port_in         | (bad_identifier) | (bad_identifier)           | (invalid_state_transition) |
| discovery  | in_service                 | (bad_identifier)           | in_service      | port_in         | (bad_identifier) | (bad_identifier)           | (invalid_state_transition) |
| available  | in_service                 | reserved                   | in_service      | port_in         | available        | (bad_identifier)           | (invalid_state_transition) |
| reserved   | in_service                 | (no_change_required)       | (number_exists) | (number_exists) | reserved         | available                  | (invalid_state_transition) |
| in_service | in_service                 | reserved                   | (number_exists) | (number_exists) | in_service       | available                  | (invalid_state_transition) |
| port_in    | in_service                 | (invalid_state_transition) | in_service      | port_in         | port_in          | available                  | (invalid_state_transition) |
| port_out   | (invalid_state_transition) | (invalid_state_transition) | (number_exists) | (number_exists) | port_out         | (invalid_state_transition) | (invalid_state_transition) |
| released   | (invalid_state_transition) | (invalid_state_transition) | (number_exists) | (number_exists) | released         | available                  | (invalid_state_transition) |
| aging      | in_service                 | (invalid_state_transition) | in_service      | port_in         | aging            | (invalid_state_transition) | available                  |
| deleted    | (invalid_state_transition) | (invalid_state_transition) | (number_exists) | (number_exists) | deleted          | (invalid_state_transition) | (invalid_state_transition) |
`.trim()

t.test('The state machine is the documented one, cell by cell', async (t) => {
  const [head = [], , ...rows] = STATE_TABLE.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  )
  t.same(head.slice(1), ACTIONS)
  t.same(rows.map(([before]) => before).sort(), Object.keys(TRANSITIONS).sort(), 'every state has a row')
  for (const [before, row] of Object.entries(TRANSITIONS)) {
    const expected = rows.find(([name]) => name === before) ?? []
    for (const [i, action] of ACTIONS.entries()) {
      const cell = row[action]
      t.equal(isState(cell) ? cell : `(${cell})`, expected[i + 1], `${before}: ${action}`)
    }
  }
  t.equal(stateTable(), STATE_TABLE, 'and prints so')
  t.equal(nextState('available', 'reserve'), 'reserved')
})

t.test('Every state can be reached, by a client, the clock or an account that may create numbers in it', async (t) => {
  // An admin creates numbers as `aging`; `port_out`, `released` and `deleted` come from elsewhere (specification, 5.1).
  const given = ['unknown', 'discovery', 'aging', 'port_out', 'released', 'deleted']
  const reached = new Set(given)
  for (const before of reached) {
    const row = Object.entries(TRANSITIONS).find(([name]) => name === before)?.[1]
    for (const after of Object.values(row ?? {})) if (isState(after)) reached.add(after)
  }
  t.same([...reached].filter(isState).sort(), [...STATES].sort())
})

t.test('Only the nine documented names are states', async (t) => {
  for (const state of STATES) t.ok(isState(state), state)
  for (const name of ['unknown', 'PROVISIONED', 'success', '', 'toString', 'In_Service']) t.notOk(isState(name), name)
})

t.test('A number has the class of the first classifier that fits', async (t) => {
  const classes: [e164: string, name: string][] = [
    ...['800', '880', '888', '889', '877', '866', '855', '844', '833', '822'].map((npa): [string, string] => [
      `+1${npa}2345678`,
      'tollfree_us'
    ]),
    ['+19002345678', 'toll_us'],
    ...['911', '922', '933', '988', '833', '811', '711', '999'].map((code): [string, string] => [code, 'emergency']),
    ['+18092345678', 'caribbean'],
    ['+17872345678', 'caribbean'],
    ['+13402345678', 'caribbean'],
    ['12462345678', 'caribbean'],
    ['+14152338397', 'did_us'],
    ['+18112345678', 'did_us'],
    ['4152338397', 'did_us'],
    ['+14151338397', 'unknown'],
    ['+18002345', 'unknown'],
    ['+442079460000', 'international'],
    ['+21234567', 'international'],
    ['+2123456', 'unknown'],
    ['912', 'unknown'],
    ['', 'unknown'],
    ['two\nlines', 'unknown']
  ]
  for (const [e164, name] of classes) t.equal(classify(e164).name, name, JSON.stringify(e164))
})

t.test('Classifiers have the fields that the reference prints', async (t) => {
  const friendly = Object.fromEntries(CLASSIFIERS.map(({ name, friendly_name }) => [name, friendly_name]))
  t.same(friendly, {
    tollfree_us: 'US TollFree',
    toll_us: 'US Toll',
    emergency: 'Emergency Dispatcher',
    caribbean: 'Caribbean',
    did_us: 'US DID',
    international: 'International',
    unknown: 'Unknown'
  })
  t.same(
    CLASSIFIERS.filter(({ emergency }) => emergency).map(({ name }) => name),
    ['emergency']
  )
  for (const { name, pretty_print } of CLASSIFIERS) {
    const isNanp = ['tollfree_us', 'toll_us', 'caribbean', 'did_us'].includes(name)
    t.equal(pretty_print, isNanp ? 'SS(###) ### - ####' : undefined, name)
  }
})

t.test('The document of a number switches its features on', async (t) => {
  const everything = {
    e911: { locality: 'SAN FRANCISCO' },
    failover: { sip: 'sip:me@example.com' },
    force_outbound: false,
    cnam: { display_name: 'me', inbound_lookup: true },
    prepend: { enabled: true },
    ringback: { early: 'x' }
  }
  const assigned = ['e911', 'inbound_cnam', 'outbound_cnam']
  const serving = ['e911', 'failover', 'force_outbound', 'inbound_cnam', 'outbound_cnam', 'prepend']
  for (const state of STATES) {
    const expected = state === 'in_service' ? serving : ['reserved', 'port_in'].includes(state) ? assigned : []
    t.same(featuresOf(state, 'external', everything), expected, state)
    t.equal(takesE911(state), expected.includes('e911'), `E911 is provisioned when ${state}: ${expected.length > 0}`)
  }
  t.same(featuresOf('available', 'local', everything), ['local'])
  t.same(featuresOf('in_service', 'local', { prepend: { enabled: true } }), ['local', 'prepend'])
  t.same([...requestedFeatures(everything)].sort(), serving)
  const nothing: JsonObject[] = [
    {},
    { e911: {} },
    { e911: 'x' },
    { failover: {} },
    { failover: [1] },
    { force_outbound: 'true' },
    { cnam: { display_name: '' } },
    { cnam: { display_name: 5 } },
    { cnam: { inbound_lookup: 'true' } },
    { cnam: 'me' },
    { prepend: { enabled: false } },
    { prepend: true },
    { sms: { enabled: true } }
  ]
  for (const document of nothing) {
    t.same(featuresOf('in_service', 'external', document), [], `nothing: ${JSON.stringify(document)}`)
    t.same(requestedFeatures(document), [], `nothing asked: ${JSON.stringify(document)}`)
  }
})

/** A number in service on an account. */
function number(change: Partial<PhoneNumber> = {}): PhoneNumber {
  return { ...newNumber('+14152338397', 'in_service', 'external', 63_000_000_000), owner: ACCOUNT, ...change }
}

t.test('A number may have the features of the reference', async (t) => {
  const customer = { admin: false, localOverride: false }
  const external = ['cnam', 'e911', 'force_outbound', 'inbound_cnam', 'outbound_cnam', 'port', 'prepend', 'ringback']
  const internal = ['force_outbound', 'prepend', 'ringback']
  const cases: [title: string, number: PhoneNumber, rules: typeof customer, available: string[]][] = [
    ['assigned, of a carrier', number(), customer, external],
    ['local', number({ carrier: 'local' }), customer, internal],
    [
      'local, where local numbers may all',
      number({ carrier: 'local' }),
      { ...customer, localOverride: true },
      external
    ],
    ['used by a trunk', number({ usedBy: 'trunkstore' }), customer, [...external, 'failover'].sort()],
    ['used by a callflow', number({ usedBy: 'callflow' }), customer, external],
    ['asked by an admin', number(), { ...customer, admin: true }, ['carrier_name', ...external].sort()],
    ['in the pool', number({ state: 'available', owner: null }), customer, internal]
  ]
  for (const [title, one, rules, available] of cases) {
    t.same(availableFeatures(one, rules), available, title)
    const unoffered = ['mms', 'sms']
    const denied = deniedFeatures(one, rules)
    t.same(
      KNOWN_FEATURES.filter((feature) => !denied.includes(feature) && !unoffered.includes(feature)),
      available,
      `${title}: the rest is denied`
    )
    t.same(denied, [...denied].sort(), `${title}: in order`)
  }
})

t.test('A client’s fields are stored as sent, without those of the system', async (t) => {
  t.same(
    publicFields({
      _read_only: { created: 1 },
      pvt_state: 'x',
      id: 'x',
      used_by: 'x',
      accept_charges: true,
      auth_token: 'x',
      verb: 'x',
      carrier_name: 'x',
      state: 'x',
      features: ['mine'],
      assigned_to: 'x',
      my_own_field: {},
      empty: [],
      zero: 0,
      none: null
    }),
    { features: ['mine'], assigned_to: 'x', my_own_field: {}, empty: [], zero: 0, none: null }
  )
})

t.test('Nulls are dropped at any depth but not inside lists', async (t) => {
  t.same(withoutNulls({ a: null, b: { c: null, d: { e: null } }, f: [null, { g: null }], h: '' }), {
    b: { d: {} },
    f: [null, { g: null }],
    h: ''
  })
})

t.test(
  'PATCH merges objects, replaces lists and scalars, deletes at null, and replaces at an empty object',
  async (t) => {
    const cases: [stored: JsonObject, change: JsonObject, after: JsonObject][] = [
      [{ a: 1, b: 2 }, { b: 3 }, { a: 1, b: 3 }],
      [{ a: 1 }, { a: null }, {}],
      [{}, { a: null }, {}],
      [{ a: { b: 1, c: 2 } }, { a: { c: null, d: 3 } }, { a: { b: 1, d: 3 } }],
      [{ a: { b: 1 } }, { a: {} }, { a: {} }],
      [{ a: { b: 1 } }, { a: [1] }, { a: [1] }],
      [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
      [{ a: [1] }, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
      [{ a: 1 }, { a: { b: { c: null } } }, { a: { b: {} } }],
      [{ a: 1 }, {}, { a: 1 }]
    ]
    for (const [stored, change, after] of cases) {
      const before = JSON.stringify(stored)
      t.same(merged(stored, change), after, `${before} and ${JSON.stringify(change)}`)
      t.equal(JSON.stringify(stored), before, 'the stored one stays as it was')
    }
  }
)

t.test('Names that every object inherits are ordinary fields', async (t) => {
  const document = JSON.parse('{"__proto__": {"a": 1}, "constructor": {"b": 2}}') as JsonObject
  t.equal(JSON.stringify(publicFields({ ...document, toString: 'mine' })), '{"constructor":{"b":2},"toString":"mine"}')
  t.equal(JSON.stringify(merged({}, document)), '{"__proto__":{"a":1},"constructor":{"b":2}}')
})

t.test('A dotted path finds own values only', async (t) => {
  const document: JsonObject = { a: { b: [1], c: null }, d: '' }
  const values: [path: string, value: JsonValue | undefined, text: string | null, filled: boolean][] = [
    ['a', { b: [1], c: null }, null, true],
    ['a.b', [1], null, true],
    ['a.b.0', undefined, '', false],
    ['a.c', null, '', false],
    ['a.c.x', undefined, '', false],
    ['d', '', '', false],
    ['d.length', undefined, '', false],
    ['x', undefined, '', false],
    ['toString', undefined, '', false],
    ['__proto__', undefined, '', false]
  ]
  for (const [path, value, text, filled] of values) {
    const found = valueAt(document, path.split('.'))
    t.same(found, value, path)
    t.equal(comparableText(found), text, `${path} as text`)
    t.equal(isFilled(found), filled, `${path} is ${filled ? '' : 'not '}filled`)
  }
  const scalars: [value: JsonValue, text: string | null, filled: boolean][] = [
    [0, '0', true],
    [false, 'false', true],
    [1.5, '1.5', true],
    [[], null, false],
    [{}, null, false]
  ]
  for (const [value, text, filled] of scalars) {
    t.equal(comparableText(value), text, JSON.stringify(value))
    t.equal(isFilled(value), filled, JSON.stringify(value))
  }
})

t.test('Filters of a list are read as the reference reads them', async (t) => {
  const equals = (field: object, values: string[], negated = false) => ({ test: 'equals', field, values, negated })
  const state = { column: 'state' }
  const at = (...path: string[]) => ({ path })
  const cases: [query: Record<string, string | string[]>, oneuc: object[], kazoo?: object[]][] = [
    [{ filter_state: 'in_service' }, [equals(state, ['in_service'])]],
    [
      { filter_state: '["in_service","port_in"]' },
      [equals(state, ['["in_service","port_in"]', 'in_service', 'port_in'])]
    ],
    [{ filter_assigned_to: 'x' }, [equals({ column: 'owner' }, ['x'])]],
    [
      { filter_used_by: 'callflow' },
      [equals({ column: 'used_by' }, ['callflow'])],
      [equals(at('used_by'), ['callflow'])]
    ],
    [{ filter_not_state: 'x' }, [equals(state, ['x'], true)], [equals(at('state'), ['x'], true)]],
    [{ filter_not_pvt_state: 'x' }, [equals(state, ['x'], true)]],
    [{ filter_pvt_used_by: 'x' }, [equals({ column: 'used_by' }, ['x'])]],
    [{ filter_pvt_module_name: 'knm_local' }, [equals({ column: 'carrier' }, ['knm_local'])]],
    [{ filter_features: 'local' }, [equals(at('features'), ['local'])]],
    [{ 'filter_cnam.display_name': 'me' }, [equals(at('cnam', 'display_name'), ['me'])]],
    [{ filter_x: '' }, [equals(at('x'), [''])]],
    [{ filter_x: '"a"' }, [equals(at('x'), ['"a"', 'a'])]],
    [{ filter_x: 'null' }, [equals(at('x'), ['null'])]],
    [{ filter_x: '[1,true,null,["a"],{"b":1}]' }, [equals(at('x'), ['[1,true,null,["a"],{"b":1}]', '1', 'true'])]],
    [{ filter_x: '[1' }, [equals(at('x'), ['[1'])]],
    [{ filter_x: ['a', 'b'] }, [equals(at('x'), ['a']), equals(at('x'), ['b'])]],
    [{ filter_toString: 'x' }, [equals(at('toString'), ['x'])]],
    [{ has_key: 'a.b' }, [{ test: 'key', negated: false, field: at('a', 'b') }]],
    [{ key_missing: 'a' }, [{ test: 'key', negated: true, field: at('a') }]],
    [{ has_value: 'pvt_features' }, [{ test: 'value', negated: false, field: { column: 'features' } }]],
    [{ value_missing: 'a' }, [{ test: 'value', negated: true, field: at('a') }]],
    [{ created_from: '5' }, [{ test: 'from', column: 'created', bound: 5 }]],
    [{ created_to: '-5' }, [{ test: 'to', column: 'created', bound: -5 }]],
    [{ modified_from: 'x' }, [{ test: 'from', column: 'modified', bound: undefined }]],
    [{ modified_to: '1.5' }, [{ test: 'to', column: 'modified', bound: undefined }]],
    [{ missing_value: 'a', page_size: '3', filter: 'x', created_until: '5' }, []],
    [{ constructor: 'a', toString: 'a', hasOwnProperty: 'a' }, []]
  ]
  for (const [query, expected, reference = expected] of cases) {
    t.same(readFilters(query, oneuc), expected, JSON.stringify(query))
    t.same(readFilters(query, kazoo), reference, `${JSON.stringify(query)} of the reference`)
  }
  const filters: Filter[] = readFilters({ filter_state: 'a', has_key: 'b' }, oneuc)
  t.equal(filters.length, 2, 'all of them count')
  t.same(readFilters({ filter_x: undefined }, oneuc), [], 'a key without a value is none')
})

t.test('A paging key is a plain number, or encoded as the reference does; both are read', async (t) => {
  t.equal(startKey('+14152338421', oneuc), '+14152338421')
  t.equal(startKey('+14152338421', kazoo), 'g20AAAAMKzE0MTUyMzM4NDIx')
  const keys: [sent: string, key: string][] = [
    ['g20AAAAMKzE0MTUyMzM4NDIx', '+14152338421'],
    ['+14152338421', '+14152338421'],
    [' 14152338421', '+14152338421'],
    ['g20AAAANKzE0MTUyMzM4NDIx', 'g20AAAANKzE0MTUyMzM4NDIx'],
    ['g20', 'g20'],
    ['g24AAAAMKzE0MTUyMzM4NDIx', 'g24AAAAMKzE0MTUyMzM4NDIx'],
    ['', '']
  ]
  for (const [sent, key] of keys) t.equal(readStartKey(sent), key, JSON.stringify(sent))
  fc.assert(fc.property(fc.string(), (key) => readStartKey(startKey(key, kazoo)) === key))
})

t.test('A number has my fields beside those of the system, which win', async (t) => {
  const rules = { dialect: oneuc, admin: false, localOverride: true }
  const stored = number({ document: { my_own_field: {}, state: 'mine', features: ['mine'] }, usedBy: 'callflow' })
  t.equal(
    JSON.stringify(numberDocument(stored, rules)),
    JSON.stringify({
      _read_only: { created: 63_000_000_000, modified: 63_000_000_000, state: 'in_service', used_by: 'callflow' },
      id: '+14152338397',
      state: 'in_service',
      used_by: 'callflow',
      my_own_field: {},
      features: ['mine']
    })
  )
  const local = number({ carrier: 'local', features: ['local'], document: { features: ['mine'] } })
  t.match(numberDocument(local, rules), { _read_only: { features: ['local'] }, features: ['local'] })
  t.same(Object.keys(numberDocument(number(), rules)), ['_read_only', 'id', 'state'])
  t.same(listEntry({ ...local, owner: ACCOUNT }, rules), {
    assigned_to: ACCOUNT,
    created: 63_000_000_000,
    features: ['local'],
    state: 'in_service',
    updated: 63_000_000_000
  })
  t.same(listEntry({ ...number({ usedBy: 'callflow' }), owner: ACCOUNT }, rules), {
    assigned_to: ACCOUNT,
    created: 63_000_000_000,
    features: [],
    state: 'in_service',
    updated: 63_000_000_000,
    used_by: 'callflow'
  })
})

t.test('kazoo-4.3 shows which features a number may have', async (t) => {
  const rules = { dialect: kazoo, admin: false, localOverride: false }
  const local = number({ carrier: 'local', features: ['local'] })
  const internal = ['force_outbound', 'prepend', 'ringback']
  t.match(numberDocument(local, rules), {
    _read_only: { carrier_module: 'knm_local', features: { available: internal, settings: {} } },
    features: ['local']
  })
  t.match(numberDocument(number(), rules), { _read_only: { carrier_module: 'knm_other' } })
  t.match(listEntry({ ...local, owner: ACCOUNT }, rules), {
    features_allowed: [],
    features_available: internal,
    features_denied: []
  })
})

t.test('oneuc takes any text for an e-mail address, kazoo-4.3 only addresses', async (t) => {
  const emails = (dialect: typeof oneuc) => numberSchema(dialect).properties.e911.properties.notification_contact_emails
  t.equal(JSON.stringify(emails(oneuc).items), '{"type":"string"}')
  t.match(emails(kazoo).items, { type: 'string', format: 'email' })
})
