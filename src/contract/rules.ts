import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { isPhoneNumber, toE164 } from '../numbering/e164.js'
import { wasDiscovered } from '../operations/rules/load-number.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { pathOf, type Query } from '../text/url.js'
import { OPERATION_NAMES, type OperationName } from './outcomes.js'
import { describeNearKey, findNearBodyKey, findNearKey } from './near-keys.js'
import { countsOf, isKnownKey, queryKeysOf } from './queries.js'
import { WARNING_CODES, type WarningCode } from './warnings.js'

/** A key of the header `Prefer` that has no meaning. */
export interface UnknownPreference {
  key: string
  /** The known key that it seems to mean. */
  near: string | undefined
  /** The key, and which there are. */
  text: string
}

/** A request as the contract check sees it: everything is parsed already. */
export interface ContractRequest {
  sandbox: Sandbox
  operation: OperationName
  /** Path and query as they came. */
  url: string
  query: Query
  account: string
  /** The number of the path, decoded once; undefined where the path has none. */
  rawNumber: string | undefined
  /** `{}` where there was no body. */
  data: JsonObject
  isDataMissing: boolean
  isUtf8: boolean
  token: string
  /** Dotted paths of the fields that had the wrong type and were read as the value that they spell. */
  coerced: readonly string[]
  /** The whole body, as it was parsed. */
  body: JsonValue | undefined
  /** The first key of the header `Prefer` that has no meaning; undefined where each has one. */
  unknownPreference: UnknownPreference | undefined
  /** Method, path, token and body, which a repetition has in common. */
  identity: () => string
}

/** Returns the part of a request that the warning is about; undefined where the request is as the document says. */
type ContractRule = (request: ContractRequest) => string | undefined

/** The calls whose example in the document sends a token. */
const WITH_TOKEN: ReadonlySet<OperationName> = new Set(['buy', 'buy_collection', 'list', 'remove', 'read', 'e911'])

/** The texts that scripts send where they have no token. */
const MISSING_TOKENS: ReadonlySet<string> = new Set(['', 'undefined', 'null'])

/** A placeholder of the document's examples: an example that is sent as it is printed has no warning. */
const DOCUMENT_PLACEHOLDER = /^\{[A-Z_0-9]+\}$/

/** Matches a number of the query whose plus is not encoded, or has been encoded as the space that it means. */
const QUERY_PLUS = /[?&]((?:prefix|(?:next_)?start_key)=(?:\+|%20\d)[^&]*)/

/** The warnings that are about the request itself. */
type RequestWarning = Exclude<WarningCode, 'sandbox_dropped'>

const RULES: Readonly<Record<RequestWarning, ContractRule>> = {
  unencoded_plus: ({ url }) => (url.includes('+') && pathOf(url).includes('+') ? pathOf(url) : undefined),
  encoded_twice: ({ rawNumber, query: { start_key } }) =>
    rawNumber !== undefined && /%2b/i.test(rawNumber)
      ? rawNumber
      : typeof start_key === 'string' && /^%2b/i.test(start_key)
        ? `start_key=${start_key}`
        : undefined,
  unencoded_query_plus: ({ url }) =>
    url.includes('=+') || url.includes('=%20') ? QUERY_PLUS.exec(url)?.[1] : undefined,
  number_form: (request) => findNumber(request, (number) => !isNumber(number)),
  not_utf8: ({ isUtf8 }) => (isUtf8 ? undefined : 'body'),
  missing_data: ({ isDataMissing }) => (isDataMissing ? 'data' : undefined),
  missing_token: ({ token }) => (MISSING_TOKENS.has(token) ? `X-Auth-Token: ${token}` : undefined),
  prefix_form: prefixForm,
  unknown_query_key: unknownKey,
  unreadable_count: unreadableCount,
  repaired_type: ({ coerced }) => (coerced.length === 0 ? undefined : coerced.join(', ')),
  near_key: nearKey,
  unknown_preference: ({ unknownPreference }) =>
    unknownPreference === undefined || unknownPreference.near !== undefined ? undefined : unknownPreference.text,
  id_differs: idDiffers,
  same_address_again: (request) => {
    const submission = submissionOf(request)
    if (submission === undefined) return undefined
    const { number, address } = submission
    return request.sandbox.clientHistory.wasOfferedChoice(number, address) ? address : undefined
  },
  never_searched: neverSearched,
  bought_after_lost_answer: (request) =>
    request.sandbox.clientHistory.lostPurchases.findReplaced(request.account, namedNumbers(request)),
  early_retry: ({ sandbox: { clientHistory, clock }, identity, url }) =>
    clientHistory.hasRetryDeadlines && clientHistory.isBeforeRetryAfter(identity(), Date.now(), clock.nowMs())
      ? pathOf(url)
      : undefined
}

/** The operations of the rules that do not apply to all of them. */
const OPERATIONS_OF: Partial<Record<WarningCode, (operation: OperationName) => boolean>> = {
  missing_token: (operation) => WITH_TOKEN.has(operation),
  prefix_form: (operation) => operation === 'search' || operation === 'search_account',
  unreadable_count: (operation) => countsOf(operation).length > 0,
  id_differs: (operation) => operation === 'e911',
  same_address_again: (operation) => operation === 'e911' || operation === 'patch',
  never_searched: isPurchase,
  bought_after_lost_answer: isPurchase
}

