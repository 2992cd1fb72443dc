import type { Dialect } from '../dialect.js'
import type { Kind } from '../problems.js'
import { MEANINGS, type OutcomeName } from './meanings.js'
import { inReference, SECTIONS } from './sections.js'

/** A way in which an operation can end. */
export interface Outcome {
  /** Unique within the operation; `operation.name` is its name everywhere else. */
  name: OutcomeName
  /** What it says, in a sentence. */
  means: string
  /** The failure that it is; undefined for a success. */
  kind: Kind | undefined
  /** The heading of the document that shows it, or what the reference implementation has it under. */
  source: string
  /** Whether the document shows it. */
  isDocumented: boolean
}

export interface Operation {
  /** The heading of the document that describes it, or what the reference implementation has it under. */
  source: string
  isDocumented: boolean
  outcomes: readonly Outcome[]
}

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
export const ANYWHERE: readonly Outcome[] = beyond(plain(
  'not_found', 'invalid_method', 'not_acceptable', 'parse_error', 'unsupported_media_type', 'datastore_conflict',
  'bad_gateway', 'gateway_timeout', 'not_emulated', 'contract_violation', 'preference_unknown', 'sandbox_required',
  'sandbox_malformed'))

/** Outcomes that the document does not show. */
function beyond(rows: readonly Row[], source = ''): Outcome[] {
  return rows.map(([name, kind]) => {
    return {
      name,
      means: MEANINGS[name],
      kind,
      source: name === 'success' ? source : SECTIONS[name],
      isDocumented: false
    }
  })
}

/** An operation of the document, with what the document shows of it under this heading, and what it does not show. */
function documented(source: string, rows: readonly Row[], others: readonly Row[] = []): Operation {
  const shown = rows.map(([name, kind]) => ({ name, means: MEANINGS[name], kind, source, isDocumented: true }))
  return { source, isDocumented: true, outcomes: [...shown, ...beyond([...others, ...COMMON])] }
}

/** An operation that only the reference implementation has. */
function reference(section: string, rows: readonly Row[]): Operation {
  const source = inReference(section)
  return { source, isDocumented: false, outcomes: beyond([...rows, ...COMMON], source) }
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
  search: documented('Search For Available Numbers', [SUCCESS], plain('search_restricted', 'reseller_unknown')),
  buy: documented('Buy a number once searched for', [SUCCESS, ['missing_provider_url', 'missing_provider_url'], ['carrier_fault', 'carrier_fault']],
    [['not_on_account', 'bad_identifier'], ...plain('forbidden', 'not_reconcilable', 'invalid_state_transition', 'number_is_porting', 'accept_charges', 'not_enough_credit', 'connection_closed'), ...CARRIER, ...PROVISIONING]),
  buy_collection: documented('Buy a Collection (List) of numbers', MANY, plain('accept_charges', 'connection_closed')),
  search_account: documented('Search for available numbers you own', [SUCCESS], plain('search_restricted', 'reseller_unknown')),
  list: documented('List Account’s Phone Numbers', [SUCCESS]),
  remove: documented('Removing Numbers from an Account', [SUCCESS, ['not_on_account', 'bad_identifier']], plain('forbidden', 'not_reconcilable', 'invalid_state_transition')),
  read: documented('List An Account’s Specific Phone Number', [SUCCESS], [['not_on_account', 'bad_identifier']]),
  e911: documented('E911', [SUCCESS, ...E911], [...CHANGE, ['provider_fault', 'fault'], ...CARRIER]),
  update: reference('State machine: reserve, update, read', [SUCCESS, ...CHANGE, ...CARRIER]),
  log_in_by_key: reference('Authentication: getting a token', [SUCCESS, ...plain('unknown_api_key')]),
  log_in_by_user: reference('Authentication: getting a token', [SUCCESS]),
  read_account: reference('Routes', [SUCCESS]),
  create: reference('State machine: create', [SUCCESS, ...CREATION, ...CARRIER, ...PROVISIONING]),
  patch: reference('The number document: replace versus merge', [SUCCESS, ...CHANGE, ...PROVISIONING, ...CARRIER]),
  reserve: reference('State machine: reserve, update, read', [SUCCESS, ...CHANGE, ...plain('no_change_required', 'invalid_state_transition'), ...PROVISIONING]),
  port: reference('State machine: create', [SUCCESS, ...CREATION, ...CARRIER, ...PROVISIONING]),
  identify: reference('State machine: identify', [SUCCESS, ['unknown_number', 'bad_identifier'], ...plain('unassigned', 'not_in_service', 'unreadable_number')]),
  create_collection: reference('Collections', [...MANY, ...plain('accept_charges')]),
  update_collection: reference('Collections', MANY),
  patch_collection: reference('Collections', MANY),
  remove_collection: reference('Collections', MANY),
  carriers_info: reference('Routes: small endpoints', [SUCCESS, ...plain('search_restricted', 'reseller_unknown')]),
  classifiers: reference('Number normalisation: classifiers', [SUCCESS]),
  classify: reference('Number normalisation: classifiers', [SUCCESS]),
  check: reference('Routes: small endpoints', [SUCCESS]),
  locality: reference('Routes: small endpoints', [SUCCESS, ...plain('locality_unavailable')]),
  area_codes: reference('Routes: small endpoints', [SUCCESS, ['unknown_city', 'bad_identifier'], ['no_carrier', 'init_failed']]),
  fix: reference('Routes: small endpoints', [SUCCESS]),
  fix_number: reference('Routes: small endpoints', [SUCCESS])
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
const UNPLACED = beyond(COMMON)

function ownOutcomes(name: OperationName | undefined): readonly Outcome[] {
  return name === undefined ? UNPLACED : OPERATIONS[name].outcomes
}
