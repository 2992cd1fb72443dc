import type { Dialect } from '../dialect.js'
import type { Kind } from '../problems.js'
import { suggest } from '../text/nearest.js'

/** Marks outcomes that only the emulator has. */
export const EMULATOR = 'the emulator'

/** Names a section of the reference implementation's behaviour. */
function inReference(section: string): string {
  return `reference implementation: ${section}`
}

/** What a success comes from is what its operation comes from. */
const SUCCESS = { kind: undefined, source: undefined, description: 'The operation was carried out.' }

/** A failure, where it comes from if the document does not show it, and what it says. */
function failureRow<const Failure extends Kind>(kind: Failure, section: string, description: string) {
  return { kind, source: inReference(section), description }
}

/** A failure that only the emulator has. */
function ownFailure<const Failure extends Kind>(kind: Failure, description: string) {
  return { kind, source: EMULATOR, description }
}

/** Every outcome: its name, the failure that it is, its source, its description. */
// prettier-ignore
const OUTCOMES = {
  success: SUCCESS,
  // One number.
  missing_provider_url: failureRow('missing_provider_url', 'State machine: error objects', 'No search has offered the number, so that no carrier is known to sell it.'),
  carrier_fault: failureRow('carrier_fault', 'State machine: error objects', 'The carrier did not hand the number over.'),
  not_on_account: failureRow('bad_identifier', 'State machine: reserve, update, read', 'The account does not have the number.'),
  unknown_number: failureRow('bad_identifier', 'State machine: identify', 'There is no record of the number.'),
  forbidden: failureRow('forbidden', 'State machine: error objects', 'The account may not do this to the number.'),
  forbidden_because: failureRow('forbidden_because', 'State machine: create', 'The account may not create a number in this state.'),
  number_exists: failureRow('number_exists', 'State machine: error objects', 'The number exists already.'),
  number_is_porting: failureRow('number_is_porting', 'State machine: error objects', 'The number is being ported from another carrier.'),
  not_reconcilable: failureRow('not_reconcilable', 'Number normalisation: an unreconcilable number', 'The given number belongs to no numbering plan.'),
  no_change_required: failureRow('no_change_required', 'State machine: create', 'The number is in the wanted state already.'),
  invalid_state_transition: failureRow('invalid_state_transition', 'State machine: error objects', 'The number cannot go from its state to the wanted one.'),
  accept_charges: failureRow('accept_charges', 'Charges', 'The number costs something: the same request with accept_charges is carried out.'),
  not_enough_credit: failureRow('not_enough_credit', 'Charges', 'The account does not have enough credit.'),
  connection_closed: failureRow('connection_closed', 'State machine: error objects', 'The connection closes without an answer.'),
  unknown_carrier: failureRow('invalid', 'State machine: error objects', 'The body names a carrier that the system does not know.'),
  unassigned: failureRow('unassigned', 'State machine: identify', 'The number has no owner.'),
  not_in_service: failureRow('not_in_service', 'State machine: identify', 'The number is in a state in which its owner is not told.'),
  unreadable_number: failureRow('unreadable_number', 'State machine: identify', 'The given number is too short to be looked up.'),
  // E911.
  multiple_choice: failureRow('multiple_choice', 'E911: failures', 'Several locations match the address: send one of them back.'),
  invalid_address: failureRow('invalid_address', 'E911: failures', 'No location matches the address.'),
  provider_fault: failureRow('fault', 'E911: failures', 'The E911 provider failed or did not answer.'),
  // Collections and searches.
  some_failed: failureRow('client_error', 'Collections: result', 'At least one number of the collection failed.'),
  search_restricted: failureRow('search_restricted', 'Search: which mode', 'The reseller does not let its customers search.'),
  reseller_unknown: failureRow('reseller_unknown', 'Search: which mode', 'There is no such reseller.'),
  locality_unavailable: failureRow('locality_unavailable', 'Routes: small endpoints', 'No phonebook is set up.'),
  unknown_city: failureRow('missing_city', 'Routes: small endpoints', 'The query names no city.'),
  no_carrier: failureRow('init_failed', 'Routes: small endpoints', 'No carrier is set up.'),
  // Tokens and accounts.
  invalid_credentials: failureRow('invalid_credentials', 'Authentication: failures', 'The token is missing, or the login is invalid.'),
  token_rejected: failureRow('token_rejected', 'Authentication: failures', 'The token is unknown or has expired: log in again.'),
  unknown_api_key: failureRow('unknown_api_key', 'Authentication: getting a token', 'No account has this API key.'),
  account_forbidden: failureRow('account_forbidden', 'Authentication: authorisation', 'The token belongs to an account that may not act for this one.'),
  account_malformed: failureRow('account_malformed', 'Authentication: failures', 'The account id is malformed.'),
  account_unknown: failureRow('account_unknown', 'Authentication: failures', 'There is no such account.'),
  // The request and the server.
  validation_error: failureRow('validation_error', 'Schema validation errors', 'The body or the query breaks rules, which are listed by their paths.'),
  too_large: failureRow('too_large', 'HTTP: request body', 'The body is larger than the server takes.'),
  too_many_requests: failureRow('too_many_requests', 'Authentication: rate limits', 'The account sends too many requests: wait as long as Retry-After says.'),
  datastore_unreachable: failureRow('datastore_unreachable', 'HTTP: generic errors', 'The database does not answer: try again later.'),
  datastore_conflict: failureRow('datastore_conflict', 'HTTP: generic errors', 'Another request has changed the same thing.'),
  unspecified_fault: failureRow('unspecified_fault', 'HTTP: generic errors', 'The server has a defect.'),
  not_found: failureRow('not_found', 'HTTP: generic errors', 'There is no such path.'),
  invalid_method: failureRow('invalid_method', 'HTTP: generic errors', 'The path does not have this method.'),
  not_acceptable: failureRow('not_acceptable', 'HTTP: generic errors', 'The request does not accept JSON.'),
  parse_error: failureRow('parse_error', 'HTTP: generic errors', 'The request is not valid HTTP.'),
  unsupported_media_type: failureRow('unsupported_media_type', 'HTTP: request body', 'The server does not read this type of body.'),
  bad_gateway: failureRow('bad_gateway', 'HTTP: generic errors', 'A proxy got no valid answer from the server.'),
  gateway_timeout: failureRow('gateway_timeout', 'HTTP: generic errors', 'A proxy got no answer from the server in time.'),
  not_emulated: ownFailure('not_emulated', 'The service has this call, the emulator does not.'),
  contract_violation: ownFailure('contract_violation', 'The request triggers a contract warning, and --contract strict refuses those.'),
  not_passed_on: ownFailure('not_passed_on', 'The proxy does not pass this request on to the service.'),
  preference_unknown: ownFailure('preference_unknown', 'The header Prefer asks for something that does not exist.'),
  sandbox_required: ownFailure('sandbox_required', 'The request names no sandbox, and --require-sandbox wants one.'),
  sandbox_malformed: ownFailure('sandbox_malformed', 'The name of the sandbox is malformed.'),
  sandbox_dropped: ownFailure('sandbox_dropped', 'The sandbox was dropped while the request waited in it.'),
  sandbox_unusable: ownFailure('sandbox_unusable', 'The database of the sandbox cannot be opened.'),
  sandboxes_awaited: ownFailure('sandboxes_awaited', 'There is no room for one more sandbox: clients wait in all of them.')
}

