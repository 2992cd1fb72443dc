import type { FastifyReply, FastifyRequest } from 'fastify'
import { outcomeOf } from '../contract/outcomes.js'
import { exchangeOf } from './exchange.js'

/** The status of what was never answered. */
const NO_ANSWER = 0

/**
 * Enters a request and its answer into the journal of its sandbox, before the answer goes or after the connection has been
 * taken away. Everything is kept as it is; readers cover secrets.
 */
export function enterJournal(request: FastifyRequest, reply: FastifyReply): void {
  const { sandbox, operation, kind, bodyText, answer, fault, changes, warnings } = exchangeOf(request)
  const isAnswered = !reply.sent
  const isOver = isAnswered || kind !== undefined
  const outcome = operation === undefined || !isOver ? undefined : outcomeOf(operation, kind)?.name
  sandbox.journal.add({
    sandbox: sandbox.name,
    loggedAt: Date.now(),
    method: request.method,
    url: request.url,
    clientIp: request.ip,
    headers: request.raw.headers,
    body: bodyText,
    status: isAnswered ? reply.statusCode : NO_ANSWER,
    answer,
    operation,
    outcome,
    fault: fault?.name,
    changes,
    warnings
  })
}
