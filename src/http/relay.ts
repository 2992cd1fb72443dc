import type { FastifyReply, FastifyRequest } from 'fastify'
import type { JsonObject } from '../json.js'
import { Problem } from '../problems.js'
import type { App } from './app-type.js'
import { exchangeOf } from './exchange.js'

export interface Relayed {
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  url: string
  body: JsonObject
  /** Sent in the header, if there is one. */
  token?: string
  /** Answered in the place of a success's own status. */
  status?: number
}

/** Parts of a query that have done their work, or do it to the answer as a whole. */
const OUTER = /(?<=[?&])(?:verb|jsonp|pretty_print)=[^&]*&?/g

/** Answers a request with the answer of another one, which goes through the server as if the client had sent it. */
export async function relay(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  to: Relayed
): Promise<FastifyReply> {
  exchangeOf(request).isRelayed = true
  const {
    'content-length': _length,
    'transfer-encoding': _encoding,
    connection: _connection,
    'x-pretty-print': _pretty,
    ...headers
  } = request.headers
  if (to.token !== undefined && to.token !== '') headers['x-auth-token'] = to.token
  const url = to.url.replace(OUTER, '')
  const answer = await app
    .inject({ method: to.method, url, headers, payload: JSON.stringify(to.body) })
    .catch(() => Promise.reject(new Problem('connection_closed')))
  const { 'content-length': _, ...answered } = answer.headers
  const isSuccess = answer.statusCode < 300
  reply.code(isSuccess ? (to.status ?? answer.statusCode) : answer.statusCode).headers(answered)
  return reply.serializer(String).send(answer.payload)
}