export type OutcomeName = keyof typeof OUTCOMES

/** A way in which an operation can end. */
export interface Outcome {
  /** Unique within the operation; `operation.name` is its name everywhere else. */
  name: OutcomeName
  description: string
  /** The failure that it is; undefined for a success. */
  kind: Kind | undefined
  /** The heading of the document that shows it, or the section of the reference implementation. */
  source: string
  /** Whether the document shows it. */
  isDocumented: boolean
}

export interface Operation {
  /** The heading of the document that describes it, or the section of the reference implementation. */
  source: string
  isDocumented: boolean
  /** Whether its requests name the numbers that they are about, in the path or in the body. */
  namesNumbers: boolean
  outcomes: readonly Outcome[]
}

/** The ways in which every operation on an account can fail. */
// prettier-ignore
const COMMON: readonly OutcomeName[] = [
  'invalid_credentials', 'token_rejected', 'account_forbidden', 'account_malformed', 'account_unknown', 'validation_error',
  'too_large', 'too_many_requests', 'datastore_unreachable', 'unspecified_fault'
]

/** Failures of the server or of the way to it. Every operation can end in them, and they count for the coverage of none. */
// prettier-ignore
export const ANYWHERE: readonly Outcome[] = beyondDocument([
  'not_found', 'invalid_method', 'not_acceptable', 'parse_error', 'unsupported_media_type', 'datastore_conflict',
  'bad_gateway', 'gateway_timeout', 'not_emulated', 'contract_violation', 'not_passed_on', 'preference_unknown', 'sandbox_required',
  'sandbox_malformed', 'sandbox_dropped', 'sandbox_unusable', 'sandboxes_awaited'
])

