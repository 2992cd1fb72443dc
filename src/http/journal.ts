import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { outcomeOf } from '../contract/outcomes.js'
import { exchangeOf, type Exchange } from './exchange.js'

/** The status of what was never answered. */
const NO_ANSWER = 0

/** A request as it came over the wire. */
export interface Wire {
  method: string
  /** Path and query, without what names the sandbox. */
  url: string
  ip: string
  headers: IncomingHttpHeaders
}

/**
 * Enters a request and its answer into the journal of its sandbox, before the answer goes or after the connection has been
 * taken away. Everything is kept as it is; readers cover secrets.
 */
export function enterJournal(request: FastifyRequest, reply: FastifyReply): void {
  const exchange = exchangeOf(request)
  const { outer, reached = exchange } = exchange
  if (outer !== undefined) {
    // The client has sent another one, which is entered when it is answered.
    outer.reached = reached
    return
  }
  const { method, url, ip, raw } = request
  const isAnswered = !reply.sent
  const isOver = isAnswered || reached.kind !== undefined
  enter(exchange, { method, url, ip, headers: raw.headers }, isAnswered ? reply.statusCode : NO_ANSWER, isOver)
}

/** Enters what came over `wire` and was answered with `status`; `isOver` says whether that was the operation's end. */
export function enter(exchange: Exchange, wire: Wire, status: number, isOver: boolean): void {
  const { sandbox, bodyText, answer, reached = exchange } = exchange
  const { operation, kind, fault, changes, warnings } = reached
  sandbox.journal.add({
    id: sandbox.journal.nextId(),
    sandbox: sandbox.name,
    loggedAt: Date.now(),
    method: wire.method,
    url: wire.url,
    clientIp: wire.ip,
    status,
    texts: sandbox.journal.keep({ headers: wire.headers, body: bodyText, answer }),
    operation,
    outcome: isOver ? outcomeOf(operation, kind)?.name : undefined,
    fault: fault?.name,
    changes,
    warnings
  })
}
