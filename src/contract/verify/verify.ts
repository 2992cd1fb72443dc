import type { DialectName } from '../../dialect.js'
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { CASES, type Case } from './cases.js'
import { differences } from './shape.js'

/** The server that is asked, and as whom. */
export interface Target {
  /** Without `/v2`. */
  baseUrl: string
  token: string
  account: string
  dialect: DialectName
  /** Whether cases that buy, change and remove are run too. */
  allowsPurchases: boolean
}

export interface Verdict {
  name: string
  /** `skipped` where it would have bought; `not reachable` where what it needs did not come about. */
  result: 'same' | 'different' | 'not reachable' | 'skipped'
  differences: string[]
}

type Names = ReadonlyMap<string, string>

interface Reply {
  status: number
  body: JsonValue
}

/** The placeholders of the numbers that a search has found, in their order. */
const FOUND = ['found', 'other']

/** How long an answer may take, in milliseconds. */
const PATIENCE = 30_000

/** Runs the cases one after the other, and removes what they have bought. */
export async function verify(target: Target, cases: readonly Case[] = CASES): Promise<Verdict[]> {
  const owned = new Map<string, string>()
  const bought = new Set<string>()
  const verdicts: Verdict[] = []
  try {
    for (const one of cases) verdicts.push(await verdictOf(target, one, owned, bought))
  } finally {
    for (const number of bought) {
      // What cannot be removed has been removed by a case, or was never bought.
      await ask(target, 'DELETE', `/accounts/${target.account}/phone_numbers/${encodeURIComponent(number)}`).catch(
        () => undefined
      )
    }
  }
  return verdicts
}

async function verdictOf(target: Target, one: Case, owned: Map<string, string>, bought: Set<string>): Promise<Verdict> {
  const { name } = one
  if (one.changes && !target.allowsPurchases) return { name, result: 'skipped', differences: [] }
  try {
    const names = new Map([['account', target.account], ...owned, ...(await searched(target, one.search))])
    const missing = wanted(one).find((placeholder) => !names.has(placeholder))
    if (missing !== undefined) return { name, result: 'not reachable', differences: [`there is no {${missing}}`] }
    const found = [...names].flatMap(([name, number]) => (FOUND.includes(name) ? number : []))
    if (one.method === 'PUT') for (const number of found) bought.add(number)
    const reply = await ask(target, one.method, inPath(one.path, names), filled(one.body, names), one.isAnonymous)
    const { status, body } = 'status' in one.expected ? one.expected : one.expected[target.dialect]
    const strays = [
      ...(reply.status === status ? [] : [`the status is ${reply.status} instead of ${status}`]),
      ...differences(filled(body, names), reply.body)
    ]
    if (one.keeps && strays.length === 0) for (const number of found.slice(0, 1)) owned.set('owned', number)
    return { name, result: strays.length === 0 ? 'same' : 'different', differences: strays }
  } catch (error) {
    return { name, result: 'not reachable', differences: [(error as Error).message] }
  }
}

/** The numbers that the search of a case has found, by their placeholders. */
async function searched(target: Target, query: string | undefined): Promise<[string, string][]> {
  if (query === undefined) return []
  const { body } = await ask(target, 'GET', `/phone_numbers?${query}`)
  const records = isObject(body) && Array.isArray(body.data) ? body.data : []
  const numbers = records
    .filter(isObject)
    .map(({ number }) => number)
    .filter((number) => typeof number === 'string')
  return FOUND.flatMap((name, i) => numbers.slice(i, i + 1).map((number): [string, string] => [name, number]))
}

async function ask(
  target: Target,
  method: string,
  path: string,
  body?: JsonValue,
  isAnonymous = false
): Promise<Reply> {
  const answer = await fetch(`${target.baseUrl}/v2${path}`, {
    method,
    headers: {
      ...(isAnonymous ? {} : { 'x-auth-token': target.token }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' })
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE)
  })
  const text = await answer.text()
  return { status: answer.status, body: read(text) }
}

/** What is no JSON is compared as the text that it is. */
function read(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return text
  }
}

const PLACEHOLDER = /\{([a-z]+)\}/g

function wanted({ path, body }: Case): string[] {
  return [...`${path}${JSON.stringify(body ?? null)}`.matchAll(PLACEHOLDER)].map(([, name = '']) => name)
}

/** Numbers are URL-encoded in a path, whether the case names them or they come from a search. */
function inPath(path: string, names: Names): string {
  return named(path, names).replaceAll('+', '%2B')
}

function filled<Value extends JsonObject | JsonValue | undefined>(value: Value, names: Names): Value {
  return value === undefined ? value : (JSON.parse(named(JSON.stringify(value), names)) as Value)
}

function named(text: string, names: Names): string {
  return [...names].reduce((known, [name, value]) => known.replaceAll(`{${name}}`, () => value), text)
}
