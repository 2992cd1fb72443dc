import { escapePointer, rejectDeep, type JsonValue } from '../json.js'
import { DEEPEST_DOCUMENT } from '../numbering/public-fields.js'
import { MAX_OWN_BODY_BYTES, type FaultRule, type NewFaultRule } from '../sandbox/fault-rule.js'
import { STATUS_KINDS } from '../problems.js'
import { numberProblem, toE164 } from '../numbering/e164.js'
import type { Finding } from '../findings/finding.js'
import type { Part } from '../findings/part.js'
import { suggest } from '../text/nearest.js'
import { isOperation, operationProblem, OPERATIONS, outcomeNamed, outcomeNames } from './outcomes.js'

/** Finds the parts of a rule that name something unknown or do not go together, and a rule without an effect. */
export function ruleFindings(rule: Part<NewFaultRule>): Finding[] {
  return [
    ...rule.check('/operation', ['operation'], ({ operation }) => operationProblem(operation)),
    ...rule.check('/operation', ['operation', 'outcome'], ({ operation, outcome }) =>
      outcome !== undefined && operation === undefined ? 'must say which operation the outcome belongs to' : undefined
    ),
    ...rule.check('/outcome', ['operation', 'outcome'], outcomeProblem),
    ...rule.check('/status', ['status', 'body'], statusProblem),
    ...responseFindings(rule),
    ...rule.check('/delay_ms', ['delay_ms'], ({ delay_ms }) =>
      typeof delay_ms === 'object' && delay_ms.min > delay_ms.max
        ? `must have a min that is not above max, ${delay_ms.max}`
        : undefined
    ),
    ...rule.check('/number', ['number'], ({ number }) => numberProblem(number)),
    ...rule.check('/number', ['operation', 'number'], missedNumberProblem),
    ...rule.check(
      '',
      ['outcome', 'fault', 'status', 'delay_ms', 'truncate_bytes'],
      ({ delay_ms, truncate_bytes, ...effects }) =>
        (effectOf(effects) ?? delay_ms ?? truncate_bytes) === undefined
          ? 'does nothing: give an outcome, a status, a fault, delay_ms or truncate_bytes'
          : undefined
    )
  ]
}

function outcomeProblem({ operation, outcome }: Pick<NewFaultRule, 'operation' | 'outcome'>): string | undefined {
  if (operation === undefined || outcome === undefined || !isOperation(operation)) return undefined
  if (outcomeNamed(operation, outcome) !== undefined) return undefined
  return `is no outcome of ${operation}; ${suggest(outcome, outcomeNames(operation))}`
}

/** A rule for a number would wait for ever for a request of an operation that names none. */
function missedNumberProblem({ operation, number }: Pick<NewFaultRule, 'operation' | 'number'>): string | undefined {
  if (operation === undefined || number === undefined || !isOperation(operation)) return undefined
  return OPERATIONS[operation].namesNumbers ? undefined : `must be left out: no request of ${operation} names a number`
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

function statusProblem({ status, body }: Pick<NewFaultRule, 'status' | 'body'>): string | undefined {
  if (body === undefined) {
    if (status === undefined || STATUS_KINDS[status] !== undefined) return undefined
    return `must be one of ${Object.keys(STATUS_KINDS).join(', ')}; with a body, any from 200 to 599`
  }
  if (status === undefined) return 'must be there, from 200 to 599: a body needs it'
  if (status >= 200 && status <= 599 && !WITHOUT_BODY.includes(status)) return undefined
  return `must be from 200 to 599 with a body, and none of ${WITHOUT_BODY.join(', ')}`
}

/** Finds what is wrong with a response of one's own. */
function responseFindings(rule: Part<NewFaultRule>): Finding[] {
  const headers = rule.field('headers')
  const names = headers.entries().map(([name]) => name)
  return [
    ...rule.check('/body', ['outcome', 'fault', 'body'], ({ outcome, fault, body }) =>
      body !== undefined && (outcome ?? fault) !== undefined ? 'must not stand beside an outcome or a fault' : undefined
    ),
    ...rule.check('/body', ['body'], ({ body }) => (body === undefined ? undefined : bodyProblem(body))),
    ...rule.check('/headers', ['outcome', 'status'], ({ outcome, status }) =>
      names.length > 0 && outcome === undefined && status === undefined
        ? 'must stand beside an outcome or a status: no other fault makes a response'
        : undefined
    ),
    ...names.flatMap((name) =>
      headers.check(`/${escapePointer(name)}`, [name], ({ [name]: value = '' }) => headerProblem(name, value))
    ),
    ...(new Set(names.map((name) => name.toLowerCase())).size < names.length
      ? [{ at: headers.at, message: 'must name each header once, whatever its case' }]
      : [])
  ]
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
