import type { JournalEntry, KeptBody, StateChange } from './journal-entry.js'
import { redactBody, redactHeaders, redactResponse, redactUrl } from './redaction.js'

/** An entry of the journal as a test sees it: WireMock's shape, our fields beside it, secrets covered. */
export interface RecordedRequest {
  id: string
  request: {
    /** Path and query, without what names the sandbox. */
    url: string
    absoluteUrl: string
    method: string
    clientIp: string
    headers: Record<string, string>
    body: string
    /** Bytes of the body that the journal has not kept. */
    bodyCutBytes?: number
    /** Unix milliseconds, and the same in ISO 8601. */
    loggedDate: number
    loggedDateString: string
  }
  response: { status: number; body: string; bodyCutBytes?: number }
  /** Whether there is such an operation. */
  wasMatched: boolean
  sandbox: string
  operation: string | null
  outcome: string | null
  fault: string | null
  changes: readonly StateChange[]
  warnings: readonly string[]
}

/** Shows an entry of the journal. */
export function toRecordedRequest(entry: JournalEntry): RecordedRequest {
  const { id, sandbox, operation, outcome, fault, changes, warnings, url, requestBody, responseBody } = entry
  return {
    id,
    request: requestOf(entry),
    response: {
      status: entry.status,
      body: redactResponse(responseBody.text, url, requestBody.text),
      ...cutOf(responseBody)
    },
    wasMatched: operation !== undefined,
    sandbox,
    operation: operation ?? null,
    outcome: outcome ?? null,
    fault: fault ?? null,
    changes,
    warnings
  }
}

function requestOf({
  url,
  method,
  clientIp,
  loggedAt,
  headers,
  requestBody
}: JournalEntry): RecordedRequest['request'] {
  const path = redactUrl(url)
  return {
    url: path,
    absoluteUrl: `http://${headers.host ?? 'localhost'}${path}`,
    method,
    clientIp,
    headers: redactHeaders(headers),
    body: redactBody(requestBody.text),
    ...cutOf(requestBody),
    loggedDate: loggedAt,
    loggedDateString: new Date(loggedAt).toISOString()
  }
}

function cutOf({ cutBytes }: KeptBody): { bodyCutBytes?: number } {
  return cutBytes === 0 ? {} : { bodyCutBytes: cutBytes }
}
