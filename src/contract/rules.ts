import { isObject, type JsonObject } from '../json.js'
import { isPhoneNumber, toE164 } from '../numbering/e164.js'
import { wasDiscovered } from '../operations/rules/load-number.js'
import type { Query } from '../operations/rules/search-query.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { OPERATION_NAMES, type OperationName } from './outcomes.js'
import { countsOf, isKnownKey } from './queries.js'
import { WARNING_CODES, type WarningCode } from './warnings.js'

/** A request as the reading sees it: everything has been parsed already. */
export interface ContractRequest {
  sandbox: Sandbox
  operation: OperationName
  /** Path and query as they came. */
  url: string
  query: Query
  account: string
  /** The number of the path, decoded once; undefined where the path has none. */
  written: string | undefined
  /** `{}` where there was no body. */
  data: JsonObject
  isDataMissing: boolean
  token: string
  /** Dotted paths of fields that had the wrong type and were repaired. */
  repaired: readonly string[]
  /** Method, path, token and body, by which a repetition is known. */
  identity: () => string
}

type Rule = (reading: ContractRequest) => string | undefined

/** Calls whose example in the document sends a token. */
const WITH_TOKEN: ReadonlySet<OperationName> = new Set(['buy', 'buy_collection', 'list', 'remove', 'read', 'e911'])

/** What scripts send where they have no token. */
const NO_TOKEN: ReadonlySet<string> = new Set(['', 'undefined', 'null'])

/** The document's own lines, sent as they are printed, stray from nothing. */
const PLACEHOLDER = /^\{[A-Z_0-9]+\}$/

/** Says what the warning is about, or nothing where all is well. */
const RULES: Readonly<Record<WarningCode, Rule>> = {
  unencoded_plus: ({ url }) => (url.includes('+') && pathOf(url).includes('+') ? pathOf(url) : undefined),
  encoded_twice: ({ written }) => (written?.includes('%') === true && /%2b/i.test(written) ? written : undefined),
  unencoded_query_plus: ({ url }) =>
    url.includes('+') ? /[?&]((?:prefix|start_key)=\+[^&]*)/.exec(url)?.[1] : undefined,
  number_form: (reading) => numberOf(reading, (one) => !isNumber(one)),
  missing_data: ({ isDataMissing }) => (isDataMissing ? 'data' : undefined),
  missing_token: ({ token }) => (NO_TOKEN.has(token) ? `X-Auth-Token: ${token}` : undefined),
  prefix_form: prefixForm,
  unknown_query_key: unknownKey,
  unreadable_count: unreadableCount,
  repaired_type: ({ repaired }) => (repaired.length === 0 ? undefined : repaired.join(', ')),
  id_differs: idDiffers,
  same_address_again: (reading) => {
    const submission = submissionOf(reading)
    if (submission === undefined) return undefined
    const { number, address } = submission
    return reading.sandbox.clientHistory.wasOfferedChoice(number, address) ? address : undefined
  },
  never_searched: neverSearched,
  early_retry: ({ sandbox: { clientHistory, clock }, identity, url }) =>
    clientHistory.hasRetryDeadlines && clientHistory.isBeforeRetryAfter(identity(), Date.now(), clock.nowMs())
      ? pathOf(url)
      : undefined
}

/** Rules that look at some operations only. */
const OPERATIONS_OF: Partial<Record<WarningCode, (operation: OperationName) => boolean>> = {
  missing_token: (operation) => WITH_TOKEN.has(operation),
  prefix_form: (operation) => operation === 'search' || operation === 'search_account',
  unreadable_count: (operation) => countsOf(operation).length > 0,
  id_differs: (operation) => operation === 'e911',
  same_address_again: (operation) => operation === 'e911' || operation === 'patch',
  never_searched: (operation) => operation === 'buy' || operation === 'buy_collection'
}

/** The rules of each operation; most have few. */
const RULES_OF = Object.fromEntries(OPERATION_NAMES.map((operation) => [operation, rulesOf(operation)])) as Readonly<
  Record<OperationName, ReturnType<typeof rulesOf>>
>

function rulesOf(operation: OperationName) {
  return WARNING_CODES.filter((code) => OPERATIONS_OF[code]?.(operation) ?? true).map((code) => ({
    code,
    rule: RULES[code]
  }))
}

const NONE: ReadonlyMap<WarningCode, string> = new Map()

/** Where a request strays from the document: codes, each with what it is about. */
export function checkRequest(reading: ContractRequest): ReadonlyMap<WarningCode, string> {
  let found: Map<WarningCode, string> | undefined
  for (const { code, rule } of RULES_OF[reading.operation]) {
    const detail = rule(reading)
    if (detail !== undefined) found = (found ?? new Map<WarningCode, string>()).set(code, detail)
  }
  return found ?? NONE
}

/** The address of a request that may carry one, and the number that it is for; undefined where it has none. */
export function submissionOf({ account, written, data }: ContractRequest) {
  const { e911, id } = data
  const number = written ?? id
  if (!isObject(e911) || typeof number !== 'string') return undefined
  const address = JSON.stringify(Object.entries(e911).sort(([one], [other]) => (one < other ? -1 : 1)))
  return { number: `${account}/${toE164(decoded(number))}`, address }
}

function pathOf(url: string): string {
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}

/** The first of the numbers that a documented call names, as they were written, that is such a one. */
function numberOf(
  { operation, written, data: { numbers } }: ContractRequest,
  isSuch: (written: string) => boolean
): string | undefined {
  if (written !== undefined) return operation !== 'classify' && isSuch(written) ? written : undefined
  if (operation !== 'buy_collection' || !Array.isArray(numbers)) return undefined
  return numbers.filter((number) => typeof number === 'string').find(isSuch)
}

function isNumber(written: string): boolean {
  return isPhoneNumber(toE164(decoded(written))) || PLACEHOLDER.test(written)
}

function decoded(written: string): string {
  return written.includes('%') ? written.replace(/%2b/i, '+') : written
}

const PREFIX = /^(?:\d{3}|[+ ]\d{4,11})$/
const COUNT = /^\d{1,15}$/

/** Three digits, or `+` and digits; an unencoded plus has a warning of its own. */
function prefixForm({ query: { prefix } }: ContractRequest): string | undefined {
  return typeof prefix === 'string' && (PREFIX.test(prefix) || PLACEHOLDER.test(prefix))
    ? undefined
    : `prefix=${String(prefix)}`
}

function unknownKey({ operation, query }: ContractRequest): string | undefined {
  for (const name in query) if (!isKnownKey(operation, name)) return name
  return undefined
}

function unreadableCount({ operation, query }: ContractRequest): string | undefined {
  for (const name of countsOf(operation)) {
    const value = query[name]
    if (value === undefined || (typeof value === 'string' && (COUNT.test(value) || PLACEHOLDER.test(value)))) continue
    return `${name}=${String(value)}`
  }
  return undefined
}

function idDiffers({ written, data: { id } }: ContractRequest): string | undefined {
  if (written === undefined || typeof id !== 'string') return undefined
  return toE164(decoded(id)) === toE164(decoded(written)) ? undefined : id
}

/** A number with a record has been searched for, created or described by a fixture: only what nobody knows is certain. */
function neverSearched(reading: ContractRequest): string | undefined {
  const { sandbox } = reading
  return numberOf(reading, (one) => {
    const e164 = toE164(decoded(one))
    return isPhoneNumber(e164) && !wasDiscovered(sandbox, e164) && sandbox.store.numbers.find(e164) === undefined
  })
}
