import type { FastifyRequest } from 'fastify'
import { suggest } from '../text/nearest.js'
import { outcomeNamed, outcomeNames, type OperationName } from '../contract/outcomes.js'
import { findNearKey } from '../contract/near-keys.js'
import type { UnknownPreference } from '../contract/rules.js'
import { FAULT_PHASES, LONGEST_DELAY_MS, type AppliedRule, type FaultPhase } from '../sandbox/fault-rule.js'
import { contextOf } from './context.js'
import { Problem, STATUS_KINDS } from '../problems.js'

/** The keys that the emulator reads. */
const KEYS = ['code', 'example', 'delay', 'phase']

/** What a key begins with in the query, so that it is none of the API's. */
const QUERY_MARK = '__'

/** The keys of RFC 7240, which a server may ignore, as the real service does. */
const IGNORED_KEYS = ['respond-async', 'return', 'wait', 'handling']

/** A fault that a request asks for itself, and what the response says of it in `Preference-Applied`. */
interface Preference {
  rule: AppliedRule
  applied: string
}

/**
 * Takes the preferences out of the query (`?__code=503&__delay=200`), for clients that cannot set headers, so that nothing else
 * reads them. Returns them by name without the underscores; undefined where there are none.
 */
export function takeQueryPreferences({ url, query }: FastifyRequest): ReadonlyMap<string, string> | undefined {
  if (!url.includes(QUERY_MARK)) return undefined
  const fields = query as Record<string, string | string[]>
  const names = Object.keys(fields).filter((name) => name.startsWith(QUERY_MARK))
  if (names.length === 0) return undefined
  const taken = new Map<string, string>()
  for (const name of names) {
    taken.set(name.slice(QUERY_MARK.length), String([fields[name]].flat()[0]))
    Reflect.deleteProperty(fields, name)
  }
  return taken
}

/**
 * Reads what a request wants to be answered (`Prefer: code=500, example=carrier_fault, delay=200`, Prism's grammar), as a fault
 * of this one request; undefined where it wants nothing. The header counts before the query. Throws where it names what does not
 * exist.
 */
export function readPreference(request: FastifyRequest, operation: OperationName): Preference | undefined {
  if (asksNothing(request)) return undefined
  const given = new Map([...(contextOf(request).queryPreferences ?? []), ...parsePreferences(request.headers.prefer)])
  const [example, code, delay, phase] = [
    given.get('example'),
    given.get('code'),
    given.get('delay'),
    given.get('phase')
  ]
  const rule: AppliedRule = { name: 'prefer' }
  if (delay !== undefined) rule.delay_ms = readBounded('delay', delay, LONGEST_DELAY_MS)
  if (example !== undefined) Object.assign(rule, ruleForOutcome(operation, example))
  else if (code !== undefined) Object.assign(rule, ruleForStatus(readBounded('code', code, 599)))
  if (phase !== undefined) rule.phase = readPhase(phase)
  const applied = [
    ...(rule.outcome === undefined ? [] : [`example=${rule.outcome}`]),
    ...(rule.status === undefined ? [] : [`code=${rule.status}`]),
    ...(rule.delay_ms === undefined ? [] : [`delay=${rule.delay_ms}`])
  ]
  if (applied.length === 0) return undefined
  return { rule, applied: [...applied, ...(rule.phase === undefined ? [] : [`phase=${rule.phase}`])].join(', ') }
}

/** Whether a request names no preference at all, as nearly every one does. */
function asksNothing(request: FastifyRequest): boolean {
  return contextOf(request).queryPreferences === undefined && request.headers.prefer === undefined
}

/** Finds the first key of the query or of the header that has no meaning; undefined where each has one. */
export function findUnknownPreference(request: FastifyRequest): UnknownPreference | undefined {
  if (asksNothing(request)) return undefined
  const asked = [...(contextOf(request).queryPreferences?.keys() ?? [])].find((one) => !KEYS.includes(one))
  if (asked !== undefined)
    return describeUnknown(
      QUERY_MARK + asked,
      KEYS.map((one) => QUERY_MARK + one)
    )
  const key = [...parsePreferences(request.headers.prefer).keys()].find(
    (one) => ![...KEYS, ...IGNORED_KEYS].includes(one)
  )
  return key === undefined ? undefined : describeUnknown(key, KEYS)
}

function describeUnknown(key: string, known: readonly string[]): UnknownPreference {
  return { key, near: findNearKey(key, known), text: `${key}; there are ${known.join(', ')}` }
}

/** Parses the header; of a key that comes twice, the first counts (RFC 7240, 2). */
function parsePreferences(header: string | string[] | undefined): Map<string, string> {
  const entries = [header ?? []]
    .flat(2)
    .join(',')
    .split(/[,;]/)
    .map((one): [string, string] => {
      const [key = '', ...value] = one.split('=')
      return [key.trim().toLowerCase(), value.join('=').trim().replaceAll('"', '')]
    })
  return new Map(entries.filter(([key]) => key !== '').reverse())
}

function readPhase(phase: string): FaultPhase {
  const known = FAULT_PHASES.find((one) => one === phase)
  if (known !== undefined) return known
  throw new Problem('preference_unknown', `phase=${phase}`, `must be one of ${FAULT_PHASES.join(', ')}`)
}

function ruleForOutcome(operation: OperationName, example: string): Partial<AppliedRule> {
  const outcome = outcomeNamed(operation, example)?.name
  if (outcome !== undefined) return { name: outcome, outcome }
  throw new Problem(
    'preference_unknown',
    `example=${example}`,
    `${operation} has no such outcome; ${suggest(example, outcomeNames(operation))}`
  )
}

function ruleForStatus(status: number): Partial<AppliedRule> {
  if (status >= 200 && status < 300) return {}
  if (STATUS_KINDS[status] !== undefined) return { name: `status ${status}`, status }
  throw new Problem('preference_unknown', `code=${status}`, `known are ${Object.keys(STATUS_KINDS).join(', ')}`)
}

function readBounded(name: string, text: string, most: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text)
  throw new Problem('preference_unknown', `${name}=${text}`, `must be a whole number up to ${most}`)
}
