import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OperationName } from '../contract/outcomes.js'
import { isObject } from '../json.js'
import { toE164 } from '../numbering/e164.js'
import type { FaultRule } from '../sandbox/faults.js'
import { dataOf, numbersIn, type RequestContext } from './context.js'
import { breakConnection, failureFor } from './fault-responses.js'
import { recordRequest } from './journal-hook.js'
import { readPreference } from './prefer.js'

/**
 * Applies the fault that a rule or the request itself asks for, before the operation begins. Returns whether the request is
 * over; a promise only where the fault delays it. Throws the failure that the fault stands for.
 */
export function applyFault(
  request: FastifyRequest,
  reply: FastifyReply,
  context: RequestContext,
  operation: OperationName
): boolean | Promise<boolean> {
  const { sandbox } = context
  const numbers = numbersIn(request)
  const preference = readPreference(request.headers.prefer, operation)
  if (preference !== undefined) reply.header('preference-applied', preference.applied)
  const rule =
    preference?.rule ?? sandbox.faults.match({ operation, numbers: numbers.map(toE164), account: context.caller.path })
  if (rule === undefined) return false
  context.fault = rule
  reply.header('x-emulator-fault', rule.name)
  const respond = () => respondWith(rule, operation, numbers, request, reply, context)
  return rule.delay_ms === undefined ? respond() : sandbox.pause(rule.delay_ms).then(respond)
}

function respondWith(
  rule: FaultRule,
  operation: OperationName,
  numbers: readonly string[],
  request: FastifyRequest,
  reply: FastifyReply,
  { sandbox, caller }: RequestContext
): boolean {
  if (rule.fault !== undefined) {
    reply.hijack()
    recordRequest(request, reply, '')
    breakConnection(reply, rule.fault, sandbox.identifiers.next())
    return true
  }
  const { e911 } = dataOf(request)
  const address = isObject(e911) ? e911 : {}
  const failure = failureFor(rule, operation, sandbox.behaviour.dialect, { numbers, account: caller.path, address })
  if (failure !== undefined) throw failure
  return false
}
