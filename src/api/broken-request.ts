import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { VERSION } from '../package.js'
import { tokenInHeader } from './authentication.js'
import { allowOrigins } from './cors.js'
import { failureText } from './envelope.js'
import { requestIdOf } from './request-id.js'

/** Answers what never became a request, in the envelope all the same: a header too large, a line that is not HTTP. */
export function answerBrokenRequest(sandbox: Sandbox, error: NodeJS.ErrnoException, socket: Duplex): void {
  const problem = new Problem(error.code === 'HPE_HEADER_OVERFLOW' ? 'header_too_large' : 'parse_error')
  const requestId = sandbox.identifiers.next()
  const text = failureText({ sandbox, token: '', requestId }, problem)
  // A connection that is gone already swallows this.
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${String(STATUS_CODES[problem.status])}`,
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

/** Answers what the router cannot read: a path with a broken percent-encoding, or a parameter beyond all measure. */
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
