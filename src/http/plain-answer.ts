import type { ServerResponse } from 'node:http'
import { VERSION } from '../package.js'

/** An answer that needs nothing of the framework. */
export interface BareAnswer {
  status: number
  requestId: string
  text: string
  /** Of the text. */
  bytes: number
}

/** The answer to a plain call. */
export interface PlainAnswer extends BareAnswer {
  status: 200 | 201
}

/** Reason phrases of what plain calls are answered with. */
const REASONS = { 200: 'OK', 201: 'Created' } as const

const SECOND = 1000

/** Answers through Node's HTTP server, which adds the headers of the connection. */
export function sendPlainly(response: ServerResponse, { status, requestId, text, bytes }: BareAnswer): void {
  response.writeHead(status, [
    'x-emulator',
    VERSION,
    'x-request-id',
    requestId,
    'content-type',
    'application/json',
    'content-length',
    String(bytes)
  ])
  response.end(text)
}

/** Writes answers as that server does. */
export class AnswerWriter {
  readonly #now: () => number
  readonly #kept: string
  #second = 0
  #date = ''

  /** `now` tells Unix milliseconds; a connection is kept for so many milliseconds. */
  constructor(now: () => number, idle: number) {
    this.#now = now
    this.#kept = `keep-alive\r\nKeep-Alive: timeout=${Math.floor(idle / SECOND)}`
  }

  /** Head and body; `closes` says whether the connection ends with it. */
  textOf({ status, requestId, text, bytes }: PlainAnswer, closes: boolean): string {
    const connection = closes ? 'close' : this.#kept
    return (
      `HTTP/1.1 ${status} ${REASONS[status]}\r\nx-emulator: ${VERSION}\r\nx-request-id: ${requestId}\r\n` +
      `content-type: application/json\r\ncontent-length: ${bytes}\r\nDate: ${this.#today()}\r\n` +
      `Connection: ${connection}\r\n\r\n${text}`
    )
  }

  /** HTTP's form of the date, made once a second. */
  #today(): string {
    const second = Math.floor(this.#now() / SECOND)
    if (second !== this.#second) {
      this.#second = second
      this.#date = new Date(second * SECOND).toUTCString()
    }
    return this.#date
  }
}
