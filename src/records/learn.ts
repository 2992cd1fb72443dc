import { isOperation, type OperationName } from '../contract/outcomes.js'
import { nationalNumber } from '../numbering/e164.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { StateError } from '../state/checks.js'
import type { NumberFixture } from '../state/fixture-schemas.js'
import { putNumbers } from '../state/put-numbers.js'
import type { RecordEntry } from './record.js'
import { envelopeOf, foundNumbers, shownNumbers, subjectOf, type Subject } from './shown-numbers.js'

/** Puts what the answer of a record shows into a sandbox: numbers as they are after the request, and what a search has found. */
export async function learn(sandbox: Sandbox, entry: RecordEntry): Promise<void> {
  await orReason(() => learnAnswer(sandbox, entry))
}

async function learnAnswer(sandbox: Sandbox, entry: RecordEntry): Promise<undefined> {
  const subject = subjectOf(entry)
  if (ABSENT.has(String(entry._outcome))) forgetOwned(sandbox, subject)
  if (entry._outcome !== 'success') return undefined
  for (const e164 of SEARCHES.has(String(entry._operation)) ? foundNumbers(entry) : []) discover(sandbox, e164)
  const shown = shownNumbers(entry, subject.account)
  await put(sandbox, shown)
  // A number that was removed and shows no state without an owner is on the account no more.
  const isGone = entry._operation === 'remove' && shown.every(({ owner }) => owner !== null)
  if (isGone) for (const e164 of subject.numbers) forget(sandbox, e164)
  return undefined
}

/**
 * Brings a sandbox to the state in which the request of a record came, as far as its answer or earlier records show it. Returns why
 * that is not known; undefined where it is.
 */
export async function prepare(sandbox: Sandbox, entry: RecordEntry): Promise<string | undefined> {
  const { _operation: operation, _outcome: outcome, _error: error } = entry
  if (error !== undefined) return error
  if (operation === null || !isOperation(operation)) return 'the request is no call of the API'
  if (outcome === null) return 'the answer is no outcome of the operation'
  if (STATELESS.has(outcome)) return undefined
  if (outcome === 'invalid_credentials' && !hasToken(entry)) return undefined
  if (OF_SERVICE.has(outcome)) return 'the answer is about the service and its accounts, not about numbers'
  return orReason(() => PREPARATIONS[operation](sandbox, entry, subjectOf(entry)))
}

/** Returns what `work` does, or says why an answer cannot be learnt from. */
async function orReason(work: () => Promise<string | undefined> | string | undefined): Promise<string | undefined> {
  try {
    return await work()
  } catch (failure) {
    if (failure instanceof StateError) return `the answer shows what no number can be: ${failure.message}`
    throw failure
  }
}

/** Outcomes that follow from the request alone. */
const STATELESS: ReadonlySet<string> = new Set([
  'validation_error',
  'too_large',
  'parse_error',
  'invalid_method',
  'not_found',
  'not_acceptable',
  'account_malformed',
  'unreadable_number',
  'not_reconcilable'
])

/** Outcomes that say something about the server, its accounts or what lies behind it. */
// prettier-ignore
const OF_SERVICE: ReadonlySet<string> = new Set([
  'invalid_credentials', 'token_rejected', 'account_forbidden', 'account_unknown', 'unknown_api_key', 'too_many_requests',
  'datastore_unreachable', 'datastore_conflict', 'unspecified_fault', 'bad_gateway', 'gateway_timeout', 'unsupported_media_type',
  'carrier_fault', 'provider_fault', 'accept_charges', 'not_enough_credit', 'connection_closed', 'search_restricted', 'reseller_unknown',
  'locality_unavailable', 'no_carrier', 'unknown_carrier', 'not_emulated', 'contract_violation', 'preference_unknown', 'not_passed_on',
  'sandbox_required', 'sandbox_malformed', 'sandbox_dropped', 'sandbox_unusable', 'sandboxes_awaited'
])

/** Outcomes that say that the account has no such number. */
const ABSENT: ReadonlySet<string> = new Set(['not_on_account', 'unknown_number'])

/** Outcomes of an address: the number of the request is on the account. */
const OF_ADDRESS: ReadonlySet<string> = new Set(['multiple_choice', 'invalid_address'])

const SEARCHES: ReadonlySet<string> = new Set<OperationName>(['search', 'search_account'])

function hasToken({ request: { headers, url } }: RecordEntry): boolean {
  return headers.some(({ name }) => /^(?:x-auth-token|authorization)$/i.test(name)) || /[?&]auth_token=/.test(url)
}

/** Brings a sandbox to the state before a request. Returns why that is not known. */
type Preparation = (
  sandbox: Sandbox,
  entry: RecordEntry,
  subject: Subject
) => Promise<string | undefined> | string | undefined

const nothing: Preparation = () => undefined
const offers: Preparation = () => 'what the service has on offer is not known'
const accounts: Preparation = () => 'the accounts of the service are not known'

/** The numbers are as the answer shows them: the request changes nothing, or what it sets is there already. */
const asShown: Preparation = async (sandbox, entry, subject) => {
  if (entry._outcome === 'success') await put(sandbox, shownNumbers(entry, subject.account))
  return asOwned(sandbox, entry, subject)
}

