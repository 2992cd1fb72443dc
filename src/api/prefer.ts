import { nearest } from '../text/nearest.js'
import { outcomeNamed, outcomeNames, type OperationName } from '../contract/outcomes.js'
import type { FaultRule } from '../sandbox/faults.js'
import { Problem, STATUS_KINDS } from '../problems.js'

/** Longest delay that a request may ask for, in milliseconds. */
const LONGEST_DELAY = 600_000

/**
 * What a request wants to be answered (`Prefer: code=500, example=carrier_fault, delay=200`, Prism's grammar), as a fault of
 * this one request; undefined where it wants nothing. Throws where it names what does not exist. Preferences of other
 * kinds are none of ours (RFC 7240: unknown ones are ignored).
 */
export function preferredFault(header: string | string[] | undefined, operation: OperationName): FaultRule | undefined {
  if (header === undefined) return undefined
  const preferences = new Map(
    [header]
      .flat()
      .join(',')
      .split(/[,;]/)
      .map((one): [string, string] => {
        const [name = '', ...value] = one.split('=')
        return [name.trim().toLowerCase(), value.join('=').trim().replaceAll('"', '')]
      })
  )
  const rule: FaultRule = { name: 'prefer' }
  const example = preferences.get('example')
  const code = preferences.get('code')
  const delay = preferences.get('delay')
  if (delay !== undefined) rule.delay_ms = wholeNumber('delay', delay, LONGEST_DELAY)
  if (example !== undefined) Object.assign(rule, ruleForOutcome(operation, example))
  else if (code !== undefined) Object.assign(rule, ruleForStatus(wholeNumber('code', code, 599)))
  return Object.keys(rule).length > 1 ? rule : undefined
}

function ruleForOutcome(operation: OperationName, example: string): Partial<FaultRule> {
  if (outcomeNamed(operation, example) !== undefined) return { name: example, outcome: example }
  throw new Problem(
    'preference_unknown',
    `example=${example}`,
    `${operation} has no such outcome; did you mean ${nearest(example, outcomeNames(operation))}?`
  )
}

function ruleForStatus(status: number): Partial<FaultRule> {
  if (status >= 200 && status < 300) return {}
  if (STATUS_KINDS[status] !== undefined) return { name: `status ${status}`, status }
  throw new Problem('preference_unknown', `code=${status}`, `known are ${Object.keys(STATUS_KINDS).join(', ')}`)
}

function wholeNumber(name: string, text: string, most: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text)
  throw new Problem('preference_unknown', `${name}=${text}`, `must be a whole number up to ${most}`)
}
