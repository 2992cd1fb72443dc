import type { FastifyReply, FastifyRequest } from 'fastify'
import { first, type Query } from '../operations/rules/search-query.js'
import type { App } from './app-type.js'
import { sentToken } from './authentication.js'
import type { Envelope } from './context.js'
import { forward, type ForwardedRequest } from './forward.js'

const VERBS = ['GET', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * A POST that names another verb is handled as that one and answered 200 (reference implementation): for clients behind
 * proxies that let nothing else through. Returns undefined where there is nothing to tunnel.
 */
export function overrideMethod(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply
): Promise<FastifyReply> | undefined {
  if (request.method !== 'POST') return undefined
  const { verb: beside, data, ...envelope } = request.body as Envelope
  const { verb: within, ...fields } = data
  const named = [beside, within, first(request.query as Query, 'verb')].find((verb) => typeof verb === 'string')
  const method: ForwardedRequest['method'] | undefined = VERBS.find((verb) => verb === String(named).toUpperCase())
  if (method === undefined) return undefined
  return forward(app, request, reply, {
    method,
    url: request.url,
    body: { ...envelope, data: fields },
    // A GET is sent on without its body, which may be where the token was.
    token: sentToken(request, request.body as Envelope),
    status: 200
  })
}
