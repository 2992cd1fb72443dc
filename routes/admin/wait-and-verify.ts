import { Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { withPattern, withPatterns } from '../../src/admin/patterns.js'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { AdminProblem, invalidAt } from '../../src/admin/problems.js'
import type { App } from '../../src/api/app-type.js'
import { VERIFY_OPTIONS, WAIT_OPTIONS, type JournalQueries } from '../../src/journal/queries.js'
import { REQUEST_PATTERN, type RequestPattern } from '../../src/journal/request-pattern.js'
import { MAX_SEQUENCE } from '../../src/journal/sequence.js'

const strict = { additionalProperties: false }
const WaitBody = Type.Object({ ...REQUEST_PATTERN.properties, ...WAIT_OPTIONS.properties }, strict)
const VerifyBody = Type.Object(
  {
    ...REQUEST_PATTERN.properties,
    ...VERIFY_OPTIONS.properties,
    in_order: Type.Optional(Type.Array(REQUEST_PATTERN, { minItems: 1, maxItems: MAX_SEQUENCE }))
  },
  strict
)

/** The calls with which a test waits for requests, and compares what came with what it expects. */
export function waitAndVerify(admin: App, options: AdminOptions): void {
  const journalOf = (request: FastifyRequest) => sandboxOf(options, request).requests
  admin.post('/requests/wait', { schema: { body: WaitBody } }, async (request, reply) => {
    const { count = 1, timeout_ms, ...pattern } = request.body
    const closed = new AbortController()
    reply.raw.once('close', () => {
      closed.abort()
    })
    const waitOptions = { count, ...(timeout_ms === undefined ? {} : { timeout_ms }) }
    const found = await withPattern(pattern, (checked) => journalOf(request).wait(checked, waitOptions, closed.signal))
    const answer = { requests: found, meta: { total: found.length } }
    // The explanation compares every request again, and a client that has left does not read it.
    if (found.length >= count || closed.signal.aborted) return answer
    const message = await withPattern(pattern, (checked) =>
      journalOf(request).explainWait(checked, waitOptions, found.length)
    )
    reply.code(408)
    return { error: 'timed_out', message, at: '', ...answer }
  })
  admin.post('/requests/verify', { schema: { body: VerifyBody } }, async (request, reply) => {
    const { exactly, at_least, at_most, in_order, ...pattern } = request.body
    const bounds = Object.fromEntries(
      Object.entries({ exactly, at_least, at_most }).filter(([, bound]) => bound !== undefined)
    )
    if (in_order !== undefined) {
      const answer = await verifyInOrder(journalOf(request), in_order, { ...bounds, ...pattern })
      return reply.code(202).send(answer)
    }
    const { isMet, count, message } = await withPattern(pattern, (checked) =>
      journalOf(request).verify(checked, bounds)
    )
    if (!isMet) throw new AdminProblem(406, 'not_verified', message)
    reply.code(202)
    return { status: 'verified', count }
  })
}

/** Verifies a sequence; each of its requests counts once, so a bound or a further pattern beside it would say nothing. */
async function verifyInOrder(journal: JournalQueries, patterns: RequestPattern[], others: object) {
  const [other] = Object.keys(others)
  if (other !== undefined) throw invalidAt(`/${other}`, 'must not stand beside in_order, whose patterns say it all')
  const { isMet, ids, message } = await withPatterns('/in_order', patterns, (checked) => journal.verifyInOrder(checked))
  if (!isMet) throw new AdminProblem(406, 'not_verified', message)
  return { status: 'verified', count: ids.length, ids }
}
