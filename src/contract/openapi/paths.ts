import swagger from '@fastify/swagger'
import Fastify, { type HTTPMethods } from 'fastify'
import type { RoutePaths } from './api.js'

/** A route of the app as it was registered. */
export interface CollectedRoute {
  method: HTTPMethods | HTTPMethods[]
  url: string
  schema: object
}

/**
 * Describes collected routes as OpenAPI paths, by @fastify/swagger in an app of its own: loading it takes about a tenth of a start,
 * so it comes with the first description. A catch-all route is no call that could be described.
 */
export async function describeRoutes(routes: readonly CollectedRoute[]): Promise<RoutePaths> {
  const app = Fastify({ exposeHeadRoutes: false })
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => JSON.stringify)
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: '', version: '' } } })
  for (const route of routes) app.route({ ...route, handler: () => undefined })
  await app.ready()
  const { paths } = app.swagger() as unknown as { paths: RoutePaths }
  return Object.fromEntries(Object.entries(paths).filter(([path]) => !path.includes('*')))
}
