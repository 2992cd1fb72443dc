import type { JsonObject, JsonValue } from './json.js'

/** Every failure that the API answers: the status, the envelope's `message`, and how `data` is made of the details. */
interface ProblemRow<Details extends readonly JsonValue[]> {
  status: number
  message: string
  data: (...details: Details) => JsonValue
}

function row<Details extends readonly JsonValue[]>(
  status: number,
  message: string,
  data: (...details: Details) => JsonValue
): ProblemRow<Details> {
  return { status, message, data }
}

/** A failure about one number: `data` is an object that repeats the code, its keys as printed (document: the activation errors). */
function numberRow<Details extends readonly JsonValue[]>(
  code: number,
  error: string,
  describe: (...details: Details) => { cause?: JsonValue; message: string }
): ProblemRow<Details> {
  return row(code, error, (...details: Details) => {
    const { message, ...cause } = describe(...details)
    return { ...cause, code, error, message }
  })
}

/** A failure that the reference implementation names with one atom. */
function systemRow(status: number, message: string): ProblemRow<[]> {
  return row(status, message, () => ({ message: message.replaceAll('_', ' ') }))
}

/** Bytes of the largest body (reference implementation). */
export const MAX_BODY_BYTES = 8_000_000

function tooLarge(target: number): JsonObject {
  return { file: { maxSize: { message: `Payload or Files must not be more than ${target} bytes`, target } } }
}

export const PROBLEMS = {
  // One number. Sources: the document for `missing_provider_url` and `fault by carrier`, the reference for the rest.
  bad_identifier: row(404, 'bad_identifier', () => ({
    message: 'bad identifier',
    not_found: 'The number could not be found'
  })),
  /** A look-up of area codes that names no city. */
  missing_city: row(404, 'bad_identifier', () => ({ message: 'bad identifier' })),
  number_not_found: numberRow(404, 'not_found', (e164: string) => ({
    cause: e164,
    message: `number ${e164} not found`
  })),
  missing_provider_url: numberRow(500, 'unspecified_fault', () => ({ message: 'missing_provider_url' })),
  carrier_fault: numberRow(500, 'unspecified_fault', (e164: string) => ({ cause: e164, message: 'fault by carrier' })),
  forbidden: numberRow(403, 'forbidden', () => ({ message: 'requestor is unauthorized to perform operation' })),
  forbidden_because: numberRow(403, 'forbidden', (cause: string) => ({
    cause,
    message: 'requestor is unauthorized to perform operation'
  })),
  number_is_porting: numberRow(400, 'number_is_porting', (e164: string) => ({
    cause: e164,
    message: `number ${e164} is porting`
  })),
  number_exists: numberRow(409, 'number_exists', (e164: string) => ({
    cause: e164,
    message: `number ${e164} already exists`
  })),
  not_reconcilable: numberRow(404, 'not_reconcilable', (written: string) => ({
    cause: written,
    message: `number ${written} is not reconcilable`
  })),
  no_change_required: numberRow(400, 'no_change_required', () => ({ message: 'no change required' })),
  invalid_state_transition: numberRow(400, 'invalid_state_transition', (from: string, to: string) => ({
    cause: `from ${from} to ${to}`,
    message: 'invalid state transition'
  })),
  invalid: numberRow(400, 'invalid', (cause: string) => ({ cause, message: 'invalid' })),
  not_enough_credit: numberRow(402, 'not_enough_credit', (account: string, amount: number) => ({
    cause: amount,
    message: `account ${account} does not have enough credit to perform the operation`
  })),
  fault: numberRow(500, 'unspecified_fault', (message: string) => ({ message })),
  accept_charges: row(402, 'accept charges', (quote: JsonObject) => quote),

  // Where the reference answers with a bare atom, as a string.
  client_error: row(400, 'client error', (data: JsonValue) => data),
  not_reconcilable_kazoo: row(400, 'client error', () => 'not_reconcilable'),
  unassigned: row(400, 'client error', () => 'unassigned'),
  not_in_service: row(400, 'client error', (owner: JsonObject) => ({ cause: 'not_in_service', ...owner })),
  /** Too short for the reference to name the database that it would be in. */
  unreadable_number: row(400, 'client error', () => 'invalid_db_name'),

  // E911, as the document prints it.
  multiple_choice: row(400, 'multiple_choice', (cause: JsonObject, details: JsonValue[]) => ({
    multiple_choice: { e911: { cause, details, message: 'more than one address found' } }
  })),
  invalid_address: row(400, 'invalid data', (cause: JsonObject) => ({
    address: { invalid: { cause, message: 'Location is not geocoded' } }
  })),
  // The same two as the reference answers them: what was sent is JSON in a text, and its table has no entry for a choice.
  multiple_choice_kazoo: numberRow(500, 'unspecified_fault', (cause: JsonObject, details: JsonValue[]) => ({
    cause: JSON.stringify({ cause, details, message: 'more than one address found' }),
    message: 'multiple_choice'
  })),
  invalid_kazoo: numberRow(400, 'invalid', (sent: JsonObject) => ({
    cause: `Location is not geocoded (${JSON.stringify(sent)})`,
    message: 'invalid'
  })),

  // The request as such.
  validation_error: row(400, 'validation error', (violations: JsonObject) => violations),
  too_large: row(413, 'request entity too large', tooLarge),
  /** The same failure in the form of the reference. */
  file_too_large: row(400, 'validation error', tooLarge),
  header_too_large: systemRow(431, 'request_header_fields_too_large'),
  parse_error: systemRow(400, 'parse_error'),
  invalid_credentials: systemRow(401, 'invalid_credentials'),
  /** A token that is expired or unknown: the same status, with a space and no data. */
  token_rejected: row(401, 'invalid credentials', () => ({})),
  unknown_api_key: row(404, 'bad identifier', (key: string) => [key]),
  account_forbidden: systemRow(403, 'forbidden'),
  account_malformed: row(404, 'bad identifier', (id: string) => ({
    message: id === '' ? 'missing account_id' : `invalid account_id '${id}'`
  })),
  account_unknown: row(404, 'bad_identifier', (id: string) => ({ cause: id, message: 'bad identifier' })),
  reseller_unknown: row(404, 'nonexistent reseller_id', () => ({})),
  search_restricted: row(404, 'number search restricted', () => ({})),
  not_found: systemRow(404, 'not_found'),
  invalid_method: row(405, 'invalid_method', () => ({ message: 'method not allowed' })),
  not_acceptable: systemRow(406, 'not_acceptable'),
  /** Half a request, and then nothing (RFC 9110, 15.5.9). */
  request_timeout: systemRow(408, 'request_timeout'),
  unsupported_media_type: systemRow(415, 'unsupported_media_type'),
  too_many_requests: systemRow(429, 'too_many_requests'),
  locality_unavailable: row(500, 'could not get locality url', () => ({})),
  init_failed: row(500, 'init failed', (reason: string) => reason),
  datastore_conflict: systemRow(409, 'datastore_conflict'),
  bad_gateway: systemRow(502, 'bad_gateway'),
  gateway_timeout: systemRow(504, 'gateway_timeout'),
  datastore_unreachable: systemRow(503, 'datastore_unreachable'),
  not_emulated: row(501, 'not_emulated', (path: string) => ({ message: 'not emulated', cause: path })),
  unspecified_fault: systemRow(500, 'unspecified_fault'),
  /** The emulator's own, not the API's: a request that it cannot place. */
  sandbox_required: row(400, 'sandbox required', () => ({
    message: 'name a sandbox, in the path (/sandboxes/{name}/v2/…) or in X-Emulator-Sandbox'
  })),
  sandbox_malformed: row(400, 'sandbox malformed', (name: string) => ({
    message: 'the name of a sandbox is 1 to 64 letters, digits, dots, dashes and underscores',
    cause: name
  })),
  /** The sandbox was dropped, or the process stopped, while the request waited. */
  sandbox_dropped: row(503, 'sandbox dropped', (name: string) => ({
    message: 'the sandbox was dropped while the request waited in it; the next request makes it anew',
    cause: name
  })),
  /** The database of a named sandbox cannot be opened: its file is damaged, or the disk is full. */
  sandbox_unusable: row(500, 'sandbox unusable', (name: string, reason: string) => ({
    message: `the database of sandbox ${name} cannot be opened; DELETE /__admin/sandboxes/${name} removes its file`,
    cause: reason
  })),
  /** The limit on sandboxes is reached, and clients wait in every one of them. */
  sandboxes_awaited: row(503, 'too many sandboxes', (limit: number) => ({
    message: `clients wait in all ${limit} sandboxes; drop one, or raise --max-sandboxes`
  })),
  /** A request with contract warnings, where the settings refuse those. */
  contract_violation: row(400, 'contract violation', (warnings: JsonObject) => warnings),
  /** What a proxy answers instead of the service. The status and the message of the last two are those of any proxy. */
  not_passed_on: row(403, 'not passed on', (message: string) => ({ message })),
  no_answer: row(502, 'bad_gateway', (cause: string) => ({ message: 'bad gateway', cause })),
  late_answer: row(504, 'gateway_timeout', (cause: string) => ({ message: 'gateway timeout', cause })),
  preference_unknown: row(400, 'preference unknown', (cause: string, message: string) => ({ cause, message })),
  /** No answer at all: the connection closes. It has a row so that it can be thrown like everything else. */
  connection_closed: systemRow(500, 'connection_closed')
} as const

