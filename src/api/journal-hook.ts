import type { FastifyReply, FastifyRequest } from 'fastify'
import { keepBody, sizeOf, type JournalEntry } from '../journal/journal-entry.js'
import { contextOf, type RequestContext } from './context.js'
import { describeEnding, NO_STATUS } from './ending.js'

/**
 * Writes a request and its response to the journal of its sandbox, before the response goes out, so that a client that has seen
 * the response finds it there. The journal keeps everything as it is, up to a length; its readers redact secrets.
 */
export function recordRequest(request: FastifyRequest, reply: FastifyReply, responseBody: string): void {
  const { parent, forwarded = contextOf(request) } = contextOf(request)
  // The client has sent another request, which is recorded when it is over.
  if (parent !== undefined) parent.forwarded = forwarded
  else addEntry(request, reply, responseBody, forwarded)
}

/** Adds a request to the journal; `forwarded` is the context of the last request that was made of it, else its own. */
export function addEntry(
  request: FastifyRequest,
  reply: FastifyReply,
  responseBody: string,
  forwarded: RequestContext
): JournalEntry {
  const context = contextOf(request)
  const { sandbox } = context
  const { operation, changes, warnings, hint } = forwarded
  const { outcome, fault, faultPhase, answered } = describeEnding(forwarded)
  const isAnswered = !reply.sent
  const { url } = request
  const { headers } = request.raw
  const requestBody = keepBody(context.requestBody)
  const keptResponse = keepBody(responseBody)
  const entry: JournalEntry = {
    id: sandbox.journal.nextId(),
    sandbox: sandbox.name,
    loggedAt: Date.now(),
    clientIp: request.ip,
    headers,
    method: request.method,
    url,
    requestBody,
    isUtf8: context.isUtf8,
    status: isAnswered ? reply.statusCode : NO_STATUS,
    operation,
    outcome,
    fault,
    faultPhase,
    answered,
    warnings: warnings === undefined ? [] : [...warnings.keys()],
    responseHeaders: isAnswered ? reply.getHeaders() : {},
    responseBody: keptResponse,
    durationMs: reply.elapsedTime,
    changes,
    hint,
    bytes: sizeOf({ url, headers, requestBody, responseBody: keptResponse, changes })
  }
  sandbox.journal.add(entry)
  return entry
}