/** The account has exactly the numbers of the page, and the one with which the next page begins. */
const asListed: Preparation = async (sandbox, entry, { account = '' }) => {
  const shown = shownNumbers(entry, account)
  const listed = new Set(shown.map(({ e164 }) => e164))
  const next = envelopeOf(entry)?.next_start_key
  const owned = sandbox.store.numbers.list(account, { from: '' }, []).map(({ e164 }) => e164)
  for (const e164 of owned) if (!listed.has(e164)) forget(sandbox, e164)
  const beginning: NumberFixture[] =
    typeof next === 'string' && !listed.has(next) ? [{ e164: next, state: 'in_service', owner: account }] : []
  await put(sandbox, [...shown, ...beginning])
  return undefined
}

/** Numbers that were activated have been on offer. */
const asOffered: Preparation = (sandbox, entry, subject) => {
  if (entry._outcome === 'missing_provider_url') for (const e164 of subject.numbers) forget(sandbox, e164)
  if (entry._outcome !== 'success') return asKnown(sandbox, entry, subject)
  for (const e164 of unknownIn(sandbox, subject)) discover(sandbox, e164)
  return undefined
}

/** Numbers that were removed have been in service on the account. */
const asRemoved: Preparation = async (sandbox, entry, subject) => {
  const { account = null } = subject
  if (entry._outcome !== 'success') return asOwned(sandbox, entry, subject)
  const unknown = unknownIn(sandbox, subject)
  await put(
    sandbox,
    unknown.map((e164) => ({ e164, state: 'in_service', owner: account }))
  )
  return undefined
}

/** Numbers that were created have not been there. */
const asNew: Preparation = (sandbox, entry, subject) =>
  entry._outcome === 'success' ? undefined : asKnown(sandbox, entry, subject)

/** An answer about an address shows that the account has the number, and another may show that it has not. */
const asOwned: Preparation = async (sandbox, entry, subject) => {
  const { account = null } = subject
  if (ABSENT.has(String(entry._outcome))) {
    forgetOwned(sandbox, subject)
    return undefined
  }
  if (OF_ADDRESS.has(String(entry._outcome))) {
    const unknown = unknownIn(sandbox, subject)
    await put(
      sandbox,
      unknown.map((e164) => ({ e164, state: 'in_service', owner: account }))
    )
  }
  return asKnown(sandbox, entry, subject)
}

/** The numbers are known from what came before. */
const asKnown: Preparation = (sandbox, entry, subject) => {
  if (entry._outcome === 'missing_provider_url') return undefined
  const [first] = unknownIn(sandbox, subject)
  return first === undefined ? undefined : `the state of ${first} before the request is not known`
}

const PREPARATIONS: Readonly<Record<OperationName, Preparation>> = {
  search: offers,
  buy: asOffered,
  buy_collection: asOffered,
  search_account: offers,
  list: asListed,
  remove: asRemoved,
  read: asShown,
  e911: asShown,
  update: asShown,
  log_in_by_key: accounts,
  log_in_by_user: accounts,
  read_account: accounts,
  create: asNew,
  patch: asShown,
  reserve: asKnown,
  port: asNew,
  identify: asShown,
  create_collection: asNew,
  update_collection: asShown,
  patch_collection: asShown,
  remove_collection: asRemoved,
  carriers_info: nothing,
  classifiers: nothing,
  classify: nothing,
  check: asKnown,
  locality: offers,
  area_codes: offers,
  fix: accounts,
  fix_number: asKnown
}

/** Lists the numbers of a request of which the sandbox knows nothing. */
function unknownIn({ store }: Sandbox, { numbers }: Subject): string[] {
  return numbers.filter(
    (e164) => store.numbers.find(e164) === undefined && !store.discoveries.has(nationalNumber(e164) ?? '')
  )
}

/** Puts numbers into the sandbox. One that a list shows keeps the document that it has. */
async function put(sandbox: Sandbox, numbers: readonly NumberFixture[]): Promise<void> {
  const known = numbers.map((one) => ({ ...documentOf(sandbox, one), ...one }))
  if (known.length > 0) await putNumbers(sandbox, known)
}

function documentOf({ store }: Sandbox, { e164 }: NumberFixture): Pick<NumberFixture, 'document'> {
  const document = store.numbers.find(e164)?.document
  return document === undefined ? {} : { document }
}

function discover({ store }: Sandbox, e164: string): void {
  const national = nationalNumber(e164)
  if (national !== undefined) store.discoveries.save({ first: national, last: national })
}

function forgetOwned(sandbox: Sandbox, { account, numbers }: Subject): void {
  for (const e164 of numbers) {
    const owner = sandbox.store.numbers.find(e164)?.owner
    if (account === undefined || owner === account) forget(sandbox, e164)
  }
}

/** Removes the record of a number. */
function forget(sandbox: Sandbox, e164: string): void {
  const found = sandbox.store.numbers.find(e164)
  if (found !== undefined) sandbox.store.numbers.delete(found)
  // No request has made this change, and the journal must not show it with the next one.
  sandbox.drainChanges()
}
