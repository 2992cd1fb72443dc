import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OperationName } from '../contract/outcomes.js'
import type { FaultRule } from '../sandbox/faults.js'
import { isObject } from '../json.js'
import { toE164 } from '../numbering/e164.js'
import { callerOf, dataOf, contextOf } from './context.js'
import { breakConnection, failureOf } from './fault-answers.js'
import { recordRequest } from './journal-hook.js'
import { numberParam } from './number-param.js'
import { preferredFault } from './prefer.js'

/**
 * Lets happen what a test has asked for, by a rule or in the request itself, before the operation begins. Returns undefined
 * where nothing was asked, so that requests without faults do not wait.
 */
export function applyFault(request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined {
  const { sandbox, operation } = contextOf(request)
  if (operation === undefined) return undefined
  const written = numbersOf(request)
  const preferred = preferredFault(request.headers.prefer, operation)
  const rule =
    preferred ?? sandbox.faults.match({ operation, numbers: written.map(toE164), account: callerOf(request).path })
  return rule === undefined ? undefined : carryOut(request, reply, operation, rule, written)
}

async function carryOut(
  request: FastifyRequest,
  reply: FastifyReply,
  operation: OperationName,
  rule: FaultRule,
  numbers: readonly string[]
): Promise<void> {
  const context = contextOf(request)
  context.fault = rule
  reply.header('x-emulator-fault', rule.name)
  if (rule.delay_ms !== undefined) await context.sandbox.pause(rule.delay_ms)
  if (rule.fault !== undefined) {
    breakConnection(reply, rule.fault, context.sandbox.identifiers.next())
    recordRequest(request, reply)
    return
  }
  const { e911 } = dataOf(request)
  const address = isObject(e911) ? e911 : {}
  const failure = failureOf(rule, operation, context.sandbox.behaviour.dialect, {
    numbers,
    account: callerOf(request).path,
    address
  })
  if (failure !== undefined) throw failure
}

/** The numbers that a request names, as it wrote them. */
function numbersOf(request: FastifyRequest): string[] {
  const { phone_number } = request.params as { phone_number?: string }
  if (phone_number !== undefined) return [numberParam(request)]
  const { numbers, id } = dataOf(request)
  if (Array.isArray(numbers)) return numbers.filter((number) => typeof number === 'string')
  return typeof id === 'string' ? [id] : []
}
