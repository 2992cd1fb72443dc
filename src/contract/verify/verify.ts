import type { DialectName } from '../../dialect.js'
import { isObject, parseOrKeep, type JsonObject, type JsonValue } from '../../json.js'
import { UsageError } from '../../settings.js'
import { causeOf } from '../../text/cause.js'
import { suggest } from '../../text/nearest.js'
import { CASES, type Case } from './cases.js'
import { diffShape } from './shape.js'
import type { Verdict } from './verdicts.js'

/** The server that the cases are run against, and the account that they use. */
interface Target {
  /** Without `/v2`. */
  baseUrl: string
  token: string
  account: string
  dialect: DialectName
  /** Whether cases that buy, change and remove are run too. */
  allowsPurchases: boolean
}

/** The values of the placeholders of a case. */
type PlaceholderValues = ReadonlyMap<string, string>

interface ServiceReply {
  status: number
  body: JsonValue
}

/** The placeholders of the numbers that a search has found, in their order. */
const FOUND_KEYS = ['found', 'other']

const RESPONSE_TIMEOUT_MS = 30_000

/**
 * Chooses the cases of operations and outcomes, and the purchase before them where they need a number. Throws a UsageError for a
 * name that no case has.
 */
export function chooseCases(names: readonly string[]): Case[] {
  const operations = new Set(CASES.map(({ name }) => name.replace(/\..*/, '')))
  const known = [...operations, ...CASES.map(({ name }) => name)]
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new UsageError(`--only: ${unknown} has no case; ${suggest(unknown, known)}`)
  const isNamed = ({ name }: Case) => names.some((one) => name === one || name.startsWith(`${one}.`))
  const needsOwned = CASES.some((one) => isNamed(one) && placeholdersOf(one).includes('owned'))
  return CASES.filter((one) => isNamed(one) || (needsOwned && one.keeps === true))
}

/** Runs the cases one after the other, and removes the numbers that they have bought. */
export async function verify(target: Target, cases: readonly Case[] = CASES): Promise<Verdict[]> {
  const owned = new Map<string, string>()
  const bought = new Set<string>()
  const verdicts: Verdict[] = []
  try {
    for (const one of cases) verdicts.push(await runCase(target, one, owned, bought))
  } finally {
    for (const number of bought) {
      // A number that cannot be removed was removed by a case, or was never bought.
      await sendCase(target, 'DELETE', `/accounts/${target.account}/phone_numbers/${encodeURIComponent(number)}`).catch(
        () => undefined
      )
    }
  }
  return verdicts
}

async function runCase(target: Target, one: Case, owned: Map<string, string>, bought: Set<string>): Promise<Verdict> {
  const { name } = one
  if (one.changes && !target.allowsPurchases) return { name, result: 'skipped', differences: [] }
  try {
    const values = new Map([['account', target.account], ...owned, ...(await search(target, one.search))])
    const missing = placeholdersOf(one).find((placeholder) => !values.has(placeholder))
    if (missing !== undefined) return { name, result: 'not reachable', differences: [`there is no {${missing}}`] }
    const found = [...values].flatMap(([placeholder, number]) => (FOUND_KEYS.includes(placeholder) ? number : []))
    if (one.method === 'PUT') for (const number of found) bought.add(number)
    const reply = await sendCase(
      target,
      one.method,
      fillPath(one.path, values),
      fill(one.body, values),
      one.isAnonymous
    )
    const { status, body } = 'status' in one.expected ? one.expected : one.expected[target.dialect]
    const differences =
      reply.status === status ? diffShape(fill(body, values), reply.body) : [describeStatus(reply, status)]
    if (one.keeps && differences.length === 0) for (const number of found.slice(0, 1)) owned.set('owned', number)
    return { name, result: differences.length === 0 ? 'same' : 'different', differences }
  } catch (error) {
    return { name, result: 'not reachable', differences: [causeOf(error)] }
  }
}

/** The status of a refused token. It is the one cause of many differences, whatever the cases expect. */
const UNAUTHORIZED = 401

/** Describes another status by the message of the response: it says more than the body, which follows from the status. */
function describeStatus({ status, body }: ServiceReply, expected: number): string {
  const message = isObject(body) && typeof body.message === 'string' ? ` (${body.message})` : ''
  if (status === UNAUTHORIZED) return `the server refuses the token: the status is ${status}${message}`
  return `the status is ${status}${message} instead of ${expected}`
}

/** Searches for the numbers of a case, and returns them by their placeholders. */
async function search(target: Target, query: string | undefined): Promise<[string, string][]> {
  if (query === undefined) return []
  const { body } = await sendCase(target, 'GET', `/phone_numbers?${query}`)
  const records = isObject(body) && Array.isArray(body.data) ? body.data : []
  const numbers = records
    .filter(isObject)
    .map(({ number }) => number)
    .filter((number) => typeof number === 'string')
  return FOUND_KEYS.flatMap((name, i) => numbers.slice(i, i + 1).map((number): [string, string] => [name, number]))
}

async function sendCase(
  target: Target,
  method: string,
  path: string,
  body?: JsonValue,
  isAnonymous = false
): Promise<ServiceReply> {
  const response = await fetch(`${target.baseUrl}/v2${path}`, {
    method,
    headers: {
      ...(isAnonymous ? {} : { 'x-auth-token': target.token }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' })
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MS)
  })
  return { status: response.status, body: parseOrKeep(await response.text()) }
}

const PATH_PARAMETER = /\{([a-z]+)\}/g

function placeholdersOf({ path, body }: Case): string[] {
  return [...`${path}${JSON.stringify(body ?? null)}`.matchAll(PATH_PARAMETER)].map(([, name = '']) => name)
}

/** Fills a path in. Its numbers are URL-encoded, whether the case names them or a search has found them. */
function fillPath(path: string, values: PlaceholderValues): string {
  return fillText(path, values).replaceAll('+', '%2B')
}

function fill<Value extends JsonObject | JsonValue | undefined>(value: Value, values: PlaceholderValues): Value {
  return value === undefined ? value : (JSON.parse(fillText(JSON.stringify(value), values)) as Value)
}

function fillText(text: string, values: PlaceholderValues): string {
  return [...values].reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, () => value), text)
}
