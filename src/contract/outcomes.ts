import { MAGIC_CHARGE, quote } from '../charges.js'
import type { JsonObject } from '../json.js'
import { plainProblem, Problem, PROBLEMS, type Kind, type PlainKind } from '../problems.js'
import { LARGEST_BODY } from '../limits.js'
import { required, violated } from '../violations.js'

/** A way in which an operation can end. */
export interface Outcome {
  /** Unique within the operation; `operation.name` is its name everywhere else. */
  name: string
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

type Row = readonly [name: string, kind?: Kind]

/** A failure under the name of its kind. */
const plain = (...kinds: Kind[]): Row[] => kinds.map((kind) => [kind, kind])

/** How every operation on an account can fail, whatever it does. */
// prettier-ignore
const COMMON: readonly Row[] = plain(
  'invalid_credentials', 'token_rejected', 'account_forbidden', 'account_malformed', 'account_unknown', 'validation_error',
  'too_large', 'too_many_requests', 'datastore_unreachable', 'unspecified_fault'
)

function operation(source: string, documented: readonly Row[], beyond: readonly Row[] = []): Operation {
  const outcome = (isDocumented: boolean, [name, kind]: Row): Outcome => ({
    name,
    kind,
    source: isDocumented ? source : REFERENCE,
    isDocumented
  })
  return {
    source,
    isDocumented: source !== REFERENCE,
    outcomes: [
      ...documented.map((row) => outcome(source !== REFERENCE, row)),
      ...[...beyond, ...COMMON].map((row) => outcome(false, row))
    ]
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
const E911: Row[] = [
  ['multiple_choice', 'multiple_choice'],
  ['invalid_address', 'invalid_address']
]
const MANY: Row[] = [SUCCESS, ['some_failed', 'client_error']]

/** Every operation, in the order of the document, with every way in which it can end. */
// prettier-ignore
export const OPERATIONS = {
  search: operation('Search For Available Numbers', [SUCCESS], plain('search_restricted', 'reseller_unknown')),
  buy: operation('Buy a number once searched for', [SUCCESS, ['missing_provider_url', 'missing_provider_url'], ['carrier_fault', 'carrier_fault']],
    [['not_on_account', 'bad_identifier'], ...plain('forbidden', 'not_reconcilable', 'invalid_state_transition', 'number_is_porting', 'accept_charges', 'not_enough_credit', 'connection_closed')]),
  buy_collection: operation('Buy a Collection (List) of numbers', MANY, plain('accept_charges')),
  search_account: operation('Search for available numbers you own', [SUCCESS], plain('search_restricted', 'reseller_unknown')),
  list: operation('List Account’s Phone Numbers', [SUCCESS]),
  remove: operation('Removing Numbers from an Account', [SUCCESS, ['not_on_account', 'bad_identifier']], plain('forbidden', 'not_reconcilable', 'invalid_state_transition')),
  read: operation('List An Account’s Specific Phone Number', [SUCCESS], [['not_on_account', 'bad_identifier']]),
  e911: operation('E911', [SUCCESS, ...E911], [...CHANGE, ['provider_fault', 'fault']]),
  update: operation(REFERENCE, [SUCCESS], CHANGE),
  log_in_by_key: operation(REFERENCE, [SUCCESS], plain('unknown_api_key')),
  log_in_by_user: operation(REFERENCE, [SUCCESS]),
  read_account: operation(REFERENCE, [SUCCESS]),
  create: operation(REFERENCE, [SUCCESS], CREATION),
  patch: operation(REFERENCE, [SUCCESS], [...CHANGE, ...E911]),
  reserve: operation(REFERENCE, [SUCCESS], [...CHANGE, ...plain('no_change_required', 'invalid_state_transition')]),
  port: operation(REFERENCE, [SUCCESS], CREATION),
  identify: operation(REFERENCE, [SUCCESS], [['unknown_number', 'bad_identifier'], ['unassigned', 'client_error']]),
  create_collection: operation(REFERENCE, MANY, plain('accept_charges')),
  update_collection: operation(REFERENCE, MANY),
  patch_collection: operation(REFERENCE, MANY),
  remove_collection: operation(REFERENCE, MANY),
  carriers_info: operation(REFERENCE, [SUCCESS]),
  classifiers: operation(REFERENCE, [SUCCESS]),
  classify: operation(REFERENCE, [SUCCESS]),
  check: operation(REFERENCE, [SUCCESS]),
  locality: operation(REFERENCE, [SUCCESS], plain('locality_unavailable')),
  area_codes: operation(REFERENCE, [SUCCESS], plain('bad_identifier', 'init_failed')),
  fix: operation(REFERENCE, [SUCCESS]),
  fix_number: operation(REFERENCE, [SUCCESS])
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof OPERATIONS
export const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[]

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name)
}

/** The outcome of an operation that a failure is, or its success; undefined for what the table does not have. */
export function outcomeOf(name: OperationName, kind: Kind | undefined): Outcome | undefined {
  const { outcomes }: Operation = OPERATIONS[name]
  return outcomes.find((outcome) => outcome.kind === kind)
}

/** An outcome by its name. */
export function outcomeNamed(name: OperationName, outcome: string): Outcome | undefined {
  const { outcomes }: Operation = OPERATIONS[name]
  return outcomes.find((one) => one.name === outcome)
}

/** What a failure that is asked for can be about. */
export interface Subject {
  /** As the client wrote them, at least one where the operation is about numbers. */
  numbers: readonly string[]
  account: string
  /** The address of the body, if there is one. */
  address: JsonObject
}

/** Kinds that say what they are about, with what they say when they are asked for. */
const ABOUT: Readonly<Record<Exclude<Kind, PlainKind>, (subject: Subject) => Problem>> = {
  number_not_found: (subject) => new Problem('number_not_found', firstOf(subject)),
  carrier_fault: (subject) => new Problem('carrier_fault', firstOf(subject)),
  number_is_porting: (subject) => new Problem('number_is_porting', firstOf(subject)),
  number_exists: (subject) => new Problem('number_exists', firstOf(subject)),
  not_reconcilable: (subject) => new Problem('not_reconcilable', firstOf(subject)),
  forbidden_because: () => new Problem('forbidden_because', 'state_for_create'),
  invalid_state_transition: () => new Problem('invalid_state_transition', 'released', 'in_service'),
  invalid: () => new Problem('invalid', 'asked for by a test'),
  not_enough_credit: ({ account }) => new Problem('not_enough_credit', account, MAGIC_CHARGE.activation_charge),
  accept_charges: () => new Problem('accept_charges', quote(MAGIC_CHARGE)),
  fault: () => new Problem('fault', 'unreachable'),
  fault_because: (subject) => new Problem('fault_because', firstOf(subject), 'unreachable'),
  client_error: ({ numbers }) =>
    new Problem('client_error', Object.fromEntries(numbers.map((one) => [one, PROBLEMS.missing_provider_url.data()]))),
  multiple_choice: ({ address }) =>
    new Problem('multiple_choice', address, [choice(address, '1'), choice(address, '2')]),
  invalid_address: ({ address }) => new Problem('invalid_address', address),
  validation_error: () => violated([required('data', 'data')]),
  too_large: () => new Problem('too_large', LARGEST_BODY),
  file_too_large: () => new Problem('file_too_large', LARGEST_BODY),
  unknown_api_key: ({ account }) => new Problem('unknown_api_key', account),
  account_malformed: ({ account }) => new Problem('account_malformed', account),
  account_unknown: ({ account }) => new Problem('account_unknown', account),
  init_failed: () => new Problem('init_failed', 'asked for by a test'),
  not_emulated: ({ account }) => new Problem('not_emulated', account),
  sandbox_malformed: ({ account }) => new Problem('sandbox_malformed', account),
  contract_violation: () => new Problem('contract_violation', {}),
  preference_unknown: ({ account }) => new Problem('preference_unknown', account, 'asked for by a test')
}

/** The failure of a kind, about what the request is about: for faults that a test asks for. */
export function problemOf(kind: Kind, subject: Subject): Problem {
  return isPlain(kind) ? plainProblem(kind) : ABOUT[kind](subject)
}

function isPlain(kind: Kind): kind is PlainKind {
  return !Object.hasOwn(ABOUT, kind)
}

function firstOf({ numbers: [number = ''] }: Subject): string {
  return number
}

function choice(address: JsonObject, unit: string): JsonObject {
  const { postal_code = '', street_address = '', locality = '', region = '' } = address
  return { postal_code, street_address, extended_address: `UNIT ${unit}`, locality, region }
}
