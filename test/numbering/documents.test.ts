import t from 'tap'
import { dialectOf } from '../../src/dialect.js'
import type { JsonObject } from '../../src/json.js'
import {
  availableFeatures,
  deniedFeatures,
  featuresOf,
  KNOWN_FEATURES,
  requestedFeatures,
  takesE911
} from '../../src/numbering/features.js'
import { numberSchema } from '../../src/numbering/number-schema.js'
import { STATES } from '../../src/numbering/number-state.js'
import { newNumber, type PhoneNumber } from '../../src/numbering/phone-number.js'
import { merged, publicFields, withoutNulls } from '../../src/numbering/public-fields.js'
import { numberDocument } from '../../src/numbering/views.js'

const oneuc = dialectOf('oneuc')

const kazoo = dialectOf('kazoo-4.3')

const ACCOUNT = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'

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

t.test('Names that every object inherits are ordinary fields', async (t) => {
  const document = JSON.parse('{"__proto__": {"a": 1}, "constructor": {"b": 2}}') as JsonObject
  t.equal(JSON.stringify(publicFields({ ...document, toString: 'mine' })), '{"constructor":{"b":2},"toString":"mine"}')
  t.equal(JSON.stringify(merged({}, document)), '{"__proto__":{"a":1},"constructor":{"b":2}}')
})

t.test('A number has my fields beside those of the system, which win', async (t) => {
  const rules = { dialect: oneuc, admin: false, localOverride: true }
  const stored = number({ document: { my_own_field: {}, state: 'mine', features: ['mine'] }, usedBy: 'callflow' })
  t.equal(
    JSON.stringify(numberDocument(stored, rules)),
    JSON.stringify({
      _read_only: { created: 63_000_000_000, modified: 63_000_000_000, state: 'in_service', used_by: 'callflow' },
      used_by: 'callflow',
      id: '+14152338397',
      state: 'in_service',
      my_own_field: {},
      features: ['mine']
    })
  )
  const local = number({ carrier: 'local', features: ['local'], document: { features: ['mine'] } })
  t.match(numberDocument(local, rules), { _read_only: { features: ['local'] }, features: ['local'] })
  t.same(Object.keys(numberDocument(number(), rules)), ['_read_only', 'id', 'state'])
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
})

t.test('oneuc takes any text for an e-mail address, kazoo-4.3 only addresses', async (t) => {
  const emails = (dialect: typeof oneuc) => numberSchema(dialect).properties.e911.properties.notification_contact_emails
  t.equal(JSON.stringify(emails(oneuc).items), '{"type":"string"}')
  t.match(emails(kazoo).items, { type: 'string', format: 'email' })
})
