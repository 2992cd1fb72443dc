import type { FastifyReply, FastifyRequest } from 'fastify'
import { contextOf } from './context.js'
import { recordContract } from './contract-check.js'
import { sendTruncated } from './fault-responses.js'
import { isHostile, sendSlowly, shuffleKeys } from './hostile-mode.js'
import { recordRequest } from './journal-hook.js'
import type { Query } from '../numbering/list-filters.js'
import { first } from '../operations/rules/search-query.js'
import { encodeLong } from '../text/long-text.js'

/**
 * The one way out of the API, for successes and failures: counts what the request did, writes it to the journal, and sends
 * the text. Clients compare the content type as it stands, so Fastify must not append a charset to it.
 */
export function sendText(request: FastifyRequest, reply: FastifyReply, text: string): void {
  reply.header('content-type', 'application/json').serializer(String)
  recordContract(request, reply, text)
  const context = contextOf(request)
  const isShuffled = context.sandbox.behaviour.hostile && isHostile(context) && text !== ''
  const body = formatBody(request, isShuffled ? shuffleKeys(text, context.requestId) : text)
  recordRequest(request, reply, body)
  if (context.fault?.truncate_bytes !== undefined) sendTruncated(reply, body, context.fault.truncate_bytes)
  else if (isShuffled) sendSlowly(reply, body, context.sandbox)
  else reply.send(encodeLong(body))
}

/** Sends a response that has no body: a preflight, and a failed content negotiation (reference implementation). */
export function sendNothing(request: FastifyRequest, reply: FastifyReply): void {
  recordContract(request, reply)
  recordRequest(request, reply, '')
  reply.send()
}

/** Names that a script may call: no client chooses what else runs in a page. */
const FUNCTION_NAME = /^[\w$.]{1,100}$/

const INDENT = 2

/** Formats a body as the query asks: indented (`pretty_print`), or as a script (`jsonp`), both as the reference implementation. */
function formatBody(request: FastifyRequest, payload: string): string {
  if (payload === '') return payload
  const query = request.query as Query
  const isPretty = first(query, 'pretty_print') === 'true' || request.headers['x-pretty-print'] === 'true'
  const text = isPretty ? JSON.stringify(JSON.parse(payload), null, INDENT) : payload
  const callback = first(query, 'jsonp')
  return callback !== undefined && FUNCTION_NAME.test(callback) ? `${callback}(${text});` : text
}
