import type { FastifyReply, FastifyRequest } from 'fastify'
import { outcomeOf } from '../contract/outcomes.js'
import type { NewEntry } from '../journal/journal-entry.js'
import { contextOf, type RequestContext } from './context.js'

/** The status of what was never answered. */
const NO_ANSWER = 0

/** A request and its answer, as far as the context does not know them. */
export type Ended = Pick<NewEntry, 'sender' | 'url' | 'course' | 'answer' | 'changes'>

/**
 * Enters a request and its answer into the journal of its sandbox, before the answer goes or after the connection has been
 * taken away. Everything is kept as it is; readers cover secrets.
 */
export function recordRequest(request: FastifyRequest, reply: FastifyReply): void {
  const context = contextOf(request)
  const { outer, reached = context } = context
  if (outer !== undefined) {
    // The client has sent another one, which is entered when it is answered.
    outer.reached = reached
    return
  }
  const { method, url, ip, raw } = request
  const { operation, kind, fault, changes, warnings } = reached
  const isAnswered = !reply.sent
  const isOver = isAnswered || kind !== undefined
  record(context, {
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
    answer: context.answer,
    changes
  })
}

/** Enters how an context has ended. */
export function record({ sandbox, bodyText }: RequestContext, { sender, url, course, answer, changes }: Ended): void {
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
