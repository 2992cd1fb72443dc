import { Type, type Static } from '@sinclair/typebox'
import { TRANSPORT_FAULTS, type FaultRule } from '../sandbox/faults.js'
import { STATUS_KINDS } from '../problems.js'
import { isPhoneNumber, toE164 } from '../numbering/e164.js'
import type { Finding } from '../state/schema-findings.js'
import { nearest } from '../settings.js'
import { isOperation, OPERATION_NAMES, outcomeNamed, outcomeNames } from './outcomes.js'

/** A rule about what goes wrong on purpose, as it is written. */
export const WRITTEN_RULE = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100, pattern: '^[\\x20-\\x7e]+$' })),
    operation: Type.Optional(Type.String()),
    number: Type.Optional(Type.String()),
    account: Type.Optional(Type.String()),
    outcome: Type.Optional(Type.String()),
    status: Type.Optional(Type.Integer()),
    fault: Type.Optional(Type.Unsafe<(typeof TRANSPORT_FAULTS)[number]>({ type: 'string', enum: TRANSPORT_FAULTS })),
    delay_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
    truncate_bytes: Type.Optional(Type.Integer({ minimum: 0 })),
    times: Type.Optional(Type.Integer({ minimum: 1 }))
  },
  { additionalProperties: false }
)
export type WrittenRule = Static<typeof WRITTEN_RULE>

/** What a rule names that does not exist, and whether it does anything. `at` is where it stands. */
export function ruleFindings(rule: WrittenRule, at: string): Finding[] {
  const { operation, outcome, status, number } = rule
  const findings: Finding[] = []
  const find = (field: string, message: string) => findings.push({ at: at + field, message })
  if (operation !== undefined && !isOperation(operation)) {
    find('/operation', `is no operation; did you mean ${nearest(operation, OPERATION_NAMES)}?`)
  } else if (outcome !== undefined) findings.push(...outcomeFindings(operation, outcome, at))
  if (status !== undefined && STATUS_KINDS[status] === undefined) {
    find('/status', `must be one of ${Object.keys(STATUS_KINDS).join(', ')}`)
  }
  if (number !== undefined && !isPhoneNumber(toE164(number))) find('/number', 'is no number of any plan')
  if (effectOf(rule) === undefined && (rule.delay_ms ?? rule.truncate_bytes) === undefined) {
    find('', 'does nothing: give an outcome, a status, a fault, delay_ms or truncate_bytes')
  }
  return findings
}

function outcomeFindings(operation: string | undefined, outcome: string, at: string): Finding[] {
  if (operation === undefined || !isOperation(operation)) {
    return [{ at: `${at}/operation`, message: 'must say which operation the outcome belongs to' }]
  }
  if (outcomeNamed(operation, outcome) !== undefined) return []
  const message = `is no outcome of ${operation}; did you mean ${nearest(outcome, outcomeNames(operation))}?`
  return [{ at: `${at}/outcome`, message }]
}

/** The rule with a name, and its number in E.164. */
export function completedRule(rule: WrittenRule): FaultRule {
  const { number, delay_ms } = rule
  return {
    ...rule,
    ...(number === undefined ? {} : { number: toE164(number) }),
    name: rule.name ?? effectOf(rule) ?? (delay_ms === undefined ? 'truncated' : 'delayed')
  }
}

function effectOf({ outcome, fault, status }: WrittenRule): string | undefined {
  return outcome ?? fault ?? (status === undefined ? undefined : `status ${status}`)
}
