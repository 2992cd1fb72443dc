import type { FastifyRequest } from 'fastify'
import { Problem } from '../problems.js'
import { contextOf } from './context.js'

/** Tokens that a request takes (reference implementation): logging in is dear. */
const COST = 1
const LOGIN_COST = 35

/** Sends away who asks too often, if the settings say so: each account, or where there is none each address, has a bucket. */
export function limitRate(request: FastifyRequest): void {
  const { account_id = request.ip } = request.params as { account_id?: string }
  const url = request.routeOptions.url ?? ''
  take(request, account_id, url.endsWith('_auth') ? LOGIN_COST : COST)
  // Single activations have a bucket of their own besides; collections have none.
  if (url.endsWith('/:phone_number/activate')) take(request, `${account_id}/crossbar.phone_numbers`, COST)
}

function take(request: FastifyRequest, asker: string, cost: number): void {
  const { sandbox } = contextOf(request)
  if (!sandbox.behaviour.rateLimit) return
  const seconds = sandbox.buckets.take(asker, cost, sandbox.clock.nowMs())
  if (seconds === 0) return
  const problem = new Problem('too_many_requests')
  problem.retryAfter = seconds
  throw problem
}
