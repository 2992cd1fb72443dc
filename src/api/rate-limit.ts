import type { FastifyRequest } from 'fastify'
import { Problem } from '../problems.js'
import type { RateLimit } from '../sandbox/own-settings.js'
import type { BucketSize } from '../sandbox/token-buckets.js'
import type { RequestContext } from './context.js'

/** The buckets of the reference implementation, and what a request takes of them; a login takes more. */
const REFERENCE_SIZE: BucketSize = { size: 100, refill: 10 }
const COST = 1
const LOGIN_COST = 35

/** Parts of a request: limits by the minute are counted in whole parts by the second. */
const PARTS = 60

/**
 * Throws `too_many_requests` for a client that asks too often. Each account has a bucket; where the path names no account, each IP
 * address has one.
 */
export function limitRate(request: FastifyRequest, context: RequestContext): void {
  const { account_id = request.ip } = request.params as { account_id?: string }
  const { rateLimit } = context.sandbox.behaviour
  if (typeof rateLimit === 'boolean') limitAsReference(request, context, account_id)
  else limitOperation(context, account_id, rateLimit)
}

function limitAsReference(
  { routeOptions: { url = '' } }: FastifyRequest,
  context: RequestContext,
  client: string
): void {
  spend(context, `${client}/`, url.endsWith('_auth') ? LOGIN_COST : COST, REFERENCE_SIZE)
  // Single activations have a bucket of their own besides; collections have none.
  if (url.endsWith('/:phone_number/activate')) spend(context, `${client}/crossbar.phone_numbers`, COST, REFERENCE_SIZE)
}

function limitOperation(context: RequestContext, client: string, limits: readonly RateLimit[]): void {
  const limit = limits.find(({ operation }) => operation === context.operation)
  if (limit === undefined) return
  const { operation, per_minute } = limit
  spend(context, `${client}/${operation}`, PARTS, { size: per_minute * PARTS, refill: per_minute })
}

function spend({ sandbox }: RequestContext, client: string, cost: number, size: BucketSize): void {
  const seconds = sandbox.buckets.take(client, cost, sandbox.clock.nowMs(), size)
  if (seconds === 0) return
  const problem = new Problem('too_many_requests')
  problem.retryAfter = seconds
  throw problem
}
