import fc from 'fast-check'
import t from 'tap'
import type { JsonObject } from '../../src/json.js'
import { CLASSIFIERS, classify } from '../../src/numbering/classifiers.js'
import { isPhoneNumber, nationalNumber, toE164 } from '../../src/numbering/e164.js'
import { ACTIONS, isState, nextState, STATES, stateTable, TRANSITIONS } from '../../src/numbering/number-state.js'
import { nationalPrefix } from '../../src/numbering/prefix.js'
import { merged } from '../../src/numbering/public-fields.js'

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
