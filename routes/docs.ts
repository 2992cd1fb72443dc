import { readAsset } from '../src/assets.js'
import type { App } from '../src/api/app-type.js'

/** What the page loads, out of the package of Swagger UI; nothing else is served. */
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
 * The descriptions as a page for people; it needs no network beyond this server. A admin with a port of its own is not on it:
 * pages of another origin may not call the admin API.
 */
export function docs(app: App, hasAdminPort: boolean): void {
  const start = startScript(hasAdminPort ? [API] : [API, ADMIN])
  app.get('/docs', async (_request, reply) => reply.type('text/html').send(PAGE))
  app.get('/docs/start.js', async (_request, reply) => reply.type('text/javascript').send(start))
  for (const [name, type] of Object.entries(ASSETS)) {
    app.get(`/docs/${name}`, async (_request, reply) => reply.type(type).send(await readAsset(name)))
  }
}
