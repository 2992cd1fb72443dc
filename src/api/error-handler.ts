import type { Duplex } from 'node:stream'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { VERSION } from '../package.js'
import { MAX_BODY_BYTES, Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { contextOf, requestIdOf, tokenInHeader } from './context.js'
import { allowOrigins } from './cors.js'
import { failureText } from './envelope.js'
import type { MethodTable } from './nearest-route.js'
import { methodsOf } from './not-found.js'
import { logDefect } from './request-log.js'
import { breakOff, sendNothing, sendText, setStatus } from './send.js'

/** Says how a body is refused that is larger than Fastify reads. */
type RefuseLargeBody = (request: FastifyRequest) => Problem

/** Refuses a body that is larger than the API takes. */
export const refuseLargeBody: RefuseLargeBody = (request) =>
  new Problem(contextOf(request).sandbox.behaviour.dialect.body_limit, MAX_BODY_BYTES)

/**
 * Creates the one way out for failures: every error of a request becomes an envelope here. An error that is no Problem is a
 * defect of the emulator, and is logged with its stack.
 */
export function createErrorHandler(methods: MethodTable, refuseLarge: RefuseLargeBody) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void | Promise<void> => {
    const problem = toProblem(error, () => refuseLarge(request))
    const context = contextOf(request)
    context.kind = problem.kind
    context.changes = context.sandbox.drainChanges()
    if (problem.kind === 'connection_closed') {
      breakOff(request, reply, 'EMPTY_RESPONSE')
      return
    }
    if (problem.status >= 500 && problem !== error) logDefect(request, error)
    allowOrigins(reply, methodsOf(methods, request))
    setStatus(reply, problem)
    // A failed content negotiation has no body in the reference implementation, and HEAD has none anywhere.
    if (problem.kind === 'not_acceptable') sendNothing(request, reply)
    else return sendText(request, reply, request.method === 'HEAD' ? '' : failureText(context, problem))
  }
}

function toProblem(error: unknown, refuseLarge: () => Problem): Problem {
  if (error instanceof Problem) return error
  const { code, statusCode } = error as Partial<FastifyError>
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return refuseLarge()
  return statusCode !== undefined && statusCode < 500 ? new Problem('parse_error') : new Problem('unspecified_fault')
}

/**
 * The failures of a connection by the codes of Node's HTTP parser, each with the reason phrase of its status. Node has the phrases
 * too, but an import of `node:http` loads all that it exports, WebSocket with it: a tenth of a start on Node 24.
 */
const CONNECTION_FAILURES: Readonly<Record<string, [kind: 'header_too_large' | 'request_timeout', reason: string]>> = {
  HPE_HEADER_OVERFLOW: ['header_too_large', 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'Request Timeout']
}

/** Any other failure is a request that is not HTTP. */
const NOT_HTTP = ['parse_error', 'Bad Request'] as const

/**
 * Answers, in the envelope all the same, a request that never became one: a header that is too large, a line that is not HTTP,
 * half a request after which nothing comes.
 */
export function answerBrokenRequest(sandbox: Sandbox, error: NodeJS.ErrnoException, socket: Duplex): void {
  const [kind, reason] = CONNECTION_FAILURES[String(error.code)] ?? NOT_HTTP
  const problem = new Problem(kind)
  const requestId = sandbox.identifiers.next()
  const text = failureText({ sandbox, token: '', requestId }, problem)
  // A connection that is gone already swallows this.
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${reason}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(text)}`,
      `x-emulator: ${VERSION}`,
      `x-request-id: ${requestId}`,
      'connection: close',
      '',
      text
    ].join('\r\n')
  )
}

/** Answers a path that Fastify's router cannot read: a broken percent-encoding, or a parameter beyond all measure. */
export function createFrameworkErrorHandler(sandbox: Sandbox) {
  return (error: { code: string }, request: FastifyRequest, reply: FastifyReply): void => {
    const problem = new Problem(error.code === 'FST_ERR_MAX_PARAM_LENGTH' ? 'not_found' : 'parse_error')
    const requestId = requestIdOf(request, sandbox.identifiers)
    allowOrigins(reply)
    reply.code(problem.status).headers({ 'x-emulator': VERSION, 'x-request-id': requestId }).serializer(String)
    reply.header('content-type', 'application/json')
    reply.send(failureText({ sandbox, token: tokenInHeader(request), requestId }, problem))
  }
}
