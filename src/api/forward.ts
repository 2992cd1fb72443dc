import type { FastifyReply, FastifyRequest } from 'fastify'
import type { JsonObject } from '../json.js'
import { Problem } from '../problems.js'
import type { App } from './app-type.js'
import { contextOf, type RequestContext } from './context.js'

export interface ForwardedRequest {
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  url: string
  body: JsonObject
  /** Sent in the header, if there is one. */
  token?: string
  /** Answered in the place of a success's own status. */
  status?: number
}

/** The header by which a request that was made of another one finds that one. */
const OUTER_HEADER = 'x-emulator-outer'
const DECORATOR = 'relays'

/** The requests that others have just been made of, until these come in: nothing from outside comes in between. */
class Relays {
  readonly #outers = new Map<string, RequestContext>()
  #made = 0

  /** Keeps an context. Returns under which name. */
  keep(outer: RequestContext): string {
    this.#made++
    const name = String(this.#made)
    this.#outers.set(name, outer)
    return name
  }

  take(name: string): RequestContext | undefined {
    const outer = this.#outers.get(name)
    this.#outers.delete(name)
    return outer
  }
}

/** Makes `relay` possible for the routes of an app. */
export function prepareRelays(app: App): void {
  app.decorate(DECORATOR, new Relays())
}

/** The context of the request that this one was made of, if it was. */
export function outerOf({ headers, server }: FastifyRequest): RequestContext | undefined {
  const name = headers[OUTER_HEADER]
  return name === undefined ? undefined : server.getDecorator<Relays>(DECORATOR).take(String(name))
}

/** Parts of a query that have done their work, or do it to the answer as a whole. */
const OUTER = /(?<=[?&])(?:verb|jsonp|pretty_print)=[^&]*&?/g

/** Answers a request with the answer of another one, which goes through the server as if the client had sent it. */
export async function forward(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  to: ForwardedRequest
): Promise<FastifyReply> {
  const context = contextOf(request)
  context.isRelayed = true
  const {
    'content-length': _length,
    'transfer-encoding': _encoding,
    connection: _connection,
    'x-pretty-print': _pretty,
    ...headers
  } = request.headers
  if (to.token !== undefined && to.token !== '') headers['x-auth-token'] = to.token
  headers[OUTER_HEADER] = app.getDecorator<Relays>(DECORATOR).keep(context)
  const url = to.url.replace(OUTER, '')
  const answer = await app
    .inject({ method: to.method, url, headers, payload: JSON.stringify(to.body) })
    .catch(() => Promise.reject(new Problem('connection_closed')))
  const { 'content-length': _, ...answered } = answer.headers
  const isSuccess = answer.statusCode < 300
  reply.code(isSuccess ? (to.status ?? answer.statusCode) : answer.statusCode).headers(answered)
  return reply.serializer(String).send(answer.payload)
}
