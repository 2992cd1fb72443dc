import type { FaultRule, NewFaultRule } from '../sandbox/faults.js'
import { STATUS_KINDS } from '../problems.js'
import { isPhoneNumber, toE164 } from '../numbering/e164.js'
import type { Finding } from '../state/schema-findings.js'
import { suggest } from '../text/nearest.js'
import { isOperation, OPERATION_NAMES, outcomeNamed, outcomeNames } from './outcomes.js'

/** Finds the parts of a rule that name something unknown, and a rule without an effect. `at` is a JSON pointer to the rule. */
export function ruleFindings(rule: NewFaultRule, at: string): Finding[] {
  const { operation, outcome, status, number } = rule
  const findings: Finding[] = []
  const add = (field: string, message: string) => findings.push({ at: at + field, message })
  if (operation !== undefined && !isOperation(operation)) {
    add('/operation', `is no operation; ${suggest(operation, OPERATION_NAMES)}`)
  } else if (outcome !== undefined) findings.push(...outcomeFindings(operation, outcome, at))
  if (status !== undefined && STATUS_KINDS[status] === undefined) {
    add('/status', `must be one of ${Object.keys(STATUS_KINDS).join(', ')}`)
  }
  if (number !== undefined && !isPhoneNumber(toE164(number))) add('/number', 'is no number of any plan')
  if (effectOf(rule) === undefined && (rule.delay_ms ?? rule.truncate_bytes) === undefined) {
    add('', 'does nothing: give an outcome, a status, a fault, delay_ms or truncate_bytes')
  }
  return findings
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
