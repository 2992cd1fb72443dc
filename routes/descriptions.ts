import type { App } from '../src/api/app-type.js'
import { describeAdmin } from '../src/contract/openapi/admin.js'
import { describeApi, type RoutePaths } from '../src/contract/openapi/api.js'
import type { CollectedRoute } from '../src/contract/openapi/paths.js'
import type { Dialect } from '../src/dialect.js'
import { readAsset } from '../src/package.js'

const DECORATOR = 'describePaths'

/** Describes the routes of an app, once. */
type DescribePaths = () => Promise<RoutePaths>

/** Collects the routes that an app registers after this, and describes them when the first description is asked for. */
export function collectRoutes(app: App): void {
  const routes: CollectedRoute[] = []
  let paths: Promise<RoutePaths> | undefined
  app.addHook('onRoute', ({ method, url, handler, schema = {} }) => {
    routes.push({ method, url, handler, schema })
  })
  app.decorate(DECORATOR, () => (paths ??= describe(routes)))
}

async function describe(routes: readonly CollectedRoute[]): Promise<RoutePaths> {
  const { describeRoutes } = await import('../src/contract/openapi/paths.js')
  return describeRoutes(routes)
}

/** The files of Swagger UI that the page loads. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
  'swagger-ui-standalone-preset.js': 'text/javascript'
}

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Phone Number API, emulated</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/swagger-ui-standalone-preset.js"></script>
<script src="/docs/start.js"></script></body></html>
`

const API = { name: 'Emulated API', url: '/openapi.json' }
const ADMIN = { name: 'Admin API', url: '/__admin/openapi.json' }

const startScript = (urls: readonly object[]) => `window.ui = SwaggerUIBundle({
  dom_id: '#swagger-ui',
  urls: ${JSON.stringify(urls)},
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  validatorUrl: null
})
`

/**
 * Registers the description of the emulated API, and a page that shows both descriptions without the network. An admin API with
 * a port of its own is not on the page: a browser lets no page of another origin call it.
 */
export function registerDescriptions(app: App, dialect: Dialect, hasAdminPort: boolean): void {
  const describePaths = app.getDecorator<DescribePaths>(DECORATOR)
  app.get('/openapi.json', async (_request, reply) =>
    reply.header('access-control-allow-origin', '*').send(describeApi(await describePaths(), dialect))
  )
  const start = startScript(hasAdminPort ? [API] : [API, ADMIN])
  app.get('/docs', async (_request, reply) => reply.type('text/html').send(PAGE))
  app.get('/docs/start.js', async (_request, reply) => reply.type('text/javascript').send(start))
  for (const [name, type] of Object.entries(ASSETS)) {
    app.get(`/docs/${name}`, async (_request, reply) => reply.type(type).send(await readAsset(`swagger-ui/${name}`)))
  }
}

/** Registers the description of the admin API. */
export function registerAdminDescription(admin: App): void {
  const describePaths = admin.getDecorator<DescribePaths>(DECORATOR)
  admin.get('/openapi.json', async () => describeAdmin(await describePaths()))
}
