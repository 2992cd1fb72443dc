import type { FastifyReply } from 'fastify'
import type { App } from '../src/api/app-type.js'
import { readAsset } from '../src/package.js'
import { ADMIN_DESCRIPTION, API_DESCRIPTION } from './descriptions.js'

/** The files that the page loads, with their types. */
const FILES: Readonly<Record<string, { asset: string; type: string }>> = {
  'docs.css': { asset: 'docs-page/docs.css', type: 'text/css; charset=utf-8' },
  'start.js': { asset: 'docs-page/start.js', type: 'text/javascript; charset=utf-8' },
  'icon.svg': { asset: 'inspector/icon.svg', type: 'image/svg+xml' },
  'swagger-ui.css': { asset: 'swagger-ui/swagger-ui.css', type: 'text/css; charset=utf-8' },
  'swagger-ui-bundle.js': { asset: 'swagger-ui/swagger-ui-bundle.js', type: 'text/javascript; charset=utf-8' }
}

/** Lets the page load its own files, and the pictures within the style of Swagger UI. */
const HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff'
}

interface Description {
  name: string
  /** The address of the page that shows it. */
  page: string
  url: string
}
const API: Description = { name: 'Emulated API', page: '/docs', url: API_DESCRIPTION }
const ADMIN: Description = { name: 'Admin API', page: '/docs?api=admin', url: ADMIN_DESCRIPTION }

/**
 * Registers the page that shows both descriptions without the network. `inspector` is the path of the inspector. It is undefined for
 * an admin API with a port of its own, which is not on the page: a browser lets no page of another origin call it.
 */
export function docs(app: App, inspector: string | undefined): void {
  app.get('/docs', async (request, reply) => {
    const { api } = request.query as { api?: unknown }
    const current = api === 'admin' && inspector !== undefined ? ADMIN : API
    return sendPage(reply, 'text/html; charset=utf-8', pageOf(current, inspector))
  })
  for (const [name, { asset, type }] of Object.entries(FILES)) {
    app.get(`/docs/${name}`, async (_request, reply) => sendPage(reply, type, await readAsset(asset)))
  }
}

function sendPage(reply: FastifyReply, type: string, content: string | Buffer): FastifyReply {
  return reply.headers({ ...HEADERS, 'content-type': type }).send(content)
}

function pageOf(current: Description, inspector: string | undefined): string {
  const brand = '<img src="/docs/icon.svg" alt="" width="20" height="20">oneuc-emulator'
  const link = (one: Description) =>
    `<a href="${one.page}" ${one === current ? `aria-current="page" data-description="${one.url}"` : ''}>${one.name}</a>`
  const [home, descriptions, back, refusal] =
    inspector === undefined
      ? [`<span class="brand">${brand}</span>`, [API], '', '']
      : [
          `<a class="brand" href="${inspector}">${brand}</a>`,
          [API, ADMIN],
          `<a class="button" href="${inspector}">Inspector</a>`,
          `<p id="refusal" hidden>This emulator was started with --admin-token.
<a href="${inspector}">The inspector</a> asks for the token; come back from there in the same tab.</p>`
        ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${current.name} · oneuc-emulator</title>
<link rel="icon" href="/docs/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/docs.css">
<script src="/docs/swagger-ui-bundle.js" defer></script>
<script src="/docs/start.js" defer></script></head>
<body><header class="top">${home}
<nav aria-label="Descriptions">${descriptions.map(link).join('\n')}</nav>
<span class="spring"></span>
<a class="button" href="${current.url}">OpenAPI</a>${back}</header>
${refusal}
<div id="swagger-ui"></div></body></html>
`
}
