/** What one request and its answer, and those before them, show to have been there. */
import t from 'tap'
import type { JsonObject, JsonValue } from '../../src/json.js'
import { KnownNumbers } from '../../src/records/known-numbers.js'
import { stateBefore, type Seen } from '../../src/records/state-before.js'
import { STATE } from '../../src/state/schema.js'
import { schemaFindings } from '../../src/findings/schema-findings.js'

const ACCOUNT = 'a'.repeat(32)
const NUMBER = '+14155550100'
const shown = (state: string, more: JsonObject = {}) => ({ id: NUMBER, state, ...more })

function seen(operation: Seen['operation'], outcome: Seen['outcome'], data: JsonValue, more: Partial<Seen> = {}): Seen {
  return {
    operation,
    outcome,
    account: ACCOUNT,
    number: NUMBER,
    token: '',
    sent: {},
    body: {},
    data,
    hasFilter: false,
    ...more
  }
}

interface Showing {
  title: string
  seen: Seen
  /** The state, the owner and the carrier of each number. */
  numbers?: readonly string[]
  offers?: readonly string[]
  accounts?: readonly string[]
  fault?: string
}

const OTHER = 'another-account-another-account-'
const MASTER = { id: ACCOUNT, name: 'x', realm: 'r', reseller_id: ACCOUNT, is_reseller: true }
// prettier-ignore
const SHOWINGS: readonly Showing[] = [
  { title: 'a read shows the number', seen: seen('read', 'success', shown('in_service', { features: ['local', 1], used_by: 'callflow' })), numbers: [`in_service ${ACCOUNT} local`] },
  { title: 'one that is available has no owner', seen: seen('read', 'success', shown('available')), numbers: ['available null external'] },
  { title: 'a carrier module says who made it', seen: seen('read', 'success', shown('reserved', { _read_only: { carrier_module: 'knm_local', created: -1, modified: 1.5 } })), numbers: [`reserved ${ACCOUNT} local`] },
  { title: 'a state that there is not shows nothing', seen: seen('read', 'success', shown('lost')) },
  { title: 'neither does a text', seen: seen('update', 'success', 'done') },
  { title: 'nor a number of no plan', seen: seen('read', 'success', { id: '12', state: 'in_service' }) },
  { title: 'an account id that none can have owns nothing', seen: seen('read', 'success', shown('in_service'), { account: 'short' }), numbers: ['in_service null external'] },
  { title: 'a list shows its numbers, and where the next page begins', seen: seen('list', 'success', { numbers: { [NUMBER]: { state: 'reserved', assigned_to: OTHER }, '+14155550101': { state: 'aging' }, '+14155550102': null } }, { body: { next_start_key: '+14155550103' } }), numbers: [`reserved ${OTHER} external`, `aging ${ACCOUNT} external`, `in_service ${ACCOUNT} external`] },
  { title: 'a list of another form shows nothing', seen: seen('list', 'success', []) },
  { title: 'an entry without a state shows nothing', seen: seen('list', 'success', { numbers: { [NUMBER]: {} } }) },
  { title: 'a search shows what the account has', seen: seen('search_account', 'success', [{ number: NUMBER, state: 'in_service' }, { number: '+14155550101', state: 'discovery' }, {}]), numbers: [`in_service ${ACCOUNT} external`] },
  { title: 'a search of another form shows nothing', seen: seen('search_account', 'success', {}) },
  { title: 'a purchase shows an offer', seen: seen('buy', 'success', shown('in_service')), offers: ['4155550100'] },
  { title: 'or a number that was made here', seen: seen('buy', 'success', shown('in_service', { features: ['local'] })), numbers: ['available null local'], offers: ['4155550100'] },
  { title: 'a number of another plan is on no offer', seen: seen('buy', 'success', { id: '+442071234567', state: 'in_service' }) },
  { title: 'a purchase of nothing shows nothing', seen: seen('buy', 'success', 'done') },
  { title: 'nor does one of no number', seen: seen('buy', 'success', { id: 7 }) },
  { title: 'a purchase of many shows many', seen: seen('buy_collection', 'success', { success: { [NUMBER]: shown('in_service') } }), offers: ['4155550100'] },
  { title: 'a collection of another form shows nothing', seen: seen('buy_collection', 'success', null) },
  { title: 'a collection that was changed was there', seen: seen('update_collection', 'success', { success: { [NUMBER]: shown('in_service') } }), numbers: [`in_service ${ACCOUNT} external`], offers: ['4155550100'] },
  { title: 'and so was one that was merged', seen: seen('patch_collection', 'success', { success: { [NUMBER]: shown('in_service') } }), numbers: [`in_service ${ACCOUNT} external`], offers: ['4155550100'] },
  { title: 'and one that was removed', seen: seen('remove_collection', 'success', { success: { [NUMBER]: shown('available') } }), numbers: [`in_service ${ACCOUNT} external`], offers: ['4155550100'] },
  { title: 'a removed number was in service', seen: seen('remove', 'success', shown('reserved')), numbers: [`in_service ${ACCOUNT} external`] },
  { title: 'a reserved one was in the pool', seen: seen('reserve', 'success', shown('reserved')), numbers: ['available null external'] },
  { title: 'a created one was not there', seen: seen('create', 'success', shown('in_service')) },
  { title: 'the owner of a number is told', seen: seen('identify', 'success', { account_id: OTHER, number: NUMBER }), numbers: [`in_service ${OTHER} external`] },
  { title: 'unless it is not', seen: seen('identify', 'success', {}) },
  { title: 'nor its number', seen: seen('identify', 'success', { account_id: OTHER }) },
  { title: 'a login shows the account and its reseller', seen: seen('log_in_by_user', 'success', { account_id: ACCOUNT, account_name: 'x', reseller_id: OTHER }), accounts: [`${ACCOUNT} x ${OTHER}`, `${OTHER} account null`] },
  { title: 'an account that resells has a customer', seen: seen('read_account', 'success', MASTER), accounts: [`${ACCOUNT} x null`, `a-customer-00000a-customer-00000 account ${ACCOUNT}`] },
  { title: 'an account of another form shows nothing', seen: seen('read_account', 'success', { id: 7 }) },
  { title: 'nor does one without a name', seen: seen('read_account', 'success', { id: ACCOUNT }) },
  { title: 'no account shows nothing', seen: seen('log_in_by_key', 'success', null) },
  { title: 'another account has a number that is forbidden', seen: seen('update', 'forbidden', null), numbers: [`in_service ${OTHER} external`] },
  { title: 'a number that exists is in service', seen: seen('create', 'number_exists', null), numbers: [`in_service ${ACCOUNT} external`] },
  { title: 'one that needs no change is reserved', seen: seen('reserve', 'no_change_required', null), numbers: [`reserved ${ACCOUNT} external`] },
  { title: 'a refused transition names its state', seen: seen('reserve', 'invalid_state_transition', { cause: 'from port_out to reserved' }), numbers: [`port_out ${ACCOUNT} external`] },
  { title: 'or does not', seen: seen('reserve', 'invalid_state_transition', { cause: 'no' }) },
  { title: 'nor has a cause', seen: seen('reserve', 'invalid_state_transition', null) },
  { title: 'a number without an owner is available', seen: seen('identify', 'unassigned', 'unassigned'), numbers: ['available null external'] },
  { title: 'one that does not tell its owner is aging', seen: seen('identify', 'not_in_service', null), numbers: [`aging ${ACCOUNT} external`] },
  { title: 'those that did not fail were on offer', seen: seen('buy_collection', 'some_failed', { '+14155550101': {} }, { sent: { numbers: [NUMBER, '+14155550101', 7] } }), offers: ['4155550100'] },
  { title: 'a failure of no collection shows no offer', seen: seen('buy_collection', 'some_failed', null) },
  { title: 'nor does a change that failed for some', seen: seen('update_collection', 'some_failed', {}) },
  { title: 'what no request brings about is a fault', seen: seen('buy', 'carrier_fault', null), fault: 'buy.carrier_fault' },
  { title: 'and so is what only a server does', seen: seen('list', 'datastore_unreachable', null), fault: 'list.datastore_unreachable' },
  { title: 'a login that fails needs one', seen: seen('log_in_by_user', 'invalid_credentials', null), fault: 'log_in_by_user.invalid_credentials' },
  { title: 'and so is a token that is refused as if it were missing', seen: seen('list', 'invalid_credentials', null, { token: '[redacted]' }), fault: 'list.invalid_credentials' },
  { title: 'a missing token needs none', seen: seen('list', 'invalid_credentials', null) },
  { title: 'a request that met nothing shows nothing', seen: seen(undefined, undefined, null) },
  { title: 'an answer that is no outcome shows nothing', seen: seen('read', undefined, null) }
]
for (const { title, seen: given, numbers = [], offers = [], accounts = [], fault } of SHOWINGS) {
  t.test(title, async (t) => {
    const state = stateBefore(given, [])
    t.same(schemaFindings(STATE, state), [])
    t.same(
      state.numbers?.map((one) => `${one.state} ${one.owner} ${one.carrier}`),
      numbers
    )
    t.same(state.offers?.map(({ first }) => first) ?? [], offers)
    t.same(state.accounts?.map(({ id, name, parent }) => `${id} ${name} ${parent}`) ?? [], accounts)
    t.same(
      state.faults?.map(({ operation, outcome }) => `${operation}.${outcome}`) ?? [],
      fault === undefined ? [] : [fault]
    )
  })
}

