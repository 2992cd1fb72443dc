import type { VerifyOptions, WaitOptions } from '../../journal/queries.js'
import type { RecordedRequest } from '../../journal/recorded-request.js'
import type { RequestPattern } from '../../journal/request-pattern.js'
import type { JsonObject } from '../../json.js'
import { formatQuery, type AdminCalls } from './calls.js'

/** The questions that a test asks the journal. */
export function requestCalls(admin: AdminCalls) {
  const find = async (path: string, body: unknown) => {
    const reply = await admin.call('POST', path, body)
    return (reply as unknown as { requests: RecordedRequest[] }).requests
  }
  return {
    /** Lists the newest requests first: at most `limit` of them, those since a time in ISO 8601. @default all */
    list: ({ limit, since }: { limit?: number; since?: string } = {}) =>
      admin
        .get<{ requests: RecordedRequest[] }>(`/requests${formatQuery({ limit, since })}`)
        .then(({ requests }) => requests),
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
      admin.call('POST', '/requests/verify', { ...pattern, ...expected })
  }
}
