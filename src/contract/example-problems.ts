import { MAGIC_CHARGE, quote } from '../inventory/charges.js'
import type { JsonObject } from '../json.js'
import { MAX_BODY_BYTES, plainProblem, Problem, PROBLEMS, type Kind, type PlainKind } from '../problems.js'
import { required, violated } from '../violations.js'

/** The parts of a request that a failure can be about. */
export interface FailureContext {
  /** As the client wrote them; at least one where the operation is about numbers. */
  numbers: readonly string[]
  account: string
  /** The address of the body, if there is one. */
  address: JsonObject
}

/** The failures with details, made for a request that a test wants to fail. */
const WITH_DETAILS: Readonly<Record<Exclude<Kind, PlainKind>, (context: FailureContext) => Problem>> = {
  number_not_found: (context) => new Problem('number_not_found', firstOf(context)),
  carrier_fault: (context) => new Problem('carrier_fault', firstOf(context)),
  number_is_porting: (context) => new Problem('number_is_porting', firstOf(context)),
  number_exists: (context) => new Problem('number_exists', firstOf(context)),
  not_reconcilable: (context) => new Problem('not_reconcilable', firstOf(context)),
  forbidden_because: () => new Problem('forbidden_because', 'state_for_create'),
  invalid_state_transition: () => new Problem('invalid_state_transition', 'released', 'in_service'),
  invalid: () => new Problem('invalid', "'knm_unknown' is not known by the system"),
  not_enough_credit: ({ account }) => new Problem('not_enough_credit', account, MAGIC_CHARGE.activation_charge),
  accept_charges: () => new Problem('accept_charges', quote(MAGIC_CHARGE)),
  fault: () => new Problem('fault', 'unreachable'),
  client_error: ({ numbers }) =>
    new Problem('client_error', Object.fromEntries(numbers.map((one) => [one, PROBLEMS.missing_provider_url.data()]))),
  multiple_choice: ({ address }) => new Problem('multiple_choice', address, choicesFor(address)),
  multiple_choice_kazoo: ({ address }) => new Problem('multiple_choice_kazoo', address, choicesFor(address)),
  invalid_address: ({ address }) => new Problem('invalid_address', address),
  invalid_kazoo: ({ address }) => new Problem('invalid_kazoo', address),
  not_in_service: (context) => new Problem('not_in_service', { account_id: context.account, number: firstOf(context) }),
  validation_error: () => violated([required('data', 'data')]),
  too_large: () => new Problem('too_large', MAX_BODY_BYTES),
  file_too_large: () => new Problem('file_too_large', MAX_BODY_BYTES),
  unknown_api_key: ({ account }) => new Problem('unknown_api_key', account),
  account_malformed: ({ account }) => new Problem('account_malformed', account),
  account_unknown: ({ account }) => new Problem('account_unknown', account),
  init_failed: () => new Problem('init_failed', 'asked for by a test'),
  not_emulated: ({ account }) => new Problem('not_emulated', account),
  sandbox_malformed: ({ account }) => new Problem('sandbox_malformed', account),
  sandbox_dropped: () => new Problem('sandbox_dropped', 'asked-for-by-a-test'),
  sandbox_unusable: () => new Problem('sandbox_unusable', 'asked-for-by-a-test', 'database disk image is malformed'),
  sandboxes_awaited: () => new Problem('sandboxes_awaited', 1),
  not_passed_on: () => new Problem('not_passed_on', 'asked for by a test'),
  no_answer: () => new Problem('no_answer', 'asked for by a test'),
  late_answer: () => new Problem('late_answer', 'asked for by a test'),
  contract_violation: () => new Problem('contract_violation', {}),
  preference_unknown: ({ account }) => new Problem('preference_unknown', account, 'asked for by a test')
}

/** Makes the failure that a fault, a `Prefer` header or an example of the description asks for. */
export function exampleProblem(kind: Kind, context: FailureContext): Problem {
  return needsNoDetails(kind) ? plainProblem(kind) : WITH_DETAILS[kind](context)
}

function needsNoDetails(kind: Kind): kind is PlainKind {
  return !Object.hasOwn(WITH_DETAILS, kind)
}

function firstOf({ numbers: [number = ''] }: FailureContext): string {
  return number
}

function choicesFor(address: JsonObject): JsonObject[] {
  return [addressChoice(address, '1'), addressChoice(address, '2')]
}

function addressChoice(address: JsonObject, unit: string): JsonObject {
  const { postal_code = '', street_address = '', locality = '', region = '' } = address
  return { postal_code, street_address, extended_address: `UNIT ${unit}`, locality, region }
}
