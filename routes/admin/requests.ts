import { Type, type Static } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { withPattern } from '../../src/admin/patterns.js'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { invalidAt, notFound } from '../../src/admin/problems.js'
import type { App } from '../../src/api/app-type.js'
import type { RecordedRequest } from '../../src/journal/recorded-request.js'
import { REQUEST_PATTERN } from '../../src/journal/request-pattern.js'
import { INSTANT_EXPECTED, readInstant } from '../../src/text/instant.js'

const wordFrom = <const Names extends string[]>(...names: Names) =>
  Type.Optional(Type.Unsafe<Names[number]>({ type: 'string', enum: names }))
const PAGE_QUERY = {
  format: wordFrom('har', 'curl'),
  limit: Type.Optional(Type.String()),
  offset: Type.Optional(Type.String()),
  since: Type.Optional(Type.String()),
  sort: wordFrom('asc', 'desc')
}
const strict = { additionalProperties: false }
const PageQuery = Type.Object(PAGE_QUERY, strict)
const ListQuery = Type.Object({ ...PAGE_QUERY, unmatched: wordFrom('true', 'false') }, strict)

/** The journal: the requests and their responses, in WireMock's words. */
export function requests(admin: App, options: AdminOptions): void {
  const journalOf = (request: FastifyRequest) => sandboxOf(options, request).requests
  admin.get('/requests', { schema: { querystring: ListQuery } }, (request, reply) =>
    sendPage(request, reply, request.query)
  )
  admin.get('/requests/unmatched', { schema: { querystring: PageQuery } }, (request, reply) =>
    sendPage(request, reply, { ...request.query, unmatched: 'true' })
  )
  admin.get('/requests/:id', async (request) => {
    const { id } = request.params as { id: string }
    const found = journalOf(request).get(id)
    if (found === undefined) throw notFound(`request ${id}`)
    return found
  })
  admin.delete('/requests', async (request) => {
    sandboxOf(options, request).journal.clear()
    return { requests: [], meta: { total: 0 } }
  })
  admin.delete('/requests/:id', async (request) => {
    const { id } = request.params as { id: string }
    if (!sandboxOf(options, request).journal.remove(id)) throw notFound(`request ${id}`)
    return { removed: id }
  })
  admin.post('/requests/remove', { schema: { body: REQUEST_PATTERN } }, async (request) => {
    const removed = await withPattern(request.body, (pattern) => journalOf(request).remove(pattern))
    return { requests: removed, meta: { total: removed.length } }
  })
  admin.post('/requests/count', { schema: { body: REQUEST_PATTERN } }, async (request) => ({
    count: await withPattern(request.body, (pattern) => journalOf(request).count(pattern))
  }))
  admin.post('/requests/find', { schema: { body: REQUEST_PATTERN } }, async (request) => {
    const found = await withPattern(request.body, (pattern) => journalOf(request).find(pattern))
    // WireMock returns the requests without their responses here: its clients find their fields, and others find the rest.
    return { requests: found.map((one) => ({ ...one.request, ...one })), meta: { total: found.length } }
  })

  async function sendPage(request: FastifyRequest, reply: FastifyReply, query: Static<typeof ListQuery>) {
    const { requests, total } = await journalOf(request).list({
      limit: readCount(query.limit, '/limit'),
      offset: readCount(query.offset, '/offset'),
      since: parseSince(query.since),
      sort: query.sort,
      unmatched: query.unmatched === 'true'
    })
    if (query.format === undefined) return { requests, meta: { total } }
    const oldestFirst = query.sort === 'asc' ? requests : requests.reverse()
    return query.format === 'har' ? exportHar(oldestFirst) : sendCurl(request, reply, oldestFirst)
  }

  async function sendCurl(request: FastifyRequest, reply: FastifyReply, shown: readonly RecordedRequest[]) {
    const { toCurl } = await import('../../src/journal/curl.js')
    const text = toCurl(shown, originOf(request, options.apiPort()))
    // As bytes, since the admin API sends texts as JSON.
    return reply.header('content-type', 'text/plain; charset=utf-8').send(Buffer.from(text))
  }
}

/** The archive is loaded for the first export. */
async function exportHar(shown: readonly RecordedRequest[]) {
  return (await import('../../src/journal/har.js')).toHar(shown)
}

/** Where the client that asks reaches the API: under the host that it names, and the port of the API where that is another one. */
function originOf({ protocol, host, hostname }: FastifyRequest, apiPort: number | undefined): string {
  return `${protocol}://${apiPort === undefined ? host : `${hostname}:${apiPort}`}`
}

function readCount(text: string | undefined, at: string): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw invalidAt(at, 'must be a whole number from 0 to 999999999')
  return Number(text)
}

function parseSince(text: string | undefined): number | undefined {
  const since = text === undefined ? undefined : readInstant(text)
  if (text !== undefined && since === undefined) throw invalidAt('/since', `must be ${INSTANT_EXPECTED}`)
  return since
}
