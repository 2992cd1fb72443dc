import { Type, type Static } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { patternFindings } from '../../src/admin/patterns.js'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { notFound } from '../../src/admin/problems.js'
import { takesBody, takesQuery } from '../../src/admin/validation.js'
import type { App } from '../../src/api/app-type.js'
import type { Finding } from '../../src/findings/finding.js'
import type { Part } from '../../src/findings/part.js'
import type { RecordedRequest } from '../../src/journal/recorded-request.js'
import { REQUEST_PATTERN } from '../../src/journal/request-pattern.js'
import { instantProblem, readInstant } from '../../src/text/instant.js'
import { oneOf } from '../../src/text/text-schema.js'

const PAGE_QUERY = {
  format: Type.Optional(oneOf(['har', 'curl'])),
  limit: Type.Optional(Type.String()),
  offset: Type.Optional(Type.String()),
  since: Type.Optional(Type.String()),
  sort: Type.Optional(oneOf(['asc', 'desc']))
}
const strict = { additionalProperties: false }
const PageQuery = Type.Object(PAGE_QUERY, strict)
const ListQuery = Type.Object({ ...PAGE_QUERY, unmatched: Type.Optional(oneOf(['true', 'false'])) }, strict)

/** The journal: the requests and their responses, in WireMock's words. */
export function requests(admin: App, options: AdminOptions): void {
  const takesPattern = takesBody(REQUEST_PATTERN, (pattern) => patternFindings(pattern, options))
  admin.get('/requests', takesQuery(ListQuery, pageFindings), (request, reply) =>
    sendRequests(options, request, reply, request.query)
  )
  admin.get('/requests/unmatched', takesQuery(PageQuery, pageFindings), (request, reply) =>
    sendRequests(options, request, reply, { ...request.query, unmatched: 'true' })
  )
  admin.get('/requests/:id', async (request) => {
    const { id } = request.params as { id: string }
    const found = journalOf(options, request).get(id)
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
  admin.post('/requests/remove', takesPattern, async (request) => {
    const removed = await journalOf(options, request).remove(request.body)
    return { requests: removed, meta: { total: removed.length } }
  })
  admin.post('/requests/count', takesPattern, async (request) => ({
    count: await journalOf(options, request).count(request.body)
  }))
  admin.post('/requests/find', takesPattern, async (request) => {
    const found = await journalOf(options, request).find(request.body)
    // WireMock returns the requests without their responses here: its clients find their fields, and others find the rest.
    return { requests: found.map((one) => ({ ...one.request, ...one })), meta: { total: found.length } }
  })
}

function journalOf(options: AdminOptions, request: FastifyRequest) {
  return sandboxOf(options, request).requests
}

async function sendRequests(
  options: AdminOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  query: Static<typeof ListQuery>
) {
  const { requests, total } = await journalOf(options, request).list({
    limit: readCount(query.limit),
    offset: readCount(query.offset),
    since: query.since === undefined ? undefined : readInstant(query.since),
    sort: query.sort,
    unmatched: query.unmatched === 'true'
  })
  if (query.format === undefined) return { requests, meta: { total } }
  const oldestFirst = query.sort === 'asc' ? requests : requests.reverse()
  return query.format === 'har'
    ? exportHar(oldestFirst)
    : sendCurl(reply, oldestFirst, originOf(request, options.apiPort()))
}

/** The commands are written as bytes, since the admin API sends texts as JSON. */
async function sendCurl(reply: FastifyReply, shown: readonly RecordedRequest[], origin: string) {
  const { toCurl } = await import('../../src/journal/curl.js')
  return reply.header('content-type', 'text/plain; charset=utf-8').send(Buffer.from(toCurl(shown, origin)))
}

/** The archive is loaded for the first export. */
async function exportHar(shown: readonly RecordedRequest[]) {
  return (await import('../../src/journal/har.js')).toHar(shown)
}

/** Where the client that asks reaches the API: under the host that it names, and the port of the API where that is another one. */
function originOf({ protocol, host, hostname }: FastifyRequest, apiPort: number | undefined): string {
  return `${protocol}://${apiPort === undefined ? host : `${hostname}:${apiPort}`}`
}

function readCount(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}

function pageFindings(query: Part<Static<typeof PageQuery>>): Finding[] {
  const count = (text: string | undefined) =>
    text === undefined || /^\d{1,9}$/.test(text) ? undefined : 'must be a whole number from 0 to 999999999'
  return [
    ...query.check('/limit', ['limit'], ({ limit }) => count(limit)),
    ...query.check('/offset', ['offset'], ({ offset }) => count(offset)),
    ...query.check('/since', ['since'], ({ since }) => instantProblem(since))
  ]
}
