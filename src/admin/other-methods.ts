import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../api/app-type.js'
import { collectMethods } from '../api/not-found.js'
import { AdminProblem } from './problems.js'
import { pathOf } from '../text/url.js'

/** Methods that a path of the admin API answers, be it with 405. */
const ADMIN_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Collects the methods of the routes that are registered after this. Returns how to answer all other methods of their paths with 405. */
export function collectOtherMethods(admin: App): () => void {
  const table = collectMethods(admin)
  return () => {
    for (const [url, own] of [...table]) refuseOthers(admin, url, new Set(own))
  }
}

/** Answers before the body is read: it is for another call. */
function refuseOthers(admin: App, url: string, own: ReadonlySet<string>): void {
  const allowed = ADMIN_METHODS.filter((method) => own.has(method) || (method === 'HEAD' && own.has('GET'))).join(', ')
  const refuse = (request: FastifyRequest, reply: FastifyReply): never => {
    reply.header('allow', allowed)
    const path = pathOf(request.url)
    throw new AdminProblem(405, 'invalid_method', `${path} takes ${allowed}, and no other method`)
  }
  admin.route({
    url,
    method: ADMIN_METHODS.filter((method) => !allowed.split(', ').includes(method)),
    exposeHeadRoute: false,
    schema: { hide: true },
    onRequest: refuse,
    handler: refuse
  })
}
