import type { Dialect } from '../dialect.js'
import type { Kind } from '../problems.js'
import { MEANINGS, type OutcomeName } from './meanings.js'

/** A way in which an operation can end. */
export interface Outcome {
  /** Unique within the operation; `operation.name` is its name everywhere else. */
  name: OutcomeName
  /** What it says, in a sentence. */
  means: string
  /** The failure that it is; undefined for a success. */
  kind: Kind | undefined
  /** The heading of the document that shows it, or the reference implementation. */
  source: string
  /** Whether the document shows it. */
  isDocumented: boolean
}

export interface Operation {
  /** The heading of the document that describes it, or the reference implementation. */
  source: string
  isDocumented: boolean
  outcomes: readonly Outcome[]
}

const REFERENCE = 'reference implementation'
const EMULATOR = 'the emulator'

type Row = readonly [name: OutcomeName, kind?: Kind]

/** A failure under the name of its kind. */
const plain = (...kinds: (Kind & OutcomeName)[]): Row[] => kinds.map((kind) => [kind, kind])

/** How every operation on an account can fail, whatever it does. */
// prettier-ignore
const COMMON: readonly Row[] = plain(
  'invalid_credentials', 'token_rejected', 'account_forbidden', 'account_malformed', 'account_unknown', 'validation_error',
  'too_large', 'too_many_requests', 'datastore_unreachable', 'unspecified_fault'
)

/** Failures of the server or of the way to it: they may come anywhere, and to see them covers no operation. */
// prettier-ignore
export const ANYWHERE: readonly Outcome[] = [
  ...outcomes(REFERENCE, false, plain(
    'not_found', 'invalid_method', 'not_acceptable', 'parse_error', 'unsupported_media_type', 'datastore_conflict',
    'bad_gateway', 'gateway_timeout')),
  ...outcomes(EMULATOR, false, plain(
    'not_emulated', 'contract_violation', 'preference_unknown', 'sandbox_required', 'sandbox_malformed'))
]

function outcomes(source: string, isDocumented: boolean, rows: readonly Row[]): Outcome[] {
  return rows.map(([name, kind]) => ({ name, means: MEANINGS[name], kind, source, isDocumented }))
}

function operation(source: string, documented: readonly Row[], beyond: readonly Row[] = []): Operation {
  const isDocumented = source !== REFERENCE
  return {
    source,
    isDocumented,
    outcomes: [...outcomes(source, isDocumented, documented), ...outcomes(REFERENCE, false, [...beyond, ...COMMON])]
  }
}

const SUCCESS: Row = ['success']
const CREATION = plain(
  'forbidden',
  'forbidden_because',
  'number_exists',
  'number_is_porting',
  'not_reconcilable',
  'no_change_required',
  'accept_charges'
)
const CHANGE: Row[] = [['not_on_account', 'bad_identifier'], ...plain('forbidden', 'not_reconcilable')]
/** A body that names a carrier, which an admin's may. */
const CARRIER: Row[] = [['unknown_carrier', 'invalid']]
const E911: Row[] = [
  ['multiple_choice', 'multiple_choice'],
  ['invalid_address', 'invalid_address']
]
/** Whatever keeps a number with an address provisions it. */
const PROVISIONING: Row[] = [...E911, ['provider_fault', 'fault']]
const MANY: Row[] = [SUCCESS, ['some_failed', 'client_error']]

