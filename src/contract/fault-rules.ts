import { escapePointer, rejectDeep, type JsonValue } from '../json.js'
import { DEEPEST_DOCUMENT } from '../numbering/public-fields.js'
import { MAX_OWN_BODY_BYTES, type FaultRule, type NewFaultRule } from '../sandbox/fault-rule.js'
import { STATUS_KINDS } from '../problems.js'
import { isPhoneNumber, toE164 } from '../numbering/e164.js'
import type { Finding } from '../state/schema-findings.js'
import { suggest } from '../text/nearest.js'
import { isOperation, OPERATION_NAMES, outcomeNamed, outcomeNames } from './outcomes.js'

/** Finds the parts of a rule that name something unknown, and a rule without an effect. `at` is a JSON pointer to the rule. */
export function ruleFindings(rule: NewFaultRule, at: string): Finding[] {
  const { operation, outcome, status, number, body } = rule
  const findings: Finding[] = []
  const add = (field: string, message: string) => findings.push({ at: at + field, message })
  if (operation !== undefined && !isOperation(operation)) {
    add('/operation', `is no operation; ${suggest(operation, OPERATION_NAMES)}`)
  } else if (outcome !== undefined) findings.push(...outcomeFindings(operation, outcome, at))
  if (status !== undefined && body === undefined && STATUS_KINDS[status] === undefined) {
    add('/status', `must be one of ${Object.keys(STATUS_KINDS).join(', ')}; with a body, any from 200 to 599`)
  }
  findings.push(...responseFindings(rule, at))
  if (typeof rule.delay_ms === 'object' && rule.delay_ms.min > rule.delay_ms.max) {
    add('/delay_ms', `must have a min that is not above max, ${rule.delay_ms.max}`)
  }
  if (number !== undefined && !isPhoneNumber(toE164(number))) add('/number', 'is no number of any plan')
  if (effectOf(rule) === undefined && (rule.delay_ms ?? rule.truncate_bytes) === undefined) {
    add('', 'does nothing: give an outcome, a status, a fault, delay_ms or truncate_bytes')
  }
  return findings
}

/** Headers that belong to the connection (RFC 9110, 7.6.1), or say how long the body is. */
const CONNECTION_HEADERS = [
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade'
]

/** Statuses whose responses have no body (RFC 9110, 6.4.1). */
const WITHOUT_BODY = [204, 205, 304]

/** Finds what is wrong with a response of one's own. */
function responseFindings({ outcome, fault, status, body, headers = {} }: NewFaultRule, at: string): Finding[] {
  const findings: Finding[] = []
  const add = (field: string, message: string) => findings.push({ at: at + field, message })
  if (body !== undefined) {
    if (status === undefined) add('/status', 'must be there, from 200 to 599: a body needs it')
    else if (status < 200 || status > 599 || WITHOUT_BODY.includes(status)) {
      add('/status', `must be from 200 to 599 with a body, and none of ${WITHOUT_BODY.join(', ')}`)
    }
    if (outcome !== undefined || fault !== undefined) add('/body', 'must not stand beside an outcome or a fault')
    const problem = bodyProblem(body)
    if (problem !== undefined) add('/body', problem)
  }
  const names = Object.keys(headers)
  if (names.length > 0 && outcome === undefined && status === undefined) {
    add('/headers', 'must stand beside an outcome or a status: no other fault makes a response')
  }
  for (const name of names) {
    const problem = headerProblem(name, String(headers[name]))
    if (problem !== undefined) add(`/headers/${escapePointer(name)}`, problem)
  }
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
    add('/headers', 'must name each header once, whatever its case')
  }
  return findings
}

function bodyProblem(body: JsonValue): string | undefined {
  try {
    rejectDeep(body, DEEPEST_DOCUMENT)
  } catch (error) {
    return (error as SyntaxError).message
  }
  const bytes = Buffer.byteLength(typeof body === 'string' ? body : JSON.stringify(body))
  return bytes > MAX_OWN_BODY_BYTES ? `must have at most ${MAX_OWN_BODY_BYTES} bytes, and has ${bytes}` : undefined
}

function headerProblem(name: string, value: string): string | undefined {
  const known = name.toLowerCase()
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(name)) return 'is no name of a header (RFC 9110, 5.1)'
  if (CONNECTION_HEADERS.includes(known)) return 'belongs to the connection; a rule cannot set it'
  if (known.startsWith('x-emulator')) return 'is one of the emulator; a rule cannot set it'
  if (!/^[\t\x20-\x7e]*$/.test(value)) return 'must be printable ASCII in one line'
  return undefined
}

function outcomeFindings(operation: string | undefined, outcome: string, at: string): Finding[] {
  if (operation === undefined || !isOperation(operation)) {
    return [{ at: `${at}/operation`, message: 'must say which operation the outcome belongs to' }]
  }
  if (outcomeNamed(operation, outcome) !== undefined) return []
  const message = `is no outcome of ${operation}; ${suggest(outcome, outcomeNames(operation))}`
  return [{ at: `${at}/outcome`, message }]
}

/** Completes a rule: it gets a name, and its number is written in E.164. */
export function completeRule(rule: NewFaultRule): FaultRule {
  const { number, delay_ms } = rule
  return {
    ...rule,
    ...(number === undefined ? {} : { number: toE164(number) }),
    name: rule.name ?? effectOf(rule) ?? (delay_ms === undefined ? 'truncated' : 'delayed')
  }
}

function effectOf({ outcome, fault, status }: NewFaultRule): string | undefined {
  return outcome ?? fault ?? (status === undefined ? undefined : `status ${status}`)
}
