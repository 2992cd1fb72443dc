import swagger from '@fastify/swagger'
import Fastify, { type RouteOptions } from 'fastify'
import type { RoutePaths } from './api.js'

/** A route of the app as it was registered. */
export type CollectedRoute = Pick<RouteOptions, 'method' | 'url' | 'handler'> & { schema: object }

/**
 * Describes collected routes as OpenAPI paths, by @fastify/swagger in an app of its own: loading it takes about a tenth of a start,
 * so it comes with the first description. A catch-all route is no call that could be described.
 */
export async function describeRoutes(routes: readonly CollectedRoute[]): Promise<RoutePaths> {
  const app = Fastify({ exposeHeadRoutes: false })
  // No request comes, so nothing need be compiled.
  app.setValidatorCompiler(() => Boolean)
  app.setSerializerCompiler(() => JSON.stringify)
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: '', version: '' } } })
  for (const route of routes) app.route(route)
  await app.ready()
  const { paths } = app.swagger() as unknown as { paths: RoutePaths }
  return Object.fromEntries(Object.entries(paths).filter(([path]) => !path.includes('*')))
}
