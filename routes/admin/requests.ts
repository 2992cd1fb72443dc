import { Type, type Static } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { isOperation, OPERATION_NAMES, outcomeNames } from '../../src/contract/outcomes.js'
import type { App } from '../../src/api/app-type.js'
import { AdminProblem, invalid, notFound } from '../../src/admin/plugin.js'
import { INSTANT_EXPECTED, readInstant } from '../../src/instant.js'
import { first, type Query } from '../../src/operations/rules/search-query.js'
import { PatternError } from '../../src/journal/request-pattern.js'
import { nearest } from '../../src/settings.js'
import { LONGEST_EXPRESSION } from '../../src/journal/safe-regex.js'
import { sandboxOf, type AdminServices } from './options.js'

const Strict = { additionalProperties: false } as const
const Expression = Type.Optional(Type.String({ maxLength: LONGEST_EXPRESSION }))
const Text = Type.Optional(Type.String())
const Count = Type.Optional(Type.Integer({ minimum: 0 }))

const OfText = { equalTo: Text, contains: Text, matches: Expression }
const OfValue = Type.Object({ ...OfText, absent: Type.Optional(Type.Boolean()) }, { ...Strict, minProperties: 1 })
const OfBody = Type.Object({ ...OfText, equalToJson: Type.Optional(Type.Unknown()) }, { ...Strict, minProperties: 1 })

const PATTERN = {
  method: Text,
  url: Text,
  urlPath: Text,
  urlPattern: Expression,
  urlPathPattern: Expression,
  headers: Type.Optional(Type.Record(Type.String(), OfValue)),
  queryParameters: Type.Optional(Type.Record(Type.String(), OfValue)),
  bodyPatterns: Type.Optional(Type.Array(OfBody)),
  operation: Text,
  outcome: Text
}
const Pattern = Type.Object(PATTERN, Strict)

/** The longest wait, in milliseconds. */
const LONGEST_WAIT = 600_000
const Waiting = Type.Object(
  {
    ...PATTERN,
    count: Type.Optional(Type.Integer({ minimum: 1 })),
    timeout_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: LONGEST_WAIT }))
  },
  Strict
)
const Expected = Type.Object({ ...PATTERN, exactly: Count, at_least: Count, at_most: Count }, Strict)

const Page = Type.Object({ limit: Text, since: Text }, Strict)

/** The journal: what came and what was answered, in WireMock's words. */
export function requests(admin: App, options: AdminServices): void {
  const of = (request: FastifyRequest) => sandboxOf(options, request).requests
  admin.get('/requests', { schema: { querystring: Page } }, async (request) =>
    page(of(request).find().reverse(), request.query as Query)
  )
  admin.get('/requests/:id', async (request) => {
    const { id } = request.params as { id: string }
    const found = of(request).get(id)
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
  admin.post('/requests/count', { schema: { body: Pattern } }, async (request) => ({
    count: usable(request.body, (pattern) => of(request).count(pattern))
  }))
  admin.post('/requests/find', { schema: { body: Pattern } }, async (request) => {
    const found = usable(request.body, (pattern) => of(request).find(pattern))
    // WireMock answers the requests themselves here; their readers find them, and everybody else the rest.
    return { requests: found.map((one) => ({ ...one.request, ...one })), meta: { total: found.length } }
  })
  addWaiting(admin, of)
}

function addWaiting(admin: App, of: (request: FastifyRequest) => ReturnType<typeof sandboxOf>['requests']): void {
  admin.post('/requests/wait', { schema: { body: Waiting } }, async (request, reply) => {
    const { count = 1, timeout_ms, ...pattern } = request.body
    const gone = new AbortController()
    reply.raw.once('close', () => {
      gone.abort()
    })
    const patience = { count, ...(timeout_ms === undefined ? {} : { timeout_ms }) }
    const found = await usable(pattern, (known) => of(request).wait(known, patience, gone.signal)).catch(refused)
    reply.code(found.length >= count ? 200 : 408)
    return { requests: found, meta: { total: found.length } }
  })
  admin.post('/requests/verify', { schema: { body: Expected } }, async (request, reply) => {
    const { exactly, at_least, at_most, ...pattern } = request.body
    const expectation = Object.fromEntries(
      Object.entries({ exactly, at_least, at_most }).filter(([, count]) => count !== undefined)
    )
    const { isMet, count, message } = usable(pattern, (known) => of(request).verify(known, expectation))
    if (!isMet) throw new AdminProblem(406, 'not_verified', message)
    reply.code(202)
    return { status: 'verified', count }
  })
}

/** What `work` makes of a pattern. Throws what is wrong with the pattern, and where. */
function usable<Result>(pattern: Static<typeof Pattern>, work: (pattern: Static<typeof Pattern>) => Result): Result {
  checkNames(pattern)
  try {
    return work(pattern)
  } catch (error) {
    return refused(error)
  }
}

function checkNames({ operation, outcome }: Static<typeof Pattern>): void {
  if (operation !== undefined && !isOperation(operation)) {
    throw invalid('/operation', `is no operation; did you mean ${nearest(operation, OPERATION_NAMES)}?`)
  }
  const operations = operation === undefined ? OPERATION_NAMES : [operation]
  const names = operations.flatMap(outcomeNames)
  if (outcome !== undefined && !names.includes(outcome)) {
    throw invalid('/outcome', `is no outcome; did you mean ${nearest(outcome, names)}?`)
  }
}

function refused(error: unknown): never {
  throw error instanceof PatternError ? invalid(error.at, error.message) : error
}

/** At most `limit` of them, since a time in ISO 8601 (WireMock's queries). */
function page(all: readonly ReturnType<ReturnType<typeof sandboxOf>['requests']['find']>[number][], query: Query) {
  const limit = first(query, 'limit')
  const since = first(query, 'since')
  if (limit !== undefined && !/^\d{1,9}$/.test(limit)) throw invalid('/limit', 'must be a whole number')
  const from = since === undefined ? -Infinity : readInstant(since)
  if (from === undefined) throw invalid('/since', `must be ${INSTANT_EXPECTED}`)
  const found = all.filter(({ request }) => request.loggedDate >= from)
  return { requests: found.slice(0, limit === undefined ? undefined : Number(limit)), meta: { total: found.length } }
}