/** Describes outcomes that the document does not show; a success has the source of its operation. */
function beyondDocument(names: readonly OutcomeName[], successSource = ''): Outcome[] {
  return names.map((name) => {
    const { kind, description, source = successSource } = OUTCOMES[name]
    return { name, description, kind, source, isDocumented: false }
  })
}

/** Describes an operation of the document: the outcomes that it shows under this heading, and those that it does not show. */
function documented(source: string, shown: readonly OutcomeName[], others: readonly OutcomeName[] = []): Operation {
  const outcomes = shown.map((name): Outcome => {
    const { kind, description } = OUTCOMES[name]
    return { name, description, kind, source, isDocumented: true }
  })
  return {
    source,
    isDocumented: true,
    namesNumbers: true,
    outcomes: [...outcomes, ...beyondDocument([...others, ...COMMON])]
  }
}

/** Describes an operation that only the reference implementation has. */
function reference(section: string, names: readonly OutcomeName[]): Operation {
  const source = inReference(section)
  return { source, isDocumented: false, namesNumbers: true, outcomes: beyondDocument([...names, ...COMMON], source) }
}

/** Describes an operation that is about no single number. */
function withoutNumbers(operation: Operation): Operation {
  return { ...operation, namesNumbers: false }
}

// prettier-ignore
const CREATION: readonly OutcomeName[] = [
  'success', 'forbidden', 'forbidden_because', 'number_exists', 'number_is_porting', 'not_reconcilable', 'no_change_required', 'accept_charges',
  'unknown_carrier', 'multiple_choice', 'invalid_address', 'provider_fault'
]
const CHANGE: readonly OutcomeName[] = ['not_on_account', 'forbidden', 'not_reconcilable']
/** Every operation that saves a number with an address provisions it. */
const PROVISIONING: readonly OutcomeName[] = ['multiple_choice', 'invalid_address', 'provider_fault']
const COLLECTION: readonly OutcomeName[] = ['success', 'some_failed']
const SEARCH_FAILURES: readonly OutcomeName[] = ['search_restricted', 'reseller_unknown']

/** Every operation in the order of the document, with every way in which it can end. An admin's body may name a carrier. */
// prettier-ignore
export const OPERATIONS = {
  search: withoutNumbers(documented('Search For Available Numbers', ['success'], SEARCH_FAILURES)),
  buy: documented('Buy a number once searched for', ['success', 'missing_provider_url', 'carrier_fault'],
    ['not_on_account', 'forbidden', 'not_reconcilable', 'invalid_state_transition', 'number_is_porting', 'accept_charges', 'not_enough_credit', 'connection_closed', 'unknown_carrier', ...PROVISIONING]),
  buy_collection: documented('Buy a Collection (List) of numbers', COLLECTION, ['accept_charges', 'connection_closed']),
  search_account: withoutNumbers(documented('Search for available numbers you own', ['success'], SEARCH_FAILURES)),
  list: withoutNumbers(documented('List Account’s Phone Numbers', ['success'])),
  remove: documented('Removing Numbers from an Account', ['success', 'not_on_account'], ['forbidden', 'not_reconcilable', 'invalid_state_transition']),
  read: documented('List An Account’s Specific Phone Number', ['success'], ['not_on_account']),
  e911: documented('E911', ['success', 'multiple_choice', 'invalid_address'], [...CHANGE, 'provider_fault', 'unknown_carrier']),
  update: reference('State machine: reserve, update, read', ['success', ...CHANGE, 'unknown_carrier']),
  log_in_by_key: withoutNumbers(reference('Authentication: getting a token', ['success', 'unknown_api_key'])),
  log_in_by_user: withoutNumbers(reference('Authentication: getting a token', ['success'])),
  read_account: withoutNumbers(reference('Routes', ['success'])),
  create: reference('State machine: create', CREATION),
  patch: reference('The number document: replace versus merge', ['success', ...CHANGE, ...PROVISIONING, 'unknown_carrier']),
  reserve: reference('State machine: reserve, update, read', ['success', ...CHANGE, 'no_change_required', 'invalid_state_transition', ...PROVISIONING]),
  port: reference('State machine: create', CREATION),
  identify: reference('State machine: identify', ['success', 'unknown_number', 'unassigned', 'not_in_service', 'unreadable_number']),
  create_collection: reference('Collections', [...COLLECTION, 'accept_charges']),
  update_collection: reference('Collections', COLLECTION),
  patch_collection: reference('Collections', COLLECTION),
  remove_collection: reference('Collections', COLLECTION),
  carriers_info: withoutNumbers(reference('Routes: small endpoints', ['success', ...SEARCH_FAILURES])),
  classifiers: withoutNumbers(reference('Number normalisation: classifiers', ['success'])),
  classify: reference('Number normalisation: classifiers', ['success']),
  check: reference('Routes: small endpoints', ['success']),
  locality: reference('Routes: small endpoints', ['success', 'locality_unavailable']),
  area_codes: withoutNumbers(reference('Routes: small endpoints', ['success', 'unknown_city', 'no_carrier'])),
  fix: withoutNumbers(reference('Routes: small endpoints', ['success'])),
  fix_number: reference('Routes: small endpoints', ['success'])
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof OPERATIONS
export const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[]

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name)
}

