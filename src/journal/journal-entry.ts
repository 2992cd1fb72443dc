import type { IncomingHttpHeaders } from 'node:http'
import type { OperationName, OutcomeName } from '../contract/outcomes.js'
import type { State } from '../numbering/number-state.js'

/** What happened to a number; `null` stands for no record. */
export interface StateChange {
  e164: string
  from: State | null
  to: State | null
}

/** A body as far as a journal keeps it. */
export interface KeptBody {
  readonly text: string
  /** Bytes that are cut off; 0 where all of it is there. */
  readonly cutBytes: number
}

/** A request and its response in a journal, as they went over the connection. */
export interface JournalEntry {
  /** Counts up: '1' is the first. */
  readonly id: string
  readonly sandbox: string
  /** Unix milliseconds, by the clock of the process. */
  readonly loggedAt: number
  readonly clientIp: string
  readonly headers: IncomingHttpHeaders
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** `''` where there was none. */
  readonly requestBody: KeptBody
  /** Whether the body was UTF-8; if not, its text has a character for each byte. */
  readonly isUtf8: boolean
  /** 0 where no response was sent. */
  readonly status: number
  /** Name of the operation; undefined where the request met no route. */
  readonly operation: OperationName | undefined
  /** Name of the outcome; undefined where the operation has none for it. */
  readonly outcome: OutcomeName | undefined
  /** Name of the fault that made the response. */
  readonly fault: string | undefined
  /** Where the fault came once the operation was over. */
  readonly faultPhase: 'after' | undefined
  /** The outcome that the client saw, null for none, where it may not be that of the operation; undefined for any other request. */
  readonly answered: string | null | undefined
  readonly warnings: readonly string[]
  /** Names the nearest call, where the request met no route. */
  readonly hint: string | undefined
  /** Empty where no response was sent. */
  readonly responseHeaders: Readonly<Record<string, number | string | readonly string[] | undefined>>
  readonly responseBody: KeptBody
  /** Milliseconds from the head of the request to the response, with a fraction; real time. */
  readonly durationMs: number
  readonly changes: readonly StateChange[]
  /** The memory that the entry takes, by estimate. */
  readonly bytes: number
}

/** The most bytes of a body that a journal keeps. */
const MAX_KEPT_BYTES = 256_000

/** Cuts a body to what a journal keeps. */
export function keepBody(text: string): KeptBody {
  // No character of a string takes more than three bytes.
  if (text.length * 3 <= MAX_KEPT_BYTES) return { text, cutBytes: 0 }
  const bytes = Buffer.byteLength(text)
  if (bytes <= MAX_KEPT_BYTES) return { text, cutBytes: 0 }
  // A slice of the string would hold all of it in memory. `write` ends before a character that has no room.
  const kept = Buffer.alloc(MAX_KEPT_BYTES)
  const keptBytes = kept.write(text)
  return { text: kept.toString('utf8', 0, keptBytes), cutBytes: bytes - keptBytes }
}

/** Bytes of an entry beside its texts: the objects that hold them. */
const OWN_BYTES = 1_000
const BYTES_OF_CHANGE = 100

/** Estimates the memory that an entry takes. */
export function sizeOf({
  url,
  headers,
  requestBody,
  responseBody,
  changes
}: Pick<JournalEntry, 'url' | 'headers' | 'requestBody' | 'responseBody' | 'changes'>): number {
  let bytes = OWN_BYTES + changes.length * BYTES_OF_CHANGE + url.length
  // Node reads the head of a request as Latin-1: a character is a byte.
  for (const name in headers) bytes += String(headers[name]).length
  return bytes + Buffer.byteLength(requestBody.text) + Buffer.byteLength(responseBody.text)
}
