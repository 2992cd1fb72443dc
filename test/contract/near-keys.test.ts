/** Keys that nothing reads: those that are near to a known one have a warning, and the user's own fields have none. */
import t from 'tap'
import type { JsonObject } from '../../src/json.js'
import { ADDRESS, adminFor, at, NUMBERS, rows } from '../admin/admin-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`

interface Misspelt {
  title: string
  /** The body of an update, or a query. */
  body?: JsonObject
  query?: string
  prefer?: string
  detail: string
}

const e911 = (fields: JsonObject): JsonObject => ({ data: { e911: { ...ADDRESS, ...fields } } })
const MISSPELT: readonly Misspelt[] = [
  {
    title: 'the name of a caller',
    body: { data: { cnam: { display_nme: 'ACME' } } },
    detail: 'data.cnam.display_nme; did you mean "display_name"?'
  },
  {
    title: 'camel case',
    body: { data: { cnam: { displayName: 'ACME' } } },
    detail: 'data.cnam.displayName; did you mean "display_name"?'
  },
  {
    title: 'the street',
    body: e911({ steet_address: '1 MAIN ST' }),
    detail: 'data.e911.steet_address; did you mean "street_address"?'
  },
  {
    title: 'a field of an address',
    body: e911({ postal_cod: '1' }),
    detail: 'data.e911.postal_cod; did you mean "postal_code"?'
  },
  {
    title: 'a field of the old form',
    body: e911({ legacy_data: { sweet: 'A', streetnam: 'B' } }),
    detail: 'data.e911.legacy_data.streetnam; did you mean "streetname"?'
  },
  {
    title: 'letters that changed places',
    body: { data: { e191: ADDRESS } },
    detail: 'data.e191; did you mean "e911"?'
  },
  { title: 'capital letters', body: { data: { E911: ADDRESS } }, detail: 'data.E911; did you mean "e911"?' },
  {
    title: 'the carrier',
    body: { data: { carier_name: 'local' } },
    detail: 'data.carier_name; did you mean "carrier_name"?'
  },
  { title: 'the use', body: { data: { usd_by: 'callflow' } }, detail: 'data.usd_by; did you mean "used_by"?' },
  { title: 'the envelope', body: { datta: { notes: 'x' } }, detail: 'datta; did you mean "data"?' },
  { title: 'the envelope in capitals', body: { DATTA: { notes: 'x' } }, detail: 'datta; did you mean "data"?' },
  {
    title: 'a flag beside data',
    body: { data: {}, acept_charges: true },
    detail: 'acept_charges; did you mean "accept_charges"?'
  },
  { title: 'a key of the query', query: '?prefix=415&quantty=2', detail: 'quantty; did you mean "quantity"?' },
  { title: 'a filter', query: '?filter_stat=in_service&pagesize=2', detail: 'pagesize; did you mean "page_size"?' },
  { title: 'a preference', prefer: 'exmple=success', detail: 'Prefer: exmple; did you mean "example"?' }
]

t.test('A misspelt key has a warning that names the known one', async (t) => {
  const { admin, api } = await adminFor(t)
  for (const { title, body, query, prefer, detail } of MISSPELT) {
    await admin('DELETE', '/contract')
    const headers = prefer === undefined ? {} : { prefer }
    const path = body === undefined ? `${NUMBERS}${query ?? ''}` : OWN
    const reply = await api(body === undefined ? 'GET' : 'POST', path, body, headers)
    t.match(reply.headers['x-emulator-warning'], /near_key/, title)
    const warnings = rows((await admin('GET', '/contract')).body.warnings)
    t.equal(warnings.find(({ code }) => code === 'near_key')?.detail, detail, title)
  }
})

