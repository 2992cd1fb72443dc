import type { FastifyReply, FastifyRequest } from 'fastify'
import { first, type Query } from '../operations/search-query.js'
import type { App } from './app-type.js'
import { sentToken } from './auth.js'
import type { Envelope } from './exchange.js'
import { relay, type Relayed } from './relay.js'

const VERBS = ['GET', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * A POST that names another verb is handled as that one and answered 200 (reference implementation): for clients behind
 * proxies that let nothing else through. Returns undefined where there is nothing to tunnel.
 */
export function tunnelled(app: App, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> | undefined {
  if (request.method !== 'POST') return undefined
  const { verb: beside, data, ...envelope } = request.body as Envelope
  const { verb: within, ...fields } = data
  const named = [beside, within, first(request.query as Query, 'verb')].find((verb) => typeof verb === 'string')
  const method: Relayed['method'] | undefined = VERBS.find((verb) => verb === String(named).toUpperCase())
  if (method === undefined) return undefined
  return relay(app, request, reply, {
    method,
    url: request.url,
    body: { ...envelope, data: fields },
    // A GET is sent on without its body, which may be where the token was.
    token: sentToken(request, request.body as Envelope),
    status: 200
  })
}
