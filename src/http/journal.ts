import type { FastifyReply, FastifyRequest } from 'fastify'
import { outcomeOf } from '../contract/outcomes.js'
import type { Again } from '../journal-entry.js'
import { exchangeOf, type Exchange } from './exchange.js'

/** The status of what was never answered. */
const NO_ANSWER = 0

/** A request as it came over the wire. */
export interface Wire {
  method: string
  /** Path and query, without what names the sandbox. */
  url: string
  ip: string
  /** As JSON. */
  headers: string
}

/** How it was answered. */
export interface Ending {
  status: number
  /** Name of the outcome; undefined where there is none for it, or where this was not the operation's end. */
  outcome: string | undefined
  /** The body. */
  answer: string | Again
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
  enter(
    exchange,
    { method, url, ip, headers: JSON.stringify(raw.headers) },
    {
      status: isAnswered ? reply.statusCode : NO_ANSWER,
      outcome: isOver ? outcomeOf(reached.operation, reached.kind)?.name : undefined,
      answer: exchange.answer
    }
  )
}

/** Enters what came over `wire` and how it was answered. */
export function enter(exchange: Exchange, wire: Wire, { status, outcome, answer }: Ending): void {
  const { sandbox, bodyText, reached = exchange } = exchange
  const { operation, fault, changes, warnings } = reached
  sandbox.journal.add({
    sandbox: sandbox.name,
    loggedAt: Date.now(),
    method: wire.method,
    url: wire.url,
    headers: wire.headers,
    body: bodyText,
    clientIp: wire.ip,
    status,
    answer,
    operation,
    outcome,
    fault: fault?.name,
    changes,
    warnings
  })
}
