import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problems.js'
import { allowOrigins } from './cors.js'
import { failureText } from './envelope.js'
import { contextOf } from './context.js'
import { closeConnection } from './fault-answers.js'
import { recordRequest } from './journal-hook.js'
import { LARGEST_BODY } from '../limits.js'
import { methodsOf, type MethodTable } from './methods.js'

/**
 * The one way out for a failure: whatever is thrown on the way of a request becomes an envelope here. What is no Problem is
 * a defect of ours and is logged with its stack. `onClosed` hears of requests that get no answer.
 */
export function createProblemHandler(
  methods: MethodTable,
  onClosed: (request: FastifyRequest, reply: FastifyReply) => void
) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = problemOf(error, request)
    const context = contextOf(request)
    context.kind = problem.kind
    context.changes = context.sandbox.takeChanges()
    if (problem.kind === 'connection_closed') {
      onClosed(request, reply)
      closeConnection(reply)
      recordRequest(request, reply)
      return reply
    }
    if (problem.status >= 500 && problem !== error) request.log.error(error)
    allowOrigins(reply, methodsOf(methods, request))
    if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter)
    reply.code(problem.status)
    // Failures of content negotiation have no body in the reference, and HEAD has none anywhere.
    if (problem.kind === 'not_acceptable') return reply.send()
    return reply
      .header('content-type', 'application/json')
      .send(request.method === 'HEAD' ? '' : failureText(context, problem))
  }
}

function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error
  const { code, statusCode } = error as Partial<FastifyError>
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new Problem(contextOf(request).sandbox.behaviour.dialect.body_limit, LARGEST_BODY)
  }
  return statusCode !== undefined && statusCode < 500 ? new Problem('parse_error') : new Problem('unspecified_fault')
}
