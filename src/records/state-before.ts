import { NEED_FAULT } from '../contract/pact/provider-states.js'
import type { OperationName, OutcomeName } from '../contract/outcomes.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { isPhoneNumber, nationalNumber, toE164 } from '../numbering/e164.js'
import type { StateDocument } from '../state/schema.js'
import { accountsOf, listedRows, rowOf, successOf, withoutFields, type Row } from './rows-shown.js'

/** A request and its answer, as far as they show what was there before. */
export interface Seen {
  /** Undefined where the request met no operation. */
  operation: OperationName | undefined
  /** Undefined where the answer is none of the operation's outcomes. */
  outcome: OutcomeName | undefined
  /** The account of the path; `''` where there is none. */
  account: string
  /** The number of the path as the client wrote it; `''` where there is none. */
  number: string
  /** The token of the request, redacted or as it was sent; `''` where there is none. */
  token: string
  /** `data` of the request. */
  sent: JsonObject
  /** The body of the answer, and its `data`. */
  body: JsonObject
  data: JsonValue
  /** Whether the query leaves numbers out. */
  hasFilter: boolean
}

/**
 * Tells what has to be in a sandbox so that it can give the answer that was seen: a read shows what was there, a purchase that the
 * number was on offer, and a failure that something else has failed, which a fault stands for. `known` are the numbers that
 * earlier answers have shown; nothing else is there.
 */
export function stateBefore(seen: Seen, known: readonly Row[]): StateDocument {
  const { operation, outcome } = seen
  if (operation === undefined || outcome === undefined) return { numbers: [...known] }
  const shown = outcome === 'success' ? BEFORE_SUCCESS[operation]?.(seen) : beforeFailure(seen, known)
  const kept = MAKE_NUMBERS.includes(operation) || WITHOUT_RECORD.includes(outcome) ? [] : known
  return {
    ...shown,
    numbers: [...new Map([...kept, ...(shown?.numbers ?? [])].map((row) => [row.e164, row])).values()],
    faults: needsForce(operation, outcome, seen) ? [{ operation, outcome, times: 1 }] : []
  }
}

/** The operations that succeed for numbers without a record, and the failures that show that there was none. */
const MAKE_NUMBERS: readonly OperationName[] = ['create', 'port', 'create_collection']
const WITHOUT_RECORD: readonly OutcomeName[] = ['not_on_account', 'unknown_number', 'missing_provider_url']

/** The failures for which a fault stands beside those that Pact's verifier needs one for. */
const FORCED: ReadonlySet<OutcomeName> = new Set<OutcomeName>([
  'forbidden_because',
  'carrier_fault',
  'number_is_porting',
  'provider_fault',
  'multiple_choice',
  'invalid_address',
  'unknown_api_key',
  'reseller_unknown',
  'datastore_conflict',
  'bad_gateway',
  'gateway_timeout'
])

function needsForce(operation: OperationName, outcome: OutcomeName, { token }: Seen): boolean {
  if (outcome === 'token_rejected') return false
  // Any login and any token are good for the emulator. A token that is missing is missing in the request.
  if (outcome === 'invalid_credentials') return operation === 'log_in_by_user' || token !== ''
  return NEED_FAULT.has(outcome) || FORCED.has(outcome)
}

/** What each success shows. An operation that is missing shows nothing. */
const BEFORE_SUCCESS: Partial<Record<OperationName, (seen: Seen) => StateDocument>> = {
  read: ({ data, account }) => ({ numbers: rowOf(data, account) }),
  list: ({ data, body, account }) => ({ numbers: listedRows(data, body, account) }),
  search_account: ({ data, account }) => ({ numbers: foundRows(data, account) }),
  buy: ({ data, account }) => ({ offers: offersOf(numbersNamed([data])), numbers: ownMade(rowOf(data, account)) }),
  buy_collection: (seen) => beforeCollection(seen, ownMade),
  update: beforeChange,
  e911: beforeChange,
  patch: beforeChange,
  reserve: ({ data, account, sent }) => ({ numbers: inPool(rowOf(withoutFields(data, sent), account)) }),
  remove: ({ data, account }) => ({ numbers: inService(rowOf(data, account), account) }),
  identify: ({ data }) => ({ numbers: identified(data) }),
  update_collection: (seen) => beforeCollection(seen, (rows) => rows),
  patch_collection: (seen) => beforeCollection(seen, (rows) => rows),
  remove_collection: (seen) => beforeCollection(seen, (rows) => inService(rows, seen.account)),
  log_in_by_key: ({ data }) => ({ accounts: accountsOf(data) }),
  log_in_by_user: ({ data }) => ({ accounts: accountsOf(data) }),
  read_account: ({ data }) => ({ accounts: accountsOf(data) })
}

