import type { VerifyOptions, WaitOptions } from '../../journal/queries.js'
import type { RecordedRequest } from '../../journal/recorded-request.js'
import type { RequestPattern } from '../../journal/request-pattern.js'
import type { JsonObject } from '../../json.js'
import { assertOptions } from '../../text/options.js'
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

/** Writes the path of a list; those without a route have one of their own. */
function listPath({ unmatched = false, ...page }: ListOptions, format?: 'har' | 'curl'): string {
  return `/requests${unmatched ? '/unmatched' : ''}${formatQuery({ ...page, format })}`
}

/** Joins a pattern and the options of a call to its body. Throws a UsageError for a number or a list, which would change nothing. */
function bodyOf(call: string, pattern: RequestPattern, options: VerifyOptions | WaitOptions) {
  assertOptions(call, options)
  return { ...pattern, ...options }
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
      admin.get<{ requests: RecordedRequest[] }>(listPath(options)).then(({ requests }) => requests),
    /** Removes the matching requests, and returns them. @throws AdminError for a pattern that cannot be used */
    removeMatching: (pattern: RequestPattern) => find('/requests/remove', pattern),
    /** Returns a page of the requests as an HTTP Archive 1.2, the oldest first. */
    har: (options: ListOptions = {}) => admin.get<JsonObject>(listPath(options, 'har')),
    /** Returns a page of the requests as lines for a shell, each with one call of curl; tokens are `$TOKEN`. The oldest comes first. */
    curl: (options: ListOptions = {}) => admin.text(listPath(options, 'curl')),
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
    wait: async (pattern: RequestPattern = {}, options: WaitOptions = {}) =>
      find('/requests/wait', bodyOf('wait', pattern, options)),
    /** Checks how many requests match. @throws AdminError (406) that says how many were expected and how many matched */
    verify: async (pattern: RequestPattern, expected: VerifyOptions = {}) =>
      admin.call('POST', '/requests/verify', bodyOf('verify', pattern, expected)),
    /** Checks that requests came in an order; others may stand between. @throws AdminError (406) that shows both orders */
    verifyInOrder: (patterns: readonly RequestPattern[]) =>
      admin.call('POST', '/requests/verify', { in_order: patterns })
  }
}
