import type { FastifyRequest } from 'fastify'
import { contextOf } from '../api/context.js'
import { OPERATION_NAMES, isOperation, type OperationName } from '../contract/outcomes.js'
import { isObject } from '../json.js'
import type { Query } from '../numbering/list-filters.js'
import { Problem } from '../problems.js'
import { UsageError } from '../settings.js'
import { suggest } from '../text/nearest.js'
import { namesIn } from '../text/kinds.js'

/** The operations that change no number and cost nothing. They pass where the settings name none. */
// prettier-ignore
const READS: readonly OperationName[] = [
  'search', 'search_account', 'list', 'read', 'log_in_by_key', 'log_in_by_user', 'read_account', 'identify', 'carriers_info',
  'classifiers', 'classify', 'check', 'locality', 'area_codes'
]

/** Reads a list of operations; without one, those that only read. Throws a UsageError for a name that is none. */
export function readAllowed(list: string | undefined): ReadonlySet<OperationName> {
  if (list === undefined) return new Set(READS)
  return new Set(namesIn(list).map(readOperation))
}

function readOperation(name: string): OperationName {
  if (isOperation(name)) return name
  throw new UsageError(`--allow: ${name} is no operation; ${suggest(name, OPERATION_NAMES)}`)
}

/** Throws a Problem for a request that must not reach the service: it could buy what no setting allows. */
export function assertAllowed(request: FastifyRequest, allowed: ReadonlySet<OperationName>): void {
  const { operation } = contextOf(request)
  if (operation === undefined) throw new Problem('not_passed_on', 'the path and method are no call of the API')
  if (!allowed.has(operation)) {
    throw new Problem('not_passed_on', `the proxy passes ${operation} on where --allow names it`)
  }
  if (namesVerb(request)) {
    throw new Problem('not_passed_on', 'the request names another method than its own: send that method itself')
  }
  if (!Object.values(request.params as Record<string, string>).every(isOneSegment)) {
    throw new Problem('not_passed_on', 'a part of the path is no account id and no number')
  }
}

/** Tells whether the service could carry the request out as one of another method. */
function namesVerb({ headers, query, body }: FastifyRequest): boolean {
  const { verb: inQuery } = query as Query
  const places = isObject(body) ? [body, body.data].filter(isObject) : []
  return (
    inQuery !== undefined ||
    headers['x-http-method-override'] !== undefined ||
    places.some(({ verb }) => verb !== undefined)
  )
}

/** Tells whether a part of a path stays one part, however often a server decodes it. */
function isOneSegment(part: string): boolean {
  return !/[/\\?#;]|%(?:2f|5c|3f|23|3b|2e|25)|^\.+$/i.test(part)
}
