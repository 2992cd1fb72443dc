import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { isPhoneNumber } from '../numbering/e164.js'
import { isState, type State } from '../numbering/number-state.js'
import { readStartKey } from '../numbering/start-key.js'
import { ACCOUNT_ID_LENGTH, unknownAccount, type Account } from '../sandbox/accounts.js'
import type { NumberFixture } from '../state/fixture-schemas.js'

export type Row = NumberFixture

/** The states in which a number has no owner. */
const WITHOUT_OWNER: readonly State[] = ['available', 'discovery', 'deleted']

/** The row of the number that a document shows; none where it shows no number, or a state that there is not. */
export function rowOf(shown: JsonValue, account: string): Row[] {
  if (!isObject(shown)) return []
  const { id, state, _read_only, features, used_by, ...document } = shown
  const readOnly = isObject(_read_only) ? _read_only : {}
  if (typeof id !== 'string' || !isPhoneNumber(id) || typeof state !== 'string' || !isState(state)) return []
  const names = Array.isArray(features) ? features.filter((one) => typeof one === 'string') : []
  return [
    {
      e164: id,
      state,
      owner: WITHOUT_OWNER.includes(state) || account.length !== ACCOUNT_ID_LENGTH ? null : account,
      carrier: readOnly.carrier_module === 'knm_local' || names.includes('local') ? 'local' : 'external',
      document,
      features: names,
      used_by: typeof used_by === 'string' ? used_by : null,
      ...timesOf(readOnly)
    }
  ]
}

function timesOf({ created, modified }: JsonObject): Pick<Row, 'created' | 'modified'> {
  return {
    ...(isTime(created) ? { created } : {}),
    ...(isTime(modified) ? { modified } : {})
  }
}

function isTime(value: JsonValue | undefined): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 10 ** 12
}

/** A document without the fields of a request: what it was before, as far as the answer shows. */
export function withoutFields(shown: JsonValue, sent: JsonObject): JsonValue {
  if (!isObject(shown)) return shown
  return Object.fromEntries(
    Object.entries(shown).filter(([key]) => key === 'id' || key === 'state' || !Object.hasOwn(sent, key))
  )
}

/** The numbers of a collection that worked, with their documents. */
export function successOf(data: JsonValue): [number: string, document: JsonValue][] {
  return isObject(data) && isObject(data.success) ? Object.entries(data.success) : []
}

/** The rows of a list's page, and of the number at which the next page begins. */
export function listedRows(data: JsonValue, { next_start_key }: JsonObject, account: string): Row[] {
  const numbers = isObject(data) && isObject(data.numbers) ? Object.entries(data.numbers) : []
  const listed = numbers.flatMap(([id, entry]) => {
    if (!isObject(entry)) return []
    const { state = '', features = [], used_by = null, created = null, updated = null, assigned_to } = entry
    const owner = typeof assigned_to === 'string' ? assigned_to : account
    return rowOf({ id, state, features, used_by, _read_only: { created, modified: updated } }, owner)
  })
  const next = typeof next_start_key === 'string' ? readStartKey(next_start_key) : ''
  return [...listed, ...rowOf({ id: next, state: 'in_service' }, account)]
}

/** The id of a customer of an account that has one, as long as ids are. */
const CUSTOMER = 'a-customer-00000a-customer-00000'

/** The account that a login or a read of an account shows, with its reseller and a customer of its own where it has one. */
export function accountsOf(data: JsonValue): Account[] {
  if (!isObject(data)) return []
  const { account_id = data.id, account_name = data.name, realm = '', reseller_id, is_reseller } = data
  if (typeof account_id !== 'string' || typeof account_name !== 'string' || typeof realm !== 'string') return []
  const parent = typeof reseller_id === 'string' && reseller_id !== account_id ? reseller_id : null
  return [
    madeAccount(account_id, { name: account_name, realm, parent }),
    ...(parent === null ? [] : [madeAccount(parent)]),
    ...(is_reseller === true ? [madeAccount(CUSTOMER, { parent: account_id })] : [])
  ]
}

/** Makes an account with secrets that no record knows. */
function madeAccount(id: string, shown: Partial<Account> = {}): Account {
  const secrets = { api_key: '0'.repeat(64), user: 'user', password: 'password', token: `token of ${id}` }
  return { ...unknownAccount(id), name: 'account', ...secrets, ...shown }
}
