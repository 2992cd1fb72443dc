import type { IncomingHttpHeaders } from 'node:http'
import type { State } from '../numbering/number-state.js'

/** What happened to a number; `null` stands for no record. */
export interface StateChange {
  e164: string
  from: State | null
  to: State | null
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
  readonly requestBody: string
  /** 0 where no response was sent. */
  readonly status: number
  /** Name of the operation; undefined where the request met no route. */
  readonly operation: string | undefined
  /** Name of the outcome; undefined where the operation has none for it. */
  readonly outcome: string | undefined
  /** Name of the fault that made the response. */
  readonly fault: string | undefined
  readonly warnings: readonly string[]
  readonly responseBody: string
  readonly changes: readonly StateChange[]
}
