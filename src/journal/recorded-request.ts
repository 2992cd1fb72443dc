import { Type, type Static } from '@sinclair/typebox'
import type { OperationName, OutcomeName } from '../contract/outcomes.js'
import { STATES, type State } from '../numbering/number-state.js'
import type { JournalEntry, KeptBody } from './journal-entry.js'
import { redactBody, redactHeaders, redactResponse, redactUrl } from './redaction.js'
import { mapOf, oneOf, textOrNull } from '../text/text-schema.js'

const headers = mapOf(Type.String())
/** A state of a number; null where it has no record. */
export const stateOrNull = Type.Unsafe<State | null>({ type: ['string', 'null'], enum: [...STATES, null] })
const isoTime = Type.String({ description: 'ISO 8601' })

/** An entry of the journal as a test sees it: WireMock's shape, our fields beside it, secrets covered. */
export const RECORDED_REQUEST = Type.Object({
  id: Type.String({ description: 'Counts up: 1 is the first' }),
  request: Type.Object({
    url: Type.String({ description: 'Path and query, without what names the sandbox' }),
    absoluteUrl: Type.String(),
    method: Type.String(),
    clientIp: Type.String(),
    headers,
    body: Type.String(),
    bodyCutBytes: Type.Optional(Type.Integer({ description: 'Bytes of the body that the journal has not kept' })),
    bodyEncoding: Type.Optional(
      oneOf(['latin1'], { description: 'Present where the body was not UTF-8: it has a character for each byte' })
    ),
    loggedDate: Type.Integer({ description: 'Unix milliseconds' }),
    loggedDateString: isoTime
  }),
  response: Type.Object({
    status: Type.Integer({ description: '0 where no response was sent' }),
    headers,
    body: Type.String(),
    bodyCutBytes: Type.Optional(Type.Integer()),
    duration_ms: Type.Number({ description: 'Milliseconds that the response took, with a fraction' })
  }),
  trace_id: Type.Optional(Type.String({ description: 'The trace of a W3C traceparent header' })),
  wasMatched: Type.Boolean({ description: 'Whether there is such an operation' }),
  sandbox: Type.String(),
  operation: textOrNull<OperationName>(),
  outcome: textOrNull<OutcomeName>(),
  fault: textOrNull({ description: 'The fault that made the response' }),
  fault_phase: Type.Optional(
    oneOf(['after'], {
      description: 'Present where the fault came after the operation: outcome is that of the operation'
    })
  ),
  answered: Type.Optional(
    textOrNull({
      description:
        'The outcome that the client saw where it may not be that of the operation; null where it saw none of the API, or had left'
    })
  ),
  changes: Type.Array(
    Type.Object({ e164: Type.String({ description: 'The number' }), from: stateOrNull, to: stateOrNull })
  ),
  warnings: Type.Array(Type.String()),
  hint: Type.Optional(Type.String({ description: 'Names the nearest call, where the request met no route' }))
})
export type RecordedRequest = Static<typeof RECORDED_REQUEST>

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
    changes: [...changes],
    warnings: [...warnings],
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
