import type { FastifyReply, FastifyRequest } from 'fastify'
import { contextOf } from './context.js'
import { recordContract } from './contract-check.js'
import { sendTruncated } from './fault-responses.js'
import { isHostile, sendSlowly, shuffleKeys } from './hostile-mode.js'
import { recordRequest } from './journal-hook.js'
import { formatBody } from './output-format.js'

/**
 * The one way out of the API, for successes and failures: counts what the request did, writes it to the journal, and sends
 * the text. Clients compare the content type as it stands, so Fastify must not append a charset to it.
 */
export function sendText(request: FastifyRequest, reply: FastifyReply, text: string): void {
  reply.header('content-type', 'application/json').serializer(String)
  recordContract(request, reply)
  const context = contextOf(request)
  const isShuffled = isHostile(context) && text !== ''
  const body = formatBody(request, isShuffled ? shuffleKeys(text, context.requestId) : text)
  recordRequest(request, reply, body)
  if (context.fault?.truncate_bytes !== undefined) sendTruncated(reply, body, context.fault.truncate_bytes)
  else if (isShuffled) sendSlowly(reply, body, context.sandbox)
  else reply.send(body)
}

/** Sends a response that has no body: a preflight, and a failed content negotiation (reference implementation). */
export function sendNothing(request: FastifyRequest, reply: FastifyReply): void {
  recordContract(request, reply)
  recordRequest(request, reply, '')
  reply.send()
}