/** Every operation, in the order of the document, with every way in which it can end. */
// prettier-ignore
export const OPERATIONS = {
  search: operation('Search For Available Numbers', [SUCCESS], plain('search_restricted', 'reseller_unknown')),
  buy: operation('Buy a number once searched for', [SUCCESS, ['missing_provider_url', 'missing_provider_url'], ['carrier_fault', 'carrier_fault']],
    [['not_on_account', 'bad_identifier'], ...plain('forbidden', 'not_reconcilable', 'invalid_state_transition', 'number_is_porting', 'accept_charges', 'not_enough_credit', 'connection_closed'), ...CARRIER, ...PROVISIONING]),
  buy_collection: operation('Buy a Collection (List) of numbers', MANY, plain('accept_charges', 'connection_closed')),
  search_account: operation('Search for available numbers you own', [SUCCESS], plain('search_restricted', 'reseller_unknown')),
  list: operation('List Account’s Phone Numbers', [SUCCESS]),
  remove: operation('Removing Numbers from an Account', [SUCCESS, ['not_on_account', 'bad_identifier']], plain('forbidden', 'not_reconcilable', 'invalid_state_transition')),
  read: operation('List An Account’s Specific Phone Number', [SUCCESS], [['not_on_account', 'bad_identifier']]),
  e911: operation('E911', [SUCCESS, ...E911], [...CHANGE, ['provider_fault', 'fault'], ...CARRIER]),
  update: operation(REFERENCE, [SUCCESS], [...CHANGE, ...CARRIER]),
  log_in_by_key: operation(REFERENCE, [SUCCESS], plain('unknown_api_key')),
  log_in_by_user: operation(REFERENCE, [SUCCESS]),
  read_account: operation(REFERENCE, [SUCCESS]),
  create: operation(REFERENCE, [SUCCESS], [...CREATION, ...CARRIER, ...PROVISIONING]),
  patch: operation(REFERENCE, [SUCCESS], [...CHANGE, ...PROVISIONING, ...CARRIER]),
  reserve: operation(REFERENCE, [SUCCESS], [...CHANGE, ...plain('no_change_required', 'invalid_state_transition'), ...PROVISIONING]),
  port: operation(REFERENCE, [SUCCESS], [...CREATION, ...CARRIER, ...PROVISIONING]),
  identify: operation(REFERENCE, [SUCCESS], [['unknown_number', 'bad_identifier'], ...plain('unassigned', 'not_in_service', 'unreadable_number')]),
  create_collection: operation(REFERENCE, MANY, plain('accept_charges')),
  update_collection: operation(REFERENCE, MANY),
  patch_collection: operation(REFERENCE, MANY),
  remove_collection: operation(REFERENCE, MANY),
  carriers_info: operation(REFERENCE, [SUCCESS], plain('search_restricted', 'reseller_unknown')),
  classifiers: operation(REFERENCE, [SUCCESS]),
  classify: operation(REFERENCE, [SUCCESS]),
  check: operation(REFERENCE, [SUCCESS]),
  locality: operation(REFERENCE, [SUCCESS], plain('locality_unavailable')),
  area_codes: operation(REFERENCE, [SUCCESS], [['unknown_city', 'bad_identifier'], ['no_carrier', 'init_failed']]),
  fix: operation(REFERENCE, [SUCCESS]),
  fix_number: operation(REFERENCE, [SUCCESS])
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof OPERATIONS
export const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[]

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name)
}

/** Failures that have another form in the reference implementation, and the dialects that answer in it. */
const OTHER_FORMS: Partial<Record<Kind, readonly [kind: Kind, isIn: (dialect: Dialect) => boolean]>> = {
  multiple_choice: ['choice_in_text', ({ e911_errors }) => e911_errors !== 'documented'],
  invalid_address: ['invalid_in_text', ({ e911_errors }) => e911_errors !== 'documented'],
  not_reconcilable: ['not_reconcilable_atom', (dialect) => dialect.not_reconcilable !== 'object'],
  too_large: ['file_too_large', ({ body_limit }) => body_limit === 'file_too_large']
}

const DOCUMENTED_FORMS: ReadonlyMap<Kind, Kind> = new Map(
  Object.entries(OTHER_FORMS).map(([kind, [other]]) => [other, kind as Kind])
)

/** The form in which a dialect answers a failure. */
export function formIn(dialect: Dialect, kind: Kind): Kind {
  const [other = kind, isIn] = OTHER_FORMS[kind] ?? []
  return isIn?.(dialect) === true ? other : kind
}

/**
 * The outcome that a failure is, whatever its form, or the success of an operation. Undefined for a success of nothing, such
 * as the answer to a preflight, and for what the table does not have.
 */
export function outcomeOf(name: OperationName | undefined, kind: Kind | undefined): Outcome | undefined {
  const documented = kind === undefined ? undefined : (DOCUMENTED_FORMS.get(kind) ?? kind)
  return find(name, (outcome) => outcome.kind === documented)
}

/** An outcome by its name, be it one that may come anywhere. */
export function outcomeNamed(name: OperationName, outcome: string): Outcome | undefined {
  return find(name, (one) => one.name === outcome)
}

/** The names that faults, preferences and patterns may give an outcome of an operation. */
export function outcomeNames(name: OperationName): string[] {
  return [...ownOutcomes(name), ...ANYWHERE].map((outcome) => outcome.name)
}

function find(name: OperationName | undefined, isMeant: (outcome: Outcome) => boolean): Outcome | undefined {
  return ownOutcomes(name).find(isMeant) ?? ANYWHERE.find(isMeant)
}

/** What is refused before anybody knows what it would have done fails in the common ways. */
const UNPLACED = outcomes(REFERENCE, false, COMMON)

function ownOutcomes(name: OperationName | undefined): readonly Outcome[] {
  return name === undefined ? UNPLACED : OPERATIONS[name].outcomes
}
