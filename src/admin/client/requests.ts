import type { VerifyOptions, WaitOptions } from '../../journal/queries.js'
import type { RecordedRequest } from '../../journal/recorded-request.js'
import type { RequestPattern } from '../../journal/request-pattern.js'
import type { JsonObject } from '../../json.js'
import { formatQuery, type AdminCalls } from './calls.js'

/** Which requests a list has. */
export interface ListOptions {
  /** The most requests. @default all */
  limit?: number
  /** How many to leave out at the beginning. @default 0 */
  offset?: number
  /** From the newest to the oldest, or the other way. @default 'desc' */
  sort?: 'asc' | 'desc'
  /** Only requests since then, in ISO 8601. */
  since?: string
  /** Only requests that met no route. @default false */
  unmatched?: boolean
}

function queryOf({ unmatched, ...rest }: ListOptions) {
  return { ...rest, unmatched: unmatched === undefined ? undefined : String(unmatched) }
}

/** The questions that a test asks the journal. */
export function requestCalls(admin: AdminCalls) {
  const find = async (path: string, body: unknown) => {
    const reply = await admin.call('POST', path, body)
    return (reply as unknown as { requests: RecordedRequest[] }).requests
  }
  return {
    /** Lists a page of the requests. @default all, the newest first */
    list: (options: ListOptions = {}) =>
      admin
        .get<{ requests: RecordedRequest[] }>(`/requests${formatQuery(queryOf(options))}`)
        .then(({ requests }) => requests),
    /** Lists a page of the requests that met no route. @default all, the newest first */
    listUnmatched: (options: Omit<ListOptions, 'unmatched'> = {}) =>
      admin
        .get<{ requests: RecordedRequest[] }>(`/requests/unmatched${formatQuery({ ...options })}`)
        .then(({ requests }) => requests),
    /** Removes the matching requests, and returns them. @throws AdminError for a pattern that cannot be used */
    removeMatching: (pattern: RequestPattern) => find('/requests/remove', pattern),
    /** Returns a page of the requests as an HTTP Archive 1.2, the oldest first. */
    har: (options: ListOptions = {}) =>
      admin.get<JsonObject>(`/requests${formatQuery({ ...queryOf(options), format: 'har' })}`),
    /** @throws AdminError where there is no such request */
    get: (id: string) => admin.get<RecordedRequest>(`/requests/${encodeURIComponent(id)}`),
    /** @throws AdminError where there is no such request */
    remove: (id: string) => admin.call('DELETE', `/requests/${encodeURIComponent(id)}`),
    clear: () => admin.call('DELETE', '/requests'),
    /** Counts the matching requests. @throws AdminError for a pattern that cannot be used */
    count: (pattern: RequestPattern = {}) =>
      admin.call('POST', '/requests/count', pattern).then((reply) => Number((reply as JsonObject).count)),
    /** Finds the matching requests, the oldest first. @throws AdminError for a pattern that cannot be used */
    find: (pattern: RequestPattern = {}) => find('/requests/find', pattern),
    /** Resolves once enough requests match, earlier ones included. @throws AdminError (408) when the time is up */
    wait: (pattern: RequestPattern = {}, options: WaitOptions = {}) =>
      find('/requests/wait', { ...pattern, ...options }),
    /** Checks how many requests match. @throws AdminError (406) that says how many were expected and how many matched */
    verify: (pattern: RequestPattern, expected: VerifyOptions = {}) =>
      admin.call('POST', '/requests/verify', { ...pattern, ...expected }),
    /** Checks that requests came in an order; others may stand between. @throws AdminError (406) that shows both orders */
    verifyInOrder: (patterns: readonly RequestPattern[]) =>
      admin.call('POST', '/requests/verify', { in_order: patterns })
  }
}
