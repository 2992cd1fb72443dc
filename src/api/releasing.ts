import type { FastifyRequest } from 'fastify'
import { release } from '../operations/release.js'
import { first, type Query } from '../operations/rules/search-query.js'
import type { NumberOperation } from './replies.js'

/** What a DELETE does: with `hard` in the query for good, if an admin asks (reference implementation). */
export function releasing(request: FastifyRequest): NumberOperation {
  const isHard = first(request.query as Query, 'hard') === 'true'
  return (sandbox, caller, e164) => release(sandbox, caller, e164, isHard)
}
