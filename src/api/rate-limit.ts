import type { FastifyRequest } from 'fastify'
import { Problem } from '../problems.js'
import type { RequestContext } from './context.js'

/** Tokens that a request takes; a login takes more (reference implementation). */
const COST = 1
const LOGIN_COST = 35

/**
 * Throws `too_many_requests` for a client that asks too often. Each account has a bucket, and each
 * address where the path names no account.
 */
export function limitRate(request: FastifyRequest, context: RequestContext): void {
  const { account_id = request.ip } = request.params as { account_id?: string }
  const url = request.routeOptions.url ?? ''
  take(context, account_id, url.endsWith('_auth') ? LOGIN_COST : COST)
  // Single activations have a bucket of their own besides; collections have none.
  if (url.endsWith('/:phone_number/activate')) take(context, `${account_id}/crossbar.phone_numbers`, COST)
}

function take({ sandbox }: RequestContext, client: string, cost: number): void {
  const seconds = sandbox.buckets.take(client, cost, sandbox.clock.nowMs())
  if (seconds === 0) return
  const problem = new Problem('too_many_requests')
  problem.retryAfter = seconds
  throw problem
}
