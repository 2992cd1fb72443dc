import { suggest } from '../text/nearest.js'
import { outcomeNamed, outcomeNames, type OperationName } from '../contract/outcomes.js'
import { findNearKey } from '../contract/near-keys.js'
import type { UnknownPreference } from '../contract/rules.js'
import type { FaultRule } from '../sandbox/faults.js'
import { Problem, STATUS_KINDS } from '../problems.js'

/** Longest delay that a request may ask for, in milliseconds. */
const LONGEST_DELAY = 600_000

/** The keys that the emulator reads. */
const KEYS = ['code', 'example', 'delay']

/** The keys of RFC 7240, which a server may ignore, as the real service does. */
const IGNORED_KEYS = ['respond-async', 'return', 'wait', 'handling']

/** A fault that a request asks for itself, and what the response says of it in `Preference-Applied`. */
export interface Preference {
  rule: FaultRule
  applied: string
}

/**
 * Reads what a request wants to be answered (`Prefer: code=500, example=carrier_fault, delay=200`, Prism's grammar), as a fault
 * of this one request; undefined where it wants nothing. Throws where it names what does not exist.
 */
export function readPreference(
  header: string | string[] | undefined,
  operation: OperationName
): Preference | undefined {
  if (header === undefined) return undefined
  const given = parsePreferences(header)
  const [example, code, delay] = [given.get('example'), given.get('code'), given.get('delay')]
  const rule: FaultRule = { name: 'prefer' }
  if (delay !== undefined) rule.delay_ms = readWholeNumber('delay', delay, LONGEST_DELAY)
  if (example !== undefined) Object.assign(rule, ruleForOutcome(operation, example))
  else if (code !== undefined) Object.assign(rule, ruleForStatus(readWholeNumber('code', code, 599)))
  const applied = [
    ...(rule.outcome === undefined ? [] : [`example=${rule.outcome}`]),
    ...(rule.status === undefined ? [] : [`code=${rule.status}`]),
    ...(rule.delay_ms === undefined ? [] : [`delay=${rule.delay_ms}`])
  ]
  return applied.length === 0 ? undefined : { rule, applied: applied.join(', ') }
}

/** Finds the first key of the header that has no meaning; undefined where each has one. */
export function findUnknownPreference(header: string | string[] | undefined): UnknownPreference | undefined {
  if (header === undefined) return undefined
  const key = [...parsePreferences(header).keys()].find((one) => ![...KEYS, ...IGNORED_KEYS].includes(one))
  if (key === undefined) return undefined
  return { key, near: findNearKey(key, KEYS), text: `${key}; there are ${KEYS.join(', ')}` }
}

function parsePreferences(header: string | string[]): Map<string, string> {
  const entries = [header]
    .flat()
    .join(',')
    .split(/[,;]/)
    .map((one): [string, string] => {
      const [key = '', ...value] = one.split('=')
      return [key.trim().toLowerCase(), value.join('=').trim().replaceAll('"', '')]
    })
  return new Map(entries.filter(([key]) => key !== ''))
}

function ruleForOutcome(operation: OperationName, example: string): Partial<FaultRule> {
  if (outcomeNamed(operation, example) !== undefined) return { name: example, outcome: example }
  throw new Problem(
    'preference_unknown',
    `example=${example}`,
    `${operation} has no such outcome; ${suggest(example, outcomeNames(operation))}`
  )
}

function ruleForStatus(status: number): Partial<FaultRule> {
  if (status >= 200 && status < 300) return {}
  if (STATUS_KINDS[status] !== undefined) return { name: `status ${status}`, status }
  throw new Problem('preference_unknown', `code=${status}`, `known are ${Object.keys(STATUS_KINDS).join(', ')}`)
}

function readWholeNumber(name: string, text: string, most: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text)
  throw new Problem('preference_unknown', `${name}=${text}`, `must be a whole number up to ${most}`)
}
