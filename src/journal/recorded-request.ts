import type { JournalEntry, StateChange, Texts } from './journal-entry.js'
import { REDACTED, redactedBody, redactedHeaders, redactedUrl, secretsIn } from './redaction.js'

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

export function toRecordedRequest(entry: JournalEntry): RecordedRequest {
  const { id, sandbox, operation, outcome, fault, changes, warnings } = entry
  const texts = entry.texts()
  return {
    id,
    request: requestOf(entry, texts),
    response: { status: entry.status, body: answerOf(texts) },
    wasMatched: operation !== undefined,
    sandbox,
    operation: operation ?? null,
    outcome: outcome ?? null,
    fault: fault ?? null,
    changes,
    warnings
  }
}

function requestOf(
  { url, method, clientIp, loggedAt }: JournalEntry,
  { headers, body }: Texts
): RecordedRequest['request'] {
  const path = redactedUrl(url)
  return {
    url: path,
    absoluteUrl: `http://${[headers.host ?? 'localhost'].flat().join('')}${path}`,
    method,
    clientIp,
    headers: redactedHeaders(headers),
    body: redactedBody(body),
    loggedDate: loggedAt,
    loggedDateString: new Date(loggedAt).toISOString()
  }
}

/** Failures repeat what was sent: a secret of the request is one in the answer too. */
function answerOf({ body, answer }: Texts): string {
  return secretsIn(body).reduce((text, secret) => text.replaceAll(secret, REDACTED), redactedBody(answer))
}
