import type { OutcomeName } from './meanings.js'

/** What is the emulator's own, and no service's. */
export const EMULATOR = 'the emulator'

/** What the reference implementation does, by what it is about. */
export function inReference(section: string): string {
  return `reference implementation: ${section}`
}

/** Where an outcome comes from that the document does not show, by its name; a success comes from where its operation does. */
export const SECTIONS: Readonly<Record<Exclude<OutcomeName, 'success'>, string>> = {
  missing_provider_url: inReference('State machine: error objects'),
  carrier_fault: inReference('State machine: error objects'),
  not_on_account: inReference('State machine: reserve, update, read'),
  unknown_number: inReference('State machine: identify'),
  forbidden: inReference('State machine: error objects'),
  forbidden_because: inReference('State machine: create'),
  number_exists: inReference('State machine: error objects'),
  number_is_porting: inReference('State machine: error objects'),
  not_reconcilable: inReference('Number normalisation: an unreconcilable number'),
  no_change_required: inReference('State machine: create'),
  invalid_state_transition: inReference('State machine: error objects'),
  accept_charges: inReference('Charges'),
  not_enough_credit: inReference('Charges'),
  connection_closed: inReference('State machine: error objects'),
  unknown_carrier: inReference('State machine: error objects'),
  unassigned: inReference('State machine: identify'),
  not_in_service: inReference('State machine: identify'),
  unreadable_number: inReference('State machine: identify'),
  multiple_choice: inReference('E911: failures'),
  invalid_address: inReference('E911: failures'),
  provider_fault: inReference('E911: failures'),
  some_failed: inReference('Collections: result'),
  search_restricted: inReference('Search: which mode'),
  reseller_unknown: inReference('Search: which mode'),
  locality_unavailable: inReference('Routes: small endpoints'),
  unknown_city: inReference('Routes: small endpoints'),
  no_carrier: inReference('Routes: small endpoints'),
  invalid_credentials: inReference('Authentication: failures'),
  token_rejected: inReference('Authentication: failures'),
  unknown_api_key: inReference('Authentication: getting a token'),
  account_forbidden: inReference('Authentication: authorisation'),
  account_malformed: inReference('Authentication: failures'),
  account_unknown: inReference('Authentication: failures'),
  validation_error: inReference('Schema validation errors'),
  too_large: inReference('HTTP: request body'),
  too_many_requests: inReference('Authentication: rate limits'),
  datastore_unreachable: inReference('HTTP: generic errors'),
  datastore_conflict: inReference('HTTP: generic errors'),
  unspecified_fault: inReference('HTTP: generic errors'),
  not_found: inReference('HTTP: generic errors'),
  invalid_method: inReference('HTTP: generic errors'),
  not_acceptable: inReference('HTTP: generic errors'),
  parse_error: inReference('HTTP: generic errors'),
  unsupported_media_type: inReference('HTTP: request body'),
  bad_gateway: inReference('HTTP: generic errors'),
  gateway_timeout: inReference('HTTP: generic errors'),
  not_emulated: EMULATOR,
  contract_violation: EMULATOR,
  preference_unknown: EMULATOR,
  sandbox_required: EMULATOR,
  sandbox_malformed: EMULATOR
}