/** Says what is wrong with the name of an operation; undefined where nothing is, or where there is no name. */
export function operationProblem(name: string | undefined): string | undefined {
  return name === undefined || isOperation(name) ? undefined : `is no operation; ${suggest(name, OPERATION_NAMES)}`
}

/** Failures that have another form in the reference implementation, and the dialects that answer in it. */
const KAZOO_FORMS: Partial<Record<Kind, readonly [kind: Kind, isIn: (dialect: Dialect) => boolean]>> = {
  multiple_choice: ['multiple_choice_kazoo', ({ e911_errors }) => e911_errors !== 'documented'],
  invalid_address: ['invalid_kazoo', ({ e911_errors }) => e911_errors !== 'documented'],
  not_reconcilable: ['not_reconcilable_kazoo', (dialect) => dialect.not_reconcilable !== 'object'],
  too_large: ['file_too_large', ({ body_limit }) => body_limit === 'file_too_large']
}

const DOCUMENTED_FORMS: ReadonlyMap<Kind, Kind> = new Map([
  ...Object.entries(KAZOO_FORMS).map(([kind, [kazoo]]): [Kind, Kind] => [kazoo, kind as Kind]),
  // The command `proxy` says more than any proxy does.
  ['no_answer', 'bad_gateway'],
  ['late_answer', 'gateway_timeout']
])

/** Returns the form in which a dialect answers a failure. */
export function problemFor(dialect: Dialect, kind: Kind): Kind {
  const [kazoo = kind, isIn] = KAZOO_FORMS[kind] ?? []
  return isIn?.(dialect) === true ? kazoo : kind
}

/** Lists the forms in which a failure is answered: the documented one, and that of the reference implementation where it differs. */
export function formsOf(kind: Kind): readonly Kind[] {
  const [kazoo] = KAZOO_FORMS[kind] ?? []
  return kazoo === undefined ? [kind] : [kind, kazoo]
}

/**
 * Finds the outcome that a failure is, in whatever form, or the success of an operation. Undefined for a success of no
 * operation, such as the answer to a preflight, and for failures outside the table.
 */
export function outcomeOf(name: OperationName | undefined, kind: Kind | undefined): Outcome | undefined {
  const documentedKind = kind === undefined ? undefined : (DOCUMENTED_FORMS.get(kind) ?? kind)
  return findOutcome(name, (outcome) => outcome.kind === documentedKind)
}

/** Finds an outcome of an operation by its name, those that may come anywhere included. */
export function outcomeNamed(name: OperationName, outcome: string): Outcome | undefined {
  return findOutcome(name, (one) => one.name === outcome)
}

/** Lists every way in which an operation can end, those that may come anywhere included. */
export function allOutcomes(name: OperationName | undefined): readonly Outcome[] {
  return [...ownOutcomes(name), ...ANYWHERE]
}

/** Lists the names that faults, preferences and patterns may give an outcome of an operation. */
export function outcomeNames(name: OperationName): string[] {
  return allOutcomes(name).map((outcome) => outcome.name)
}

function findOutcome(name: OperationName | undefined, isMeant: (outcome: Outcome) => boolean): Outcome | undefined {
  return ownOutcomes(name).find(isMeant) ?? ANYWHERE.find(isMeant)
}

/** A request that is refused before its operation is known fails in the common ways. */
const UNPLACED = beyondDocument(COMMON)

function ownOutcomes(name: OperationName | undefined): readonly Outcome[] {
  return name === undefined ? UNPLACED : OPERATIONS[name].outcomes
}
