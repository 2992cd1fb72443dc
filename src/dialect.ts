/**
 * Where the document and the reference implementation that it descends from part ways: one row a point, one column a
 * dialect. Code asks a point of the table and never the dialect's name; the documentation prints the same rows.
 */
export const DIALECT_NAMES = ['oneuc', 'kazoo-4.3'] as const
export type DialectName = (typeof DIALECT_NAMES)[number]

interface Point<Value extends string> {
  /** The subject of the decision. */
  point: string
  oneuc: readonly [value: Value, says: string]
  'kazoo-4.3': readonly [value: Value, says: string]
}

function differs<const One extends string, const Other extends string>(
  point: string,
  oneuc: readonly [One, string],
  kazoo: readonly [Other, string]
): Point<One | Other> {
  return { point, oneuc, 'kazoo-4.3': kazoo }
}

function same<const Value extends string>(point: string, value: Value, says: string): Point<Value> {
  return { point, oneuc: [value, says], 'kazoo-4.3': [value, says] }
}

// prettier-ignore
export const POINTS = {
  envelope: differs('Envelope keys',
    ['documented', 'exactly the documented ones: `auth_token`, `data`, `request_id`, `revision`, `status`; errors: `auth_token`, `data`, `error`, `message`, `request_id`, `status`; lists add `page_size`, `start_key`, `next_start_key`'],
    ['extended', 'plus `node`, `timestamp`, `version`; `revision` on lists only']),
  absent_token: differs('`auth_token` of an error when none was sent',
    ['empty', '`""`'],
    ['undefined', '`"undefined"`']),
  put_status: same('Status of a successful PUT', 'created', '201, always'),
  unsearched: differs('Buying a number that no search has returned',
    ['missing_provider_url', '500 `unspecified_fault` / `missing_provider_url`'],
    ['bad_identifier', '404 `bad_identifier`']),
  collection: differs('A collection in which some fail',
    ['refused', '400 `client error`, `data` holds the failed numbers only; nothing is applied; with `accept_charges: true` the good ones are applied and the answer is the same'],
    ['partial', '201 (200 for other methods than PUT) with `success` and `error`; the good ones are applied']),
  collection_of_one: same('A collection of one number', 'wrapped', '`{"success": {number: document}}`'),
  collection_size: same('A collection of more than 10,000 numbers', 'refused', '400 `validation error`, `maximum` at `numbers`; the reference has no limit but that of the body'),
  collection_errors: differs('A number in a collection that is unknown or not reconcilable',
    ['object', 'an error object, `not_found` or `not_reconcilable`'],
    ['atom', 'the string `"not_found"` or `"not_reconcilable"`']),
  public_search: differs('Public search record',
    ['rich', 'the documented rich record'],
    ['plain', '`{number, state}`']),
  account_search: differs('Search within an account (`prefix` present and not empty)',
    ['own_first', 'array of `{number, state}`: first the numbers of the account with that prefix in any state, then those that are `available`, then those that carriers offer as `discovery`; ascending within each'],
    ['stock', 'never a number in service: the reserved numbers of the account, those that are available, those on offer; ascending within each']),
  offset: differs('`offset`',
    ['page', 'page number: skips `offset × quantity`'],
    ['row', 'rows to skip in what a search from 0 with the same prefix and token has found; without such a search `[]`']),
  prefix: differs('`%2B1499`, `+1499`, `1499`, `499`',
    ['spellings', 'one prefix in four spellings, of 3 to 10 digits; anything else is 400 `validation error`'],
    ['as_sent', 'used as sent, 3 to 10 characters; only `499` finds something']),
  list_keys: differs('Paging keys of a list (ascending by number; `next_start_key` is the first number of the next page, absent on the last; `start_key` echoed only if sent)',
    ['plain', 'plain numbers; both forms are accepted'],
    ['encoded', 'base64url of the external term format; both forms are accepted']),
  not_on_account: differs('A number that is not on the account: GET, DELETE',
    ['hidden', '404 `bad_identifier` with `not_found`, for an available number too'],
    ['shown', 'GET returns an available number, and answers 404 for one of another account; DELETE answers 400 for an available number, 403 for one of another account']),
  foreign: same('A number of another account: activate, reserve, POST, PATCH', 'forbidden', '403 `forbidden`'),
  release: differs('DELETE: user fields and features dropped, unassigned; back to an earlier reservation if there is one; with `--aging-seconds` first `aging`',
    ['pool', '`available`'],
    ['unless_local', '`available`; a `local` number ends `deleted` and keeps the feature `local`']),
  discovery_record: same('A number that fixtures put into the state `discovery`', 'offered', 'like a number that a search has returned: PUT creates it, reserve answers 404'),
  e911_heading: differs('E911 on the path of the heading, `POST …/collection/activate`',
    ['served', 'applies `data` to the number that `data.id` names'],
    ['refused', '405']),
  e911_errors: differs('E911 error bodies',
    ['documented', 'the documented ones, HTTP 400'],
    ['number', '400 `invalid`, and 500 `unspecified_fault` / `multiple_choice`']),
  e911_answer: same('E911 answer', 'whole', 'the whole number document: the example plus `_read_only`, `state` and `features`'),
  used_by: differs('`used_by` in a body',
    ['honoured', 'stored'],
    ['ignored', 'ignored']),
  local_features: differs('E911 or CNAM on a `local` number',
    ['allowed', 'allowed'],
    ['denied', '403']),
  email_syntax: differs('E-mail syntax of `notification_contact_emails`',
    ['any', 'any string'],
    ['checked', 'one `@` with something on both sides']),
  validation: same('Malformed JSON, missing `data`, schema violations', 'flat', '400 `validation error`, flat dotted paths, all violations at once'),
  account_search_token: differs('A token on the search within an account',
    ['optional', 'not needed, as the document shows none'],
    ['needed', 'needed, as on every account route']),
  stale_token: differs('An unknown or expired token where none is needed',
    ['ignored', 'ignored'],
    ['rejected', '401 `invalid credentials`']),
  not_reconcilable: differs('A number that no plan knows',
    ['object', '404 `not_reconcilable` with an error object'],
    ['atom', '400 `client error`, `data` is the string `"not_reconcilable"`']),
  features_view: differs('`features` within `_read_only`',
    ['list', 'a list, absent when empty; list entries show `features` only'],
    ['available', '`{available, settings}`, and `carrier_module`; list entries add `features_available`, and `features_allowed` and `features_denied`, which are empty']),
  phonebook: differs('`locality` and `prefix?city=`, which ask a phonebook',
    ['fixtures', 'the rate centres of the fixtures are the phonebook'],
    ['none', '500, as without a phonebook']),
  filter_names: differs('`filter_used_by`, `filter_not_used_by`, `filter_not_state` and `filter_not_assigned_to`',
    ['obvious', 'filter by that field, as `filter_state` and `filter_assigned_to` do'],
    ['literal', 'filter by user fields of these names']),
  private_filters: same('Other filters of system fields', 'private', 'know them by their private names only: `filter_pvt_module_name=knm_local`, `has_value=pvt_used_by`; by `features` nothing is found'),
  body_limit: differs('A body over 8,000,000 bytes',
    ['too_large', '413'],
    ['file_too_large', '400 `validation error`']),
  unknown_path: differs('A path that does not exist, without a token',
    ['not_found', '404 `not_found`'],
    ['credentials_first', '401 below `/v2`, 404 `not_found` with a token']),
  accept: differs('`Accept` of something that is not JSON',
    ['ignored', 'ignored'],
    ['checked', '406, empty body']),
  no_banner: same('Paths outside `/v2`', 'not_found', '404 in the envelope; the text banner and `/v1` of the reference are not copied'),
  not_utf8: same('A body that is no UTF-8', 'latin1', 'read as Latin-1, with the warning `not_utf8`'),
  inexact_number: same('A JSON number in `data` that cannot be kept exactly (`9007199254740993`, `1e400`)', 'refused', '400 `validation error`, `invalid` at its path'),
  deleted_update: same('POST or PATCH of a number in the state `deleted`, which only the admin API can make', 'ignored', '200 with the number as it is; nothing is stored'),
  no_csv: same('`accept=csv` on the list', 'ignored', 'JSON; the CSV form of the reference is not copied'),
  no_headers: same('Headers beside those of CORS, `Content-Type`, `X-Request-ID` and `Retry-After`', 'none', '`ETag`, `Expires`, `Vary` and `Content-Language` of the reference are not copied'),
  content_type: same('`Content-Type` of a body', 'ignored', 'the body is read as JSON; the 415 and the multipart forms of the reference are not copied'),
  no_ports: same('Port requests', 'none', 'there are none, so nothing but the magic number is porting, and `include_ports` changes nothing'),
  carriers: same('Carrier modules', 'two', 'a number is `knm_local` or `knm_other`; the other names that an admin may give, with or without `knm_`, mean one of these'),
  own_credentials: same('Logging in with credentials of one’s own, unless tokens are strict', 'any', 'any key and any hash are good: for the account whose they are or that is named, and for the first customer where that is unknown'),
  posted_state: same('`state` in a body', 'dropped', 'dropped, as no answer could ever show it'),
  no_plan: same('A number without a plus that no rule completes (`0012`, `1214155550`)', 'not_reconcilable', 'as any other number that no plan knows'),
  without_account: same('Paths below `/v2/phone_numbers/` without an account', 'admin', 'the numbers of the admin account; 401 or 403 for other callers, for every path and method'),
  crash: same('Requests on which the reference crashes, hangs or answers a success without data', 'refused', 'refused by the rule that they break: 403 for permission, 409 for existence, else 400; carried out if they break none, with or without `accept_charges`')
}

type Points = typeof POINTS
/** The value of every point in one dialect, and the name of the dialect, which reports show. */
export type Dialect = { readonly [Key in keyof Points]: Points[Key] extends Point<infer Value> ? Value : never } & {
  readonly name: DialectName
}

export function dialectOf(name: DialectName): Dialect {
  return { name, ...Object.fromEntries(Object.entries(POINTS).map(([key, point]) => [key, point[name][0]])) } as Dialect
}

/** The table of the documentation, a row a point. */
export function fidelityTable(): string {
  const rows = Object.values(POINTS).map((point) => `| ${point.point} | ${point.oneuc[1]} | ${point['kazoo-4.3'][1]} |`)
  return ['| point | `oneuc` | `kazoo-4.3` |', '| --- | --- | --- |', ...rows].join('\n')
}
