import type { FastifyReply, FastifyRequest } from 'fastify'
import { keepBody } from '../journal/journal-entry.js'
import { contextOf } from './context.js'
import { describeEnding } from './ending.js'

/** The status of a request that gets no response. */
const NO_STATUS = 0

/**
 * Writes a request and its response to the journal of its sandbox, before the response goes out, so that a client that has seen
 * the response finds it there. The journal keeps everything as it is, up to a length; its readers redact secrets.
 */
export function recordRequest(request: FastifyRequest, reply: FastifyReply, responseBody: string): void {
  const context = contextOf(request)
  const { parent, forwarded = context } = context
  if (parent !== undefined) {
    // The client has sent another request, which is recorded when it is over.
    parent.forwarded = forwarded
    return
  }
  const { sandbox, requestBody } = context
  const { operation, changes, warnings, hint } = forwarded
  const isAnswered = !reply.sent
  sandbox.journal.add({
    id: sandbox.journal.nextId(),
    sandbox: sandbox.name,
    loggedAt: Date.now(),
    clientIp: request.ip,
    headers: request.raw.headers,
    method: request.method,
    url: request.url,
    requestBody: keepBody(requestBody),
    isUtf8: context.isUtf8,
    status: isAnswered ? reply.statusCode : NO_STATUS,
    operation,
    ...describeEnding(forwarded),
    warnings: warnings === undefined ? [] : [...warnings.keys()],
    responseHeaders: isAnswered ? reply.getHeaders() : {},
    responseBody: keepBody(responseBody),
    durationMs: reply.elapsedTime,
    changes,
    hint
  })
}