/** Tells whether an operation buys numbers that a search has returned. */
export function isPurchase(operation: OperationName): boolean {
  return operation === 'buy' || operation === 'buy_collection'
}

/** The rules of each operation. */
const RULES_OF = Object.fromEntries(OPERATION_NAMES.map((operation) => [operation, rulesOf(operation)])) as Readonly<
  Record<OperationName, ReturnType<typeof rulesOf>>
>

function rulesOf(operation: OperationName) {
  return WARNING_CODES.filter((code) => code !== 'sandbox_dropped')
    .filter((code) => OPERATIONS_OF[code]?.(operation) ?? true)
    .map((code) => ({ code, rule: RULES[code] }))
}

export const NO_WARNINGS: ReadonlyMap<WarningCode, string> = new Map()

/** Returns the warnings of a request: codes, each with the part of the request that it is about. */
export function checkRequest(request: ContractRequest): ReadonlyMap<WarningCode, string> {
  let warnings: Map<WarningCode, string> | undefined
  for (const { code, rule } of RULES_OF[request.operation]) {
    const detail = rule(request)
    if (detail !== undefined) warnings = (warnings ?? new Map<WarningCode, string>()).set(code, detail)
  }
  return warnings ?? NO_WARNINGS
}

/** Returns the address of a request and the number that it is for; undefined where the request has no address. */
export function submissionOf({ account, rawNumber, data }: ContractRequest) {
  const { e911, id } = data
  const number = rawNumber ?? id
  if (!isObject(e911) || typeof number !== 'string') return undefined
  const address = JSON.stringify(
    Object.fromEntries(Object.entries(e911).sort(([one], [other]) => (one < other ? -1 : 1)))
  )
  return { number: `${account}/${toE164(decodePlus(number))}`, address }
}

/** Finds the first number of a documented call, as the client wrote it, for which `isMeant` holds. */
function findNumber(
  { operation, rawNumber, data: { numbers } }: ContractRequest,
  isMeant: (rawNumber: string) => boolean
): string | undefined {
  if (rawNumber !== undefined) return operation !== 'classify' && isMeant(rawNumber) ? rawNumber : undefined
  if (operation !== 'buy_collection' || !Array.isArray(numbers)) return undefined
  return numbers.filter((number) => typeof number === 'string').find(isMeant)
}

/** Returns the numbers that a request names, in E.164. */
export function namedNumbers({ rawNumber, data: { numbers } }: ContractRequest): string[] {
  const named: unknown[] = rawNumber === undefined ? [numbers ?? []].flat() : [rawNumber]
  return named.filter((one) => typeof one === 'string').map((one) => toE164(decodePlus(one)))
}

function isNumber(rawNumber: string): boolean {
  return isPhoneNumber(toE164(decodePlus(rawNumber))) || DOCUMENT_PLACEHOLDER.test(rawNumber)
}

/** Decodes the plus of a number that was URL-encoded twice. */
function decodePlus(rawNumber: string): string {
  return rawNumber.includes('%') ? rawNumber.replace(/%2b/i, '+') : rawNumber
}

const PREFIX_FORM = /^(?:\d{3}|[+ ]\d{4,11})$/
const COUNT = /^\d+$/

/** A prefix has three digits, or a plus and digits; an unencoded plus has a warning of its own. */
function prefixForm({ query: { prefix } }: ContractRequest): string | undefined {
  return typeof prefix === 'string' && (PREFIX_FORM.test(prefix) || DOCUMENT_PLACEHOLDER.test(prefix))
    ? undefined
    : prefix === undefined
      ? 'no prefix'
      : `prefix=${String(prefix)}`
}

/** A key that seems to be misspelt has a warning of its own. */
function unknownKey({ operation, query }: ContractRequest): string | undefined {
  for (const name in query) {
    if (!isKnownKey(operation, name) && nearQueryKey(operation, name) === undefined) return name
  }
  return undefined
}

function nearKey({ operation, query, body, unknownPreference }: ContractRequest): string | undefined {
  for (const name in query) {
    const near = isKnownKey(operation, name) ? undefined : nearQueryKey(operation, name)
    if (near !== undefined) return describeNearKey('', name, near)
  }
  if (unknownPreference?.near !== undefined) {
    return describeNearKey('Prefer: ', unknownPreference.key, unknownPreference.near)
  }
  return findNearBodyKey(body)
}

function nearQueryKey(operation: OperationName, name: string): string | undefined {
  return findNearKey(name, queryKeysOf(operation))
}

function unreadableCount({ operation, query }: ContractRequest): string | undefined {
  for (const name of countsOf(operation)) {
    const value = query[name]
    if (value === undefined || (typeof value === 'string' && (COUNT.test(value) || DOCUMENT_PLACEHOLDER.test(value))))
      continue
    return `${name}=${String(value)}`
  }
  return undefined
}

function idDiffers({ rawNumber, data: { id } }: ContractRequest): string | undefined {
  if (rawNumber === undefined || typeof id !== 'string') return undefined
  return toE164(decodePlus(id)) === toE164(decodePlus(rawNumber)) ? undefined : id
}

/** A number with a record was searched for, created or described by a fixture: only one without a record is certain. */
function neverSearched(request: ContractRequest): string | undefined {
  const { sandbox } = request
  return findNumber(request, (rawNumber) => {
    const e164 = toE164(decodePlus(rawNumber))
    return isPhoneNumber(e164) && !wasDiscovered(sandbox, e164) && sandbox.store.numbers.find(e164) === undefined
  })
}
