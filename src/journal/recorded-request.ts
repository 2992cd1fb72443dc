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
    /** Present where the body was not UTF-8: it has a character for each byte. */
    bodyEncoding?: 'latin1'
    /** Bytes of the body that the journal has not kept. */
    bodyCutBytes?: number
    /** Unix milliseconds, and the same in ISO 8601. */
    loggedDate: number
    loggedDateString: string
  }
  response: {
    status: number
    headers: Record<string, string>
    body: string
    bodyCutBytes?: number
    /** Milliseconds that the response took, with a fraction. */
    duration_ms: number
  }
  /** The trace of a W3C `traceparent` header. */
  trace_id?: string
  /** Whether there is such an operation. */
  wasMatched: boolean
  sandbox: string
  operation: string | null
  outcome: string | null
  fault: string | null
  /** Only where the fault came after the operation: `outcome` is that of the operation, `answered` the one that the client saw. */
  fault_phase?: 'after'
  /** Null where the client saw no outcome of the API, or had left before the response. */
  answered?: string | null
  changes: readonly StateChange[]
  warnings: readonly string[]
  /** Names the nearest call, where the request met no route and one is near. */
  hint?: string
}

/** Shows an entry of the journal. */
export function toRecordedRequest(entry: JournalEntry): RecordedRequest {
  const {
    id,
    sandbox,
    operation,
    outcome,
    fault,
    faultPhase,
    answered,
    changes,
    warnings,
    url,
    requestBody,
    responseBody
  } = entry
  return {
    id,
    request: requestOf(entry),
    response: {
      status: entry.status,
      headers: redactHeaders(headersOf(entry)),
      body: redactResponse(responseBody.text, url, requestBody.text),
      ...cutOf(responseBody),
      duration_ms: entry.durationMs
    },
    ...traceOf(entry),
    wasMatched: operation !== undefined,
    sandbox,
    operation: operation ?? null,
    outcome: outcome ?? null,
    fault: fault ?? null,
    ...(faultPhase === undefined ? {} : { fault_phase: faultPhase }),
    ...(answered === undefined ? {} : { answered }),
    changes,
    warnings,
    ...(entry.hint === undefined ? {} : { hint: entry.hint })
  }
}

function requestOf({
  url,
  method,
  clientIp,
  loggedAt,
  headers,
  requestBody,
  isUtf8
}: JournalEntry): RecordedRequest['request'] {
  const path = redactUrl(url)
  return {
    url: path,
    absoluteUrl: `http://${headers.host ?? 'localhost'}${path}`,
    method,
    clientIp,
    headers: redactHeaders(headers),
    body: redactBody(requestBody.text),
    ...(isUtf8 ? {} : { bodyEncoding: 'latin1' as const }),
    ...cutOf(requestBody),
    loggedDate: loggedAt,
    loggedDateString: new Date(loggedAt).toISOString()
  }
}

function headersOf({ responseHeaders }: JournalEntry): Record<string, string> {
  return Object.fromEntries(Object.entries(responseHeaders).map(([name, value]) => [name, String(value)]))
}

/** Matches the header of W3C Trace Context, level 1: version, trace, parent, flags. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

function traceOf({ headers }: JournalEntry): { trace_id?: string } {
  const [, trace] = TRACEPARENT.exec(String(headers.traceparent)) ?? []
  return trace === undefined ? {} : { trace_id: trace }
}

function cutOf({ cutBytes }: KeptBody): { bodyCutBytes?: number } {
  return cutBytes === 0 ? {} : { bodyCutBytes: cutBytes }
}
