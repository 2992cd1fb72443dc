import type { JournalEntry, StateChange } from './journal-entry.js'
import { REDACTED, redactBody, redactHeaders, redactUrl, secretsIn } from './redaction.js'

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
    /** Unix milliseconds, and the same in ISO 8601. */
    loggedDate: number
    loggedDateString: string
  }
  response: { status: number; body: string }
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
  const { id, sandbox, operation, outcome, fault, changes, warnings } = entry
  return {
    id,
    request: requestOf(entry),
    response: { status: entry.status, body: responseBodyOf(entry) },
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
    body: redactBody(requestBody),
    loggedDate: loggedAt,
    loggedDateString: new Date(loggedAt).toISOString()
  }
}

/** A failure repeats what was sent: a secret of the request is one in the response too. */
function responseBodyOf({ requestBody, responseBody }: JournalEntry): string {
  return secretsIn(requestBody).reduce((text, secret) => text.replaceAll(secret, REDACTED), redactBody(responseBody))
}
