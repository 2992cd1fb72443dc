import { Type, type Static } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { patternFindings } from '../../src/admin/patterns.js'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { AdminProblem } from '../../src/admin/problems.js'
import { takesBody } from '../../src/admin/validation.js'
import type { App } from '../../src/api/app-type.js'
import type { Finding } from '../../src/findings/finding.js'
import type { Part } from '../../src/findings/part.js'
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
  const takesWait = takesBody(WaitBody, (pattern) => patternFindings(pattern, options))
  const takesVerify = takesBody(VerifyBody, (pattern) => verifyFindings(pattern, options))
  admin.post('/requests/wait', takesWait, async (request, reply) => {
    const { count = 1, timeout_ms, ...pattern } = request.body
    const closed = new AbortController()
    reply.raw.once('close', () => {
      closed.abort()
    })
    const waitOptions = { count, ...(timeout_ms === undefined ? {} : { timeout_ms }) }
    const found = await journalOf(request).wait(pattern, waitOptions, closed.signal)
    const answer = { requests: found, meta: { total: found.length } }
    // The explanation compares every request again, and a client that has left does not read it.
    if (found.length >= count || closed.signal.aborted) return answer
    const message = await journalOf(request).explainWait(pattern, waitOptions, found.length)
    reply.code(408)
    return { error: 'timed_out', message, at: '', ...answer }
  })
  admin.post('/requests/verify', takesVerify, async (request, reply) => {
    const { exactly, at_least, at_most, in_order, ...pattern } = request.body
    const bounds = Object.fromEntries(
      Object.entries({ exactly, at_least, at_most }).filter(([, bound]) => bound !== undefined)
    )
    if (in_order !== undefined) {
      return reply.code(202).send(await verifyInOrder(journalOf(request), in_order))
    }
    const { isMet, count, message } = await journalOf(request).verify(pattern, bounds)
    if (!isMet) throw new AdminProblem(406, 'not_verified', message)
    reply.code(202)
    return { status: 'verified', count }
  })
}

async function verifyInOrder(journal: JournalQueries, patterns: RequestPattern[]) {
  const { isMet, ids, message } = await journal.verifyInOrder(patterns)
  if (!isMet) throw new AdminProblem(406, 'not_verified', message)
  return { status: 'verified', count: ids.length, ids }
}

/** Each request of a sequence counts once, so a bound or a further pattern beside it would say nothing. */
async function verifyFindings(body: Part<Static<typeof VerifyBody>>, options: AdminOptions): Promise<Finding[]> {
  const names = body.entries().map(([name]) => name)
  if (!names.includes('in_order')) return patternFindings(body, options)
  const patterns = body.field('in_order').each()
  return [
    ...names
      .filter((name) => name !== 'in_order' && Object.hasOwn(VerifyBody.properties, name))
      .map((name) => ({ at: `/${name}`, message: 'must not stand beside in_order, whose patterns say it all' })),
    ...(await Promise.all(patterns.map((pattern) => patternFindings(pattern, options)))).flat()
  ]
}
