import type { FastifyReply, FastifyRequest } from 'fastify'
import { outcomeOf } from '../contract/outcomes.js'
import type { Problem } from '../problems.js'
import type { TransportFault } from '../sandbox/fault-rule.js'
import { contextOf } from './context.js'
import { recordContract } from './contract-check.js'
import { failureText } from './envelope.js'
import { breakConnection, failureFor, sendTruncated } from './fault-responses.js'
import { isHostile, sendSlowly, shuffleKeys } from './hostile-mode.js'
import { recordRequest } from './journal-hook.js'
import { encodeLong } from '../text/long-text.js'
import { first, type Query } from '../text/url.js'

/**
 * The one way out of the API, for successes and failures: sends the text, or what a fault "after" makes of it. A promise only where
 * the fault delays it.
 */
export function sendText(request: FastifyRequest, reply: FastifyReply, text: string): void | Promise<void> {
  const { fault, sandbox } = contextOf(request)
  const send = () => {
    sendNow(request, reply, text)
  }
  if (fault?.phase !== 'after' || fault.delay_ms === undefined) {
    send()
    return
  }
  const left = new AbortController()
  reply.raw.once('close', () => {
    left.abort()
  })
  // The operation is carried out: its answer goes out even where the sandbox is dropped meanwhile.
  return sandbox.pause(fault.delay_ms, left.signal).then(send, send)
}

/**
 * Counts what a request did, writes it to the journal, and sends the text or what a fault makes of it. Clients compare the content
 * type as it stands, so Fastify must not append a charset to it.
 */
export function sendNow(request: FastifyRequest, reply: FastifyReply, text: string): void {
  const { fault } = contextOf(request)
  reply.header('content-type', 'application/json').serializer(String)
  const hasLeft = reply.raw.destroyed
  if (!hasLeft && fault?.fault === undefined) {
    sendBody(request, reply, replaceAnswer(request, reply, text))
    return
  }
  contextOf(request).answered = null
  if (hasLeft || fault?.fault === undefined) leaveUnanswered(request, reply)
  else breakOff(request, reply, fault.fault)
}

/** Breaks the connection off instead of responding. */
export function breakOff(request: FastifyRequest, reply: FastifyReply, fault: TransportFault): void {
  leaveUnanswered(request, reply)
  breakConnection(reply, fault, contextOf(request).sandbox.identifiers.next())
}

/** Counts and records a request that gets no response: a fault, or a client that has left, is in its way. */
function leaveUnanswered(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack()
  recordContract(request, reply)
  recordRequest(request, reply, '')
}

/** A text to send; one of the test's own is sent as it is. */
interface BodyToSend {
  text: string
  isOwn: boolean
}

/** Returns the answer that the fault of a request makes, with its status and headers; else the text as it is. */
function replaceAnswer(request: FastifyRequest, reply: FastifyReply, text: string): BodyToSend {
  const context = contextOf(request)
  const { fault, operation } = context
  if (fault === undefined) return { text, isOwn: false }
  const { phase, status, body, headers = {}, truncate_bytes } = fault
  if (truncate_bytes !== undefined) context.answered = null
  if (body !== undefined && status !== undefined) {
    context.answered = null
    reply.removeHeader('retry-after')
    reply
      .code(status)
      .header('content-type', typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json')
    reply.headers(headers)
    return { text: typeof body === 'string' ? body : JSON.stringify(body), isOwn: true }
  }
  const failure =
    phase === 'after' && operation !== undefined ? failureFor(fault, operation, request, context) : undefined
  if (failure !== undefined) {
    context.answered ??= outcomeOf(operation, failure.kind)?.name ?? null
    setStatus(reply, failure)
  }
  reply.headers(headers)
  return { text: failure === undefined ? text : failureText(context, failure), isOwn: false }
}

/** Gives a response the status of a failure, and the time after which the client may come back. */
export function setStatus(reply: FastifyReply, { status, retryAfter }: Problem): void {
  reply.code(status)
  if (retryAfter === undefined) reply.removeHeader('retry-after')
  else reply.header('retry-after', retryAfter)
}

function sendBody(request: FastifyRequest, reply: FastifyReply, { text, isOwn }: BodyToSend): void {
  recordContract(request, reply, text)
  const context = contextOf(request)
  const isShuffled = context.sandbox.behaviour.hostile && isHostile(context) && text !== ''
  const body = isOwn ? text : formatBody(request, isShuffled ? shuffleKeys(text, context.requestId) : text)
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
