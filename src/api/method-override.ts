import type { FastifyReply, FastifyRequest } from 'fastify'
import type { JsonObject } from '../json.js'
import { Problem } from '../problems.js'
import { readToken } from './authentication.js'
import { contextOf, runWithin, type Envelope } from './context.js'
import { sendNow } from './send.js'
import { first, type Query } from '../text/url.js'

const VERBS = ['GET', 'PUT', 'PATCH', 'DELETE'] as const

/** A request that is made of another one. */
export interface ForwardedRequest {
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  url: string
  body: JsonObject
  /** Goes into the header, if there is one. */
  token?: string
  /** Replaces the status of a success. */
  status?: number
}

/**
 * Handles a POST that names another verb as that one, and answers 200 (reference implementation): for clients behind proxies
 * that let nothing else through. Returns undefined where the request names no verb.
 */
export function overrideMethod(request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined {
  const body = request.body as Envelope
  const named = [body.verb, body.data.verb, first(request.query as Query, 'verb')].find(
    (verb) => typeof verb === 'string'
  )
  const method: ForwardedRequest['method'] | undefined = VERBS.find((verb) => verb === String(named).toUpperCase())
  if (method === undefined) return undefined
  // Only now: a copy of millions of items takes seconds.
  const { verb: _beside, data, ...envelope } = body
  const { verb: _within, ...fields } = data
  return forward(request, reply, {
    method,
    url: request.url,
    body: { ...envelope, data: fields },
    // A forwarded GET has no body, which may be where the token was.
    token: readToken(request, body),
    status: 200
  })
}

/** Query keys that the outer request has used, or that change the response as a whole. */
const OUTER_KEYS = /(?<=[?&])(?:verb|jsonp|pretty_print)=[^&]*&?/g

/** Answers a request with the response of another one, which goes through the whole app as if the client had sent it. */
export async function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  { method, url, body, token, status }: ForwardedRequest
): Promise<void> {
  const context = contextOf(request)
  context.isForwarded = true
  const {
    'content-length': _length,
    'transfer-encoding': _encoding,
    connection: _connection,
    'x-pretty-print': _pretty,
    ...headers
  } = request.headers
  if (token !== undefined && token !== '') headers['x-auth-token'] = token
  const injection = { method, url: url.replace(OUTER_KEYS, ''), headers, payload: JSON.stringify(body) }
  const response = await runWithin(request, () =>
    request.server.inject(injection).catch(() => Promise.reject(new Problem('connection_closed')))
  )
  // The length and the connection are those of this response.
  const { 'content-length': _, connection: _own, ...answered } = response.headers
  const isSuccess = response.statusCode < 300
  reply.code(isSuccess ? (status ?? response.statusCode) : response.statusCode).headers(answered)
  sendNow(request, reply, response.payload)
}
