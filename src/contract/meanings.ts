/** What each outcome says, by its name: for descriptions, reports and whoever asks for one. */
export const MEANINGS = {
  success: 'It is done.',
  // One number.
  missing_provider_url: 'No search has offered the number, so that no carrier is known to sell it.',
  carrier_fault: 'The carrier did not hand the number over.',
  not_on_account: 'The account does not have the number.',
  unknown_number: 'Nobody has a record of the number.',
  forbidden: 'The account may not do this to the number.',
  forbidden_because: 'The account may not create a number in this state.',
  number_exists: 'Somebody has the number already.',
  number_is_porting: 'The number is on its way from another carrier.',
  not_reconcilable: 'What names the number is a number of no plan.',
  no_change_required: 'The number is like this already.',
  invalid_state_transition: 'The number cannot go from its state to the one that is wanted.',
  accept_charges: 'It costs something: the same request with accept_charges is carried out.',
  not_enough_credit: 'The account cannot pay for it.',
  connection_closed: 'The connection closes without an answer.',
  unknown_carrier: 'The body names a carrier that the system does not know.',
  unassigned: 'Nobody owns the number.',
  not_in_service: 'The number is in a state in which it does not say whose it is.',
  unreadable_number: 'What names the number is too short to be looked up.',
  // E911.
  multiple_choice: 'Several places fit the address: send one of them back.',
  invalid_address: 'No place fits the address.',
  provider_fault: 'The provider of E911 did not answer, or failed.',
  // Many numbers, and searches.
  some_failed: 'At least one number of the collection failed.',
  search_restricted: 'The reseller does not let its customers search.',
  reseller_unknown: 'There is no such reseller.',
  locality_unavailable: 'There is no phonebook to ask.',
  unknown_city: 'The phonebook does not know the city.',
  no_carrier: 'No carrier is set up to ask.',
  // Tokens and accounts.
  invalid_credentials: 'There is no token, or the login is none.',
  token_rejected: 'The token is unknown or has expired: log in again.',
  unknown_api_key: 'No account has this API key.',
  account_forbidden: 'The token is of an account that may not act for this one.',
  account_malformed: 'What names the account is no id of one.',
  account_unknown: 'There is no such account.',
  // The request and the server.
  validation_error: 'The body or the query breaks rules, which are listed by their paths.',
  too_large: 'The body is larger than the server takes.',
  too_many_requests: 'The account asks too often: wait as long as Retry-After says.',
  datastore_unreachable: 'The database does not answer: try again later.',
  datastore_conflict: 'Somebody else has changed the same thing.',
  unspecified_fault: 'The server has a defect.',
  not_found: 'There is no such path.',
  invalid_method: 'The path does not have this method.',
  not_acceptable: 'The request accepts no JSON.',
  parse_error: 'The request is no proper HTTP.',
  unsupported_media_type: 'The server does not read this type of body.',
  bad_gateway: 'What stands between client and server got no proper answer.',
  gateway_timeout: 'What stands between client and server got no answer in time.',
  not_emulated: 'The service has this, the emulator has not.',
  // The emulator's own.
  contract_violation: 'The request strays from the document, and --contract strict refuses that.',
  preference_unknown: 'The header Prefer asks for what does not exist.',
  sandbox_required: 'The request names no sandbox, and --require-sandbox wants one.',
  sandbox_malformed: 'What names the sandbox is no name.'
} as const

export type OutcomeName = keyof typeof MEANINGS
