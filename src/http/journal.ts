import type { FastifyReply, FastifyRequest } from 'fastify'
import { outcomeOf } from '../contract/outcomes.js'
import type { Entered } from '../journal-entry.js'
import { exchangeOf, type Exchange } from './exchange.js'

/** The status of what was never answered. */
const NO_ANSWER = 0

/** A request and its answer, as far as the exchange does not know them. */
export type Ended = Pick<Entered, 'sender' | 'url' | 'course' | 'answer' | 'changes'>

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
  const { operation, kind, fault, changes, warnings } = reached
  const isAnswered = !reply.sent
  const isOver = isAnswered || kind !== undefined
  enter(exchange, {
    sender: { ip, headers: JSON.stringify(raw.headers) },
    url,
    course: {
      method,
      status: isAnswered ? reply.statusCode : NO_ANSWER,
      operation,
      outcome: isOver ? outcomeOf(operation, kind)?.name : undefined,
      fault: fault?.name,
      warnings
    },
    answer: exchange.answer,
    changes
  })
}

/** Enters how an exchange has ended. */
export function enter({ sandbox, bodyText }: Exchange, { sender, url, course, answer, changes }: Ended): void {
  sandbox.journal.add({
    sandbox: sandbox.name,
    loggedAt: Date.now(),
    sender,
    url,
    body: bodyText,
    course,
    answer,
    changes
  })
}
