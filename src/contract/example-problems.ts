import { MAGIC_CHARGE, quote } from '../inventory/charges.js'
import type { JsonObject } from '../json.js'
import { MAX_BODY_BYTES } from '../api/error-handler.js'
import { plainProblem, Problem, PROBLEMS, type Kind, type PlainKind } from '../problems.js'
import { required, violated } from '../violations.js'

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
  invalid: () => new Problem('invalid', "'knm_unknown' is not known by the system"),
  not_enough_credit: ({ account }) => new Problem('not_enough_credit', account, MAGIC_CHARGE.activation_charge),
  accept_charges: () => new Problem('accept_charges', quote(MAGIC_CHARGE)),
  fault: () => new Problem('fault', 'unreachable'),
  client_error: ({ numbers }) =>
    new Problem('client_error', Object.fromEntries(numbers.map((one) => [one, PROBLEMS.missing_provider_url.data()]))),
  multiple_choice: ({ address }) => new Problem('multiple_choice', address, choicesFor(address)),
  choice_in_text: ({ address }) => new Problem('choice_in_text', address, choicesFor(address)),
  invalid_address: ({ address }) => new Problem('invalid_address', address),
  invalid_in_text: ({ address }) => new Problem('invalid_in_text', address),
  not_in_service: (subject) => new Problem('not_in_service', { account_id: subject.account, number: firstOf(subject) }),
  validation_error: () => violated([required('data', 'data')]),
  too_large: () => new Problem('too_large', MAX_BODY_BYTES),
  file_too_large: () => new Problem('file_too_large', MAX_BODY_BYTES),
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

function choicesFor(address: JsonObject): JsonObject[] {
  return [choice(address, '1'), choice(address, '2')]
}

function choice(address: JsonObject, unit: string): JsonObject {
  const { postal_code = '', street_address = '', locality = '', region = '' } = address
  return { postal_code, street_address, extended_address: `UNIT ${unit}`, locality, region }
}
