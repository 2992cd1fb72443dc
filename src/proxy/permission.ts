import type { FastifyRequest } from 'fastify'
import { contextOf } from '../api/context.js'
import { resourceOf } from '../api/not-found.js'
import { OPERATION_NAMES, isOperation, type OperationName } from '../contract/outcomes.js'
import { isObject } from '../json.js'
import { Problem } from '../problems.js'
import { UsageError } from '../settings.js'
import { suggest } from '../text/nearest.js'
import { namesIn } from '../text/kinds.js'
import { decodePart, pathOf, type Query } from '../text/url.js'

/**
 * Stands for the reads of paths below `/v2` that are no call of the API, such as devices and users. Some of them do something at the
 * service, such as `quickcall`, which starts a call (reference implementation): they pass only where a user names them.
 */
const UNMATCHED = 'unmatched'

/** What may pass: operations, and the reads that are none. */
export type Allowed = ReadonlySet<OperationName | typeof UNMATCHED>

/** The operations that change no number and cost nothing. */
// prettier-ignore
const READS: readonly OperationName[] = [
  'search', 'search_account', 'list', 'read', 'log_in_by_key', 'log_in_by_user', 'read_account', 'identify', 'carriers_info',
  'classifiers', 'classify', 'check', 'locality', 'area_codes'
]

/** Stands for `READS`, which pass where the settings name nothing. */
const ALL_READS = 'reads'

/** Reads a list of what may pass. Throws a UsageError for a name that is none. */
export function readAllowed(list: string): Allowed {
  return new Set(namesIn(list).flatMap(readPermission))
}

function readPermission(name: string): readonly (OperationName | typeof UNMATCHED)[] {
  if (name === ALL_READS) return READS
  if (name === UNMATCHED || isOperation(name)) return [name]
  throw new UsageError(`--allow: ${name} is no operation; ${suggest(name, [ALL_READS, UNMATCHED, ...OPERATION_NAMES])}`)
}

/** Throws a Problem for a request that must not reach the service: it could buy what no setting allows. */
export function assertAllowed(request: FastifyRequest, allowed: Allowed): void {
  const { operation } = contextOf(request)
  if (operation === undefined) assertOtherRead(request, allowed)
  else if (!allowed.has(operation)) {
    throw new Problem('not_passed_on', `the proxy passes ${operation} on where --allow names it`)
  }
  if (namesVerb(request)) {
    throw new Problem('not_passed_on', 'the request names another method than its own: send that method itself')
  }
  if (!pathOf(request.url).split('/').map(decodePart).every(isOneSegment)) {
    throw new Problem('not_passed_on', 'a part of the path could be read as another path')
  }
}

/** Throws a Problem for a request that is no call of the API, unless it reads something below `/v2` and such reads may pass. */
function assertOtherRead(request: FastifyRequest, allowed: Allowed): void {
  const isRead = ['GET', 'HEAD'].includes(request.method) && resourceOf(request) !== undefined
  if (isRead && allowed.has(UNMATCHED)) return
  const advice = isRead ? `; --allow ${UNMATCHED} lets it pass` : ''
  throw new Problem('not_passed_on', `the path and method are no call of the API${advice}`)
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