function beforeChange({ data, account, sent }: Seen): StateDocument {
  return { numbers: rowOf(withoutFields(data, sent), account) }
}

/** The numbers of a collection: those that worked were there, or on offer where they had no record. */
function beforeCollection({ data, account, sent }: Seen, before: (rows: Row[]) => Row[]): StateDocument {
  const success = successOf(data).map(([, document]) => document)
  return {
    offers: offersOf(numbersNamed(success)),
    numbers: success.flatMap((one) => before(rowOf(withoutFields(one, sent), account)))
  }
}

/** A number that an account has made itself was in the pool; others were on offer. */
function ownMade(rows: Row[]): Row[] {
  return inPool(rows.filter(({ carrier }) => carrier === 'local'))
}

function inPool(rows: Row[]): Row[] {
  return rows.map((row) => ({ ...row, state: 'available', owner: null, used_by: null }))
}

/** A number that goes back to an account that had reserved it. */
function inService(rows: Row[], account: string): Row[] {
  return rows.map((row) => ({
    ...row,
    owner: account,
    history: row.state === 'reserved' ? [account] : [],
    state: 'in_service'
  }))
}

/** The numbers that an account has among those that a search has found. */
function foundRows(data: JsonValue, account: string): Row[] {
  const found = Array.isArray(data) ? data.filter(isObject) : []
  return found
    .filter(({ state }) => state !== 'discovery')
    .flatMap(({ number = '', state = '' }) => rowOf({ id: number, state }, account))
}

function identified(data: JsonValue): Row[] {
  if (!isObject(data) || typeof data.account_id !== 'string') return []
  return rowOf({ id: data.number ?? '', state: 'in_service' }, data.account_id)
}

/** The account of another customer, as long as ids are. */
const OTHER_ACCOUNT = 'another-account-another-account-'

/** The token, and the state and the owner of the number, that a failure shows. */
function beforeFailure(
  { operation, outcome, account, number, token, sent, data }: Seen,
  known: readonly Row[]
): StateDocument {
  const id = toE164(number)
  switch (outcome) {
    case 'token_rejected':
      return token === '' ? {} : { tokens: [{ token, account: OTHER_ACCOUNT, expires: 0 }] }
    case 'forbidden':
      return known.length > 0 ? {} : { numbers: rowOf({ id, state: 'in_service' }, OTHER_ACCOUNT) }
    case 'number_exists':
      return { numbers: rowOf({ id, state: 'in_service' }, account) }
    case 'no_change_required':
      return { numbers: rowOf({ id, state: 'reserved' }, account) }
    case 'invalid_state_transition':
      return { numbers: rowOf({ id, state: stateIn(data) }, account) }
    case 'unassigned':
      return { numbers: rowOf({ id, state: 'available' }, account) }
    case 'not_in_service':
      return { numbers: rowOf({ id, state: 'aging' }, account) }
    case 'some_failed':
      return operation === 'buy_collection' ? { offers: offersOf(workedIn(sent, data)) } : {}
    default:
      return {}
  }
}

/** The state that the cause of a failure names: `from port_out to in_service`. */
function stateIn(data: JsonValue): string {
  const cause = isObject(data) && typeof data.cause === 'string' ? data.cause : ''
  return /^from (\w+) to/.exec(cause)?.[1] ?? ''
}

/** The numbers of a collection that a failure does not list. */
function workedIn({ numbers }: JsonObject, data: JsonValue): string[] {
  const sent = Array.isArray(numbers) ? numbers.filter((one) => typeof one === 'string').map(toE164) : []
  return sent.filter((e164) => !(isObject(data) && Object.hasOwn(data, e164)))
}

function numbersNamed(documents: readonly JsonValue[]): string[] {
  return documents.flatMap((one) => (isObject(one) && typeof one.id === 'string' ? [one.id] : []))
}

/** Offers of numbers of the North American plan; searches find no others. */
function offersOf(numbers: readonly string[]): { first: string; last: string }[] {
  return numbers
    .filter(isPhoneNumber)
    .map(nationalNumber)
    .filter((national) => national !== undefined)
    .map((national) => ({ first: national, last: national }))
}
