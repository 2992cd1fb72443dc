import type { FastifyRequest } from 'fastify'
import { isOperation, type OperationName } from '../contract/outcomes.js'
import { isSearch } from './access.js'
import type { Envelope } from './context.js'

/** The operation that a request is, by the name that its route bears; undefined where it met no route. */
export function operationOf(request: FastifyRequest): OperationName | undefined {
  const { operationId } = (request.routeOptions.schema ?? {}) as { operationId?: string }
  if (operationId === undefined || !isOperation(operationId)) return undefined
  // Two paths of the document do two things each.
  if (operationId === 'list') return isSearch(request) ? 'search_account' : 'list'
  if (operationId === 'update')
    return (request.body as Partial<Envelope> | undefined)?.data?.e911 === undefined ? 'update' : 'e911'
  return operationId
}