t.test('What was there before a change is what the answer shows without what was sent', async (t) => {
  const data = shown('in_service', { kept: 1, changed: 2, features: ['e911'], _read_only: { created: 3, modified: 4 } })
  const [row] = stateBefore(seen('patch', 'success', data, { sent: { changed: 2 } }), []).numbers ?? []
  t.match(row, { document: { kept: 1 }, features: ['e911'], created: 3, modified: 4 })
  t.notOk('changed' in (row?.document ?? {}))
})

t.test('A stale token is one that has expired', async (t) => {
  const tokensOf = (token: string) => stateBefore(seen('search', 'token_rejected', null, { token }), []).tokens
  t.match(tokensOf('[redacted]'), [{ token: '[redacted]', expires: 0 }])
  t.match(tokensOf('undefined'), [{ token: 'undefined', expires: 0 }])
  t.equal(tokensOf(''), undefined, 'where there is one')
})

t.test('Earlier records say what a later one does not', async (t) => {
  const known = new KnownNumbers()
  const has = (later: Seen) => known.rowsFor(later).map(({ e164 }) => e164)
  const own = seen('buy', 'success', shown('in_service'))
  known.learn(seen('buy', 'forbidden', shown('in_service')))
  known.learn(seen(undefined, undefined, null))
  t.same(has(own), [])
  known.learn(own)
  t.same(has(seen('read', 'success', null)), [NUMBER])
  t.same(has(seen('read', 'success', null, { number: '', sent: { id: NUMBER } })), [NUMBER])
  t.same(has(seen('read', 'success', null, { number: '', sent: { numbers: ['14155550100'] } })), [NUMBER])
  t.same(has(seen('list', 'success', null, { number: '' })), [], 'a list says itself what there is')
  t.same(has(seen('list', 'success', null, { number: '', hasFilter: true })), [NUMBER], 'unless it leaves numbers out')
  t.same(has(seen('search_account', 'success', null, { number: '', account: OTHER })), [])
  t.match(stateBefore(seen('update', 'forbidden', null), known.rowsFor(own)).numbers, [{ owner: ACCOUNT }])
  t.same(stateBefore(seen('read', 'not_on_account', null), known.rowsFor(own)).numbers, [])
  known.learn(seen('remove', 'success', shown('available')))
  t.same(has(own), [])
  known.learn(seen('buy_collection', 'success', { success: { [NUMBER]: shown('in_service') } }))
  t.same(has(own), [NUMBER])
  known.learn(seen('remove_collection', 'success', { success: { [NUMBER]: shown('available') } }))
  t.same(has(own), [])
  known.learn(seen('list', 'success', { numbers: { [NUMBER]: { state: 'in_service' } } }))
  t.same(has(own), [NUMBER])
  known.learn(seen('update_collection', 'success', []))
})
