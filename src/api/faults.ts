import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OperationName } from '../contract/outcomes.js'
import { magicNumber } from '../inventory/magic-numbers.js'
import type { StateChange } from '../journal/journal-entry.js'
import { toE164 } from '../numbering/e164.js'
import type { AppliedRule } from '../sandbox/fault-rule.js'
import { numbersIn, type RequestContext } from './context.js'
import { replacesOperation } from './ending.js'
import { failureFor } from './fault-responses.js'
import { readPreference } from './prefer.js'
import { sendNow } from './send.js'
import { isPurchase } from '../contract/rules.js'

/**
 * Applies the fault that a rule or the request itself asks for, before the operation begins; one of the phase "after" is left to
 * the way out (`send.ts`). Returns whether the request is over; a promise only where the fault delays it. Throws the failure that
 * the fault stands for.
 */
export function applyFault(
  request: FastifyRequest,
  reply: FastifyReply,
  context: RequestContext,
  operation: OperationName
): boolean | Promise<boolean> {
  const { sandbox } = context
  const preference = readPreference(request, operation)
  if (preference !== undefined) reply.header('preference-applied', preference.applied)
  const rule = preference?.rule ?? matchRule(request, context, operation)
  if (rule === undefined) return false
  reply.header('x-emulator-fault', rule.name)
  const { phase, delay_ms } = rule
  if (phase === 'after') {
    context.fault = rule
    return false
  }
  const respond = () => respondWith(rule, operation, request, reply, context)
  return delay_ms === undefined ? respond() : sandbox.pause(delay_ms).then(respond)
}

function matchRule(
  request: FastifyRequest,
  { sandbox, caller }: RequestContext,
  operation: OperationName
): AppliedRule | undefined {
  const numbers = numbersIn(request).map(toE164)
  return sandbox.faults.match({ operation, numbers, account: caller.path }, sandbox.identifiers)
}

function respondWith(
  rule: AppliedRule,
  operation: OperationName,
  request: FastifyRequest,
  reply: FastifyReply,
  context: RequestContext
): boolean {
  context.fault = rule
  if (replacesOperation(rule)) {
    sendNow(request, reply, '')
    return true
  }
  const failure = failureFor(rule, operation, request, context)
  if (failure !== undefined) throw failure
  return false
}

/** The fault that loses the answer to a purchase of a magic number. */
const MAGIC_LOST_ANSWER: AppliedRule = { name: 'answer_lost', phase: 'after', fault: 'EMPTY_RESPONSE' }

/** Returns the fault of a magic number that is bought, and whose answer is lost; undefined where there is none among the changes. */
export function findLostAnswer(operation: OperationName, changes: readonly StateChange[]): AppliedRule | undefined {
  if (!isPurchase(operation)) return undefined
  const isLost = changes.some(({ e164, to }) => to === 'in_service' && magicNumber(e164)?.losesResponse === true)
  return isLost ? MAGIC_LOST_ANSWER : undefined
}
