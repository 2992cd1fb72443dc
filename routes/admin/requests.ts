import { Type, type Static } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { AdminProblem, invalidAt, notFound } from '../../src/admin/problems.js'
import type { App } from '../../src/api/app-type.js'
import { isOperation, OPERATION_NAMES, outcomeNames } from '../../src/contract/outcomes.js'
import { INSTANT_EXPECTED, readInstant } from '../../src/text/instant.js'
import { TooManyWaitsError, VERIFY_OPTIONS, WAIT_OPTIONS, type JournalQueries } from '../../src/journal/queries.js'
import type { RecordedRequest } from '../../src/journal/recorded-request.js'
import { PatternError, REQUEST_PATTERN, type RequestPattern } from '../../src/journal/request-pattern.js'
import { suggest } from '../../src/text/nearest.js'

const strict = { additionalProperties: false }
const WaitBody = Type.Object({ ...REQUEST_PATTERN.properties, ...WAIT_OPTIONS.properties }, strict)
const VerifyBody = Type.Object({ ...REQUEST_PATTERN.properties, ...VERIFY_OPTIONS.properties }, strict)
const ListQuery = Type.Object(
  {
    format: Type.Optional(Type.Unsafe<'har'>({ type: 'string', enum: ['har'] })),
    limit: Type.Optional(Type.String()),
    since: Type.Optional(Type.String()),
    unmatched: Type.Optional(Type.Unsafe<'true' | 'false'>({ type: 'string', enum: ['true', 'false'] }))
  },
  strict
)

/** The journal: the requests and their responses, in WireMock's words. */
export function requests(admin: App, options: AdminOptions): void {
  const journalOf = (request: FastifyRequest) => sandboxOf(options, request).requests
  admin.get('/requests', { schema: { querystring: ListQuery } }, async (request) => {
    const page = listPage((await journalOf(request).find()).reverse(), request.query)
    if (request.query.format === undefined) return page
    // The archive is written for the first export.
    return (await import('../../src/journal/har.js')).toHar(page.requests.reverse())
  })
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
  admin.post('/requests/count', { schema: { body: REQUEST_PATTERN } }, async (request) => ({
    count: await withPattern(request.body, (pattern) => journalOf(request).count(pattern))
  }))
  admin.post('/requests/find', { schema: { body: REQUEST_PATTERN } }, async (request) => {
    const found = await withPattern(request.body, (pattern) => journalOf(request).find(pattern))
    // WireMock returns the requests without their responses here: its clients find their fields, and others find the rest.
    return { requests: found.map((one) => ({ ...one.request, ...one })), meta: { total: found.length } }
  })
  addWaitAndVerify(admin, journalOf)
}

function addWaitAndVerify(admin: App, journalOf: (request: FastifyRequest) => JournalQueries): void {
  admin.post('/requests/wait', { schema: { body: WaitBody } }, async (request, reply) => {
    const { count = 1, timeout_ms, ...pattern } = request.body
    const closed = new AbortController()
    reply.raw.once('close', () => {
      closed.abort()
    })
    const waitOptions = { count, ...(timeout_ms === undefined ? {} : { timeout_ms }) }
    const found = await withPattern(pattern, (checked) => journalOf(request).wait(checked, waitOptions, closed.signal))
    const answer = { requests: found, meta: { total: found.length } }
    if (found.length >= count) return answer
    const message = await withPattern(pattern, (checked) =>
      journalOf(request).explainWait(checked, waitOptions, found.length)
    )
    reply.code(408)
    return { error: 'timed_out', message, at: '', ...answer }
  })
  admin.post('/requests/verify', { schema: { body: VerifyBody } }, async (request, reply) => {
    const { exactly, at_least, at_most, ...pattern } = request.body
    const bounds = Object.fromEntries(
      Object.entries({ exactly, at_least, at_most }).filter(([, bound]) => bound !== undefined)
    )
    const { isMet, count, message } = await withPattern(pattern, (checked) =>
      journalOf(request).verify(checked, bounds)
    )
    if (!isMet) throw new AdminProblem(406, 'not_verified', message)
    reply.code(202)
    return { status: 'verified', count }
  })
}

/** Runs `work` with a pattern. Rejects with an AdminProblem that points to the part of the pattern that cannot be used. */
async function withPattern<Result>(
  pattern: RequestPattern,
  work: (pattern: RequestPattern) => Promise<Result>
): Promise<Result> {
  checkNames(pattern)
  try {
    return await work(pattern)
  } catch (error) {
    if (error instanceof PatternError) throw invalidAt(error.at, error.message)
    if (error instanceof TooManyWaitsError) throw new AdminProblem(429, 'too_many_waits', error.message)
    throw error
  }
}

function checkNames({ operation, outcome }: RequestPattern): void {
  if (operation !== undefined && !isOperation(operation)) {
    throw invalidAt('/operation', `is no operation; ${suggest(operation, OPERATION_NAMES)}`)
  }
  const operations = operation === undefined ? OPERATION_NAMES : [operation]
  const names = operations.flatMap(outcomeNames)
  if (outcome !== undefined && !names.includes(outcome)) {
    throw invalidAt('/outcome', `is no outcome; ${suggest(outcome, names)}`)
  }
}

/** Cuts a page: at most `limit` requests, those since a time in ISO 8601, those that met no route (WireMock's queries). */
function listPage(all: readonly RecordedRequest[], { limit, since, unmatched }: Static<typeof ListQuery>) {
  if (limit !== undefined && !/^\d{1,9}$/.test(limit)) throw invalidAt('/limit', 'must be a whole number')
  const from = since === undefined ? -Infinity : readInstant(since)
  if (from === undefined) throw invalidAt('/since', `must be ${INSTANT_EXPECTED}`)
  const found = all.filter(
    ({ request, wasMatched }) => request.loggedDate >= from && (unmatched !== 'true' || !wasMatched)
  )
  return { requests: found.slice(0, limit === undefined ? undefined : Number(limit)), meta: { total: found.length } }
}