t.test('Of hundreds of thousands of keys, the first thousand are looked at', async (t) => {
  const { api } = await adminFor(t)
  const own = (length: number) => Object.fromEntries(Array.from({ length }, (_, i) => [`my_own_${i}`, i]))
  for (const bodyWith of [
    (others: JsonObject) => ({ data: { ...others, usd_by: 'x' } }),
    (others: JsonObject) => ({ ...others, datta: {} })
  ]) {
    const warning = async (count: number) =>
      (await api('POST', OWN, bodyWith(own(count)))).headers['x-emulator-warning'] ?? ''
    t.match(await warning(999), /near_key/)
    t.notMatch(await warning(1_000), /near_key/)
  }
})

/** What clients store with their numbers, as other APIs and address books name it. */
// prettier-ignore
const NAMES_OF_USERS = [
  'notes', 'note', 'name', 'names', 'tags', 'tag', 'city', 'data2', 'state', 'status', 'type', 'label', 'labels', 'owner', 'user',
  'user_id', 'users', 'account', 'account_id', 'customer', 'customer_id', 'number', 'numbers', 'phone', 'phone_number', 'region',
  'country', 'zip', 'zipcode', 'address', 'street', 'email', 'emails', 'comment', 'comments', 'description', 'title', 'group',
  'groups', 'department', 'team', 'site', 'location', 'office', 'device', 'device_id', 'extension', 'callflow', 'callflow_id', 'route',
  'routing', 'sorting', 'forward_to', 'failover', 'ringback', 'prepend', 'sms', 'mms', 'fax', 'voicemail', 'created', 'created_by',
  'updated', 'updated_at', 'used_at', 'user_by_id', 'expires', 'active', 'enabled', 'locked', 'price', 'cost', 'currency', 'carrier',
  'carrier_id', 'provider', 'order_id', 'ticket', 'crm_id', 'campaign', 'my_own_field', 'ui_metadata', 'metadata', 'custom', 'custom_fields',
  'features', 'feature', 'features_allowed', 'features_denied', 'ported_in', 'port_date', 'date', 'data', 'base', 'came', 'cname_record',
  'e164', 'e911_2', 'cam', 'lines', 'line', 'role', 'color', 'priority', 'language', 'timezone', 'assigned_to', 'id', '_read_only',
  'display', 'display_names_list', 'purpose', 'source', 'channel', 'queue', 'agent', 'external_id', 'reference', 'ref', 'uuid'
]

/** What clients add to an address. */
const NAMES_IN_ADDRESSES = [
  'country',
  'city',
  'state',
  'zip',
  'name',
  'notes',
  'street',
  'street_address_2',
  'county',
  'unit',
  'suite',
  'floor',
  'caller_id',
  'location',
  'type',
  'phone'
]

t.test('Fields of the user have no warning, whatever their names', async (t) => {
  const { api } = await adminFor(t)
  t.ok(NAMES_OF_USERS.length >= 60)
  for (const name of NAMES_OF_USERS) {
    for (const value of ['x', { x: 1 }]) {
      const { headers } = await api('PATCH', OWN, { data: { [name]: value } })
      t.equal(headers['x-emulator-warning'], undefined, `data.${name}`)
    }
  }
  for (const name of NAMES_IN_ADDRESSES) {
    const { headers } = await api('POST', OWN, { data: { e911: { ...ADDRESS, [name]: 'x' } } })
    t.equal(headers['x-emulator-warning'], undefined, `data.e911.${name}`)
  }
  for (const name of [
    'ui_metadata',
    'metadata',
    'accept_charges',
    'auth_token',
    'verb',
    'request_id',
    'status',
    'revision',
    'date',
    'page_size'
  ]) {
    const { headers } = await api('PATCH', OWN, { data: {}, [name]: 'x' })
    t.equal(headers['x-emulator-warning'], undefined, name)
  }
})

t.test('The strict check refuses a misspelt key, and says which one is meant', async (t) => {
  const { api } = await adminFor(t, { contract: 'strict' })
  const { status, body } = await api('PATCH', OWN, { data: { usd_by: 'x' } })
  t.equal(status, 400)
  t.equal(at(body, 'data', 'near_key', 'cause'), 'data.usd_by; did you mean "used_by"?')
})
