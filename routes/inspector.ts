import { extname } from 'node:path'
import { Type } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'
import { sandboxOf, type AdminOptions } from '../src/admin/plugin.js'
import { notFound } from '../src/admin/problems.js'
import { PAGE } from '../src/api/probe.js'
import type { App } from '../src/api/app-type.js'
import { readAsset } from '../src/package.js'
import { DEFAULT_SANDBOX } from '../src/sandbox/sandboxes.js'
import { pathOf } from '../src/text/url.js'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml'
}

/** Lets the page load nothing but its own files, run no script of a request that it shows, and stand in no frame. */
const POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The path of the page. */
export const INSPECTOR = '/__admin/ui/'

/** Serves the inspector: static files that use the admin API as every other client does. They hold nothing secret, and need no token. */
export function inspector(admin: App, options: AdminOptions): void {
  // The files of a page are no calls. Its query is its own.
  const schema = { hide: true }
  admin.get('/ui', { ...PAGE, schema: { ...schema, querystring: Type.Object({}) } }, async (request, reply) => {
    const { name } = sandboxOf(options, request)
    if (name !== DEFAULT_SANDBOX) return reply.redirect(`${INSPECTOR}?sandbox=${name}`)
    const path = pathOf(request.url)
    // The files of the page stand in the folder that its address ends with.
    if (!path.endsWith('/')) return reply.redirect(INSPECTOR + request.url.slice(path.length))
    return sendFile(reply, 'index.html')
  })
  admin.get('/ui/:file', { ...PAGE, schema }, async (request, reply) => {
    const { file } = request.params as { file: string }
    return sendFile(reply, file)
  })
}

const FILE = /^[a-z0-9-]+\.(?:css|html|js|svg)$/

async function sendFile(reply: FastifyReply, file: string): Promise<FastifyReply> {
  const type = TYPES[extname(file)]
  const content = FILE.test(file) ? await readAsset(`inspector/${file}`).catch(() => undefined) : undefined
  if (type === undefined || content === undefined) throw notFound(`file ${file}`)
  return reply
    .headers({
      'content-type': type,
      'content-security-policy': POLICY,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff'
    })
    .send(content)
}
