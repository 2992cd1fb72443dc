import { readAsset } from '../src/assets.js'
import type { App } from '../src/http/app-type.js'

/** What the page loads, out of the package of Swagger UI; nothing else is served. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
  'swagger-ui-standalone-preset.js': 'text/javascript'
}

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Phone Number API, emulated</title>
<link rel="stylesheet" href="docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/swagger-ui-standalone-preset.js"></script>
<script src="docs/start.js"></script></body></html>
`

const START = `window.ui = SwaggerUIBundle({
  dom_id: '#swagger-ui',
  urls: [
    { name: 'Emulated API', url: 'openapi.json' },
    { name: 'Control door', url: '__admin/openapi.json' }
  ],
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  validatorUrl: null
})
`

/** The descriptions as a page for people; it needs no network beyond this server. */
export function docs(app: App): void {
  app.get('/docs', async (_request, reply) => reply.type('text/html').send(PAGE))
  app.get('/docs/start.js', async (_request, reply) => reply.type('text/javascript').send(START))
  for (const [name, type] of Object.entries(ASSETS)) {
    app.get(`/docs/${name}`, async (_request, reply) => reply.type(type).send(await readAsset(name)))
  }
}
