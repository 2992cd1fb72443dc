import type { App } from '../src/api/app-type.js'
import { describeAdmin } from '../src/contract/openapi/admin.js'
import { describeApi, type RoutePaths } from '../src/contract/openapi/api.js'
import type { CollectedRoute } from '../src/contract/openapi/paths.js'
import type { Dialect } from '../src/dialect.js'

const DESCRIBE_PATHS = 'describePaths'

/** Describes the routes of an app, once. */
type DescribePaths = () => Promise<RoutePaths>

/** Collects the routes that an app registers after this, and describes them when the first description is asked for. */
export function collectRoutes(app: App): void {
  const routes: CollectedRoute[] = []
  let paths: Promise<RoutePaths> | undefined
  app.addHook('onRoute', ({ method, url, handler, schema = {} }) => {
    routes.push({ method, url, handler, schema })
  })
  app.decorate(DESCRIBE_PATHS, () => (paths ??= toPaths(routes)))
}

async function toPaths(routes: readonly CollectedRoute[]): Promise<RoutePaths> {
  const { describeRoutes } = await import('../src/contract/openapi/paths.js')
  return describeRoutes(routes)
}

/** The paths of the descriptions. */
export const API_DESCRIPTION = '/openapi.json'
export const ADMIN_DESCRIPTION = '/__admin/openapi.json'

/** Registers the description of the emulated API. */
export function registerDescription(app: App, dialect: Dialect): void {
  const describePaths = app.getDecorator<DescribePaths>(DESCRIBE_PATHS)
  app.get(API_DESCRIPTION, async (_request, reply) =>
    reply.header('access-control-allow-origin', '*').send(describeApi(await describePaths(), dialect))
  )
}

/** Registers the description of the admin API. */
export function registerAdminDescription(admin: App): void {
  const describePaths = admin.getDecorator<DescribePaths>(DESCRIBE_PATHS)
  admin.get('/openapi.json', async () => describeAdmin(await describePaths()))
}