export type Kind = keyof typeof PROBLEMS

/** The failure that a bare status stands for, in faults and `Prefer`. */
export const STATUS_KINDS: Readonly<Record<number, Kind>> = {
  400: 'parse_error',
  401: 'invalid_credentials',
  402: 'accept_charges',
  403: 'account_forbidden',
  404: 'not_found',
  405: 'invalid_method',
  406: 'not_acceptable',
  409: 'datastore_conflict',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  500: 'unspecified_fault',
  501: 'not_emulated',
  502: 'bad_gateway',
  503: 'datastore_unreachable',
  504: 'gateway_timeout'
}

/** A kind with the details that its row makes `data` of. */
type Arguments = { [K in Kind]: [kind: K, ...details: Parameters<(typeof PROBLEMS)[K]['data']>] }[Kind]

/** Kinds whose `data` is always the same. */
export type PlainKind = { [K in Kind]: Parameters<(typeof PROBLEMS)[K]['data']> extends [] ? K : never }[Kind]

/** A failure of a kind that needs no details. */
export function plainProblem(kind: PlainKind): Problem {
  return new Problem(...([kind] as Arguments))
}

/** A failure on its way to the one place that answers failures. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly kind: Kind
  readonly status: number
  /** The envelope's `message`. */
  readonly title: string
  readonly data: JsonValue
  /** Seconds for `Retry-After`, where the client should come back. */
  retryAfter: number | undefined

  constructor(...[kind, ...details]: Arguments) {
    super(kind)
    const { status, message, data } = PROBLEMS[kind] as unknown as ProblemRow<readonly JsonValue[]>
    this.kind = kind
    this.status = status
    this.title = message
    this.data = data(...details)
    this.retryAfter = status === 429 || status === 503 ? 1 : undefined
  }
}
