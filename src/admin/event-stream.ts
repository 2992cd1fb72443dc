import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Events, SandboxEvent } from '../sandbox/events.js'
import { AdminProblem } from './problems.js'

/** The number of streams that a sandbox serves at once. */
const MAX_STREAMS = 100

/** Bytes that may wait for a slow reader; beyond them its connection is closed, as it would fill the memory. */
const MAX_WAITING_BYTES = 1_000_000

/** Bytes that may wait for all slow readers of a process together; beyond them the slowest is closed. */
const MAX_WAITING_BYTES_OF_ALL = 16_000_000

/** Bytes from which on a reader counts as slow. */
const SLOW_BYTES = 64_000

export const EVENT_STREAM_HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } as const

/** The streams of events of a process. */
export class EventStreams {
  readonly #open = new Set<ServerResponse>()

  /** Sends the events of a sandbox from now on, as Server-Sent Events (HTML standard, 9.2), until either side ends the stream. */
  serve(request: FastifyRequest, reply: FastifyReply, events: Events): void {
    if (events.listeners >= MAX_STREAMS) {
      throw new AdminProblem(429, 'too_many_streams', `a sandbox has at most ${MAX_STREAMS} streams of events`)
    }
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...EVENT_STREAM_HEADERS })
    // The first line tells the client at once that it gets every event from now on.
    raw.write(': listening\n\n')
    this.#open.add(raw)
    const stopListening = events.listen(
      (event) => {
        this.#send(raw, formatEvent(event))
      },
      () => raw.end()
    )
    const stop = () => {
      stopListening()
      this.#open.delete(raw)
    }
    request.raw.once('close', stop)
    raw.once('close', stop)
  }

  #send(raw: ServerResponse, text: string): void {
    if (raw.writableLength > MAX_WAITING_BYTES) this.#drop(raw)
    else raw.write(text)
    if (raw.writableLength > SLOW_BYTES) this.#makeRoom()
  }

  #makeRoom(): void {
    const waiting = [...this.#open].filter(({ writableLength }) => writableLength > SLOW_BYTES)
    const bytes = waiting.reduce((sum, { writableLength }) => sum + writableLength, 0)
    if (bytes <= MAX_WAITING_BYTES_OF_ALL) return
    const slowestFirst = waiting.sort((one, other) => other.writableLength - one.writableLength)
    slowestFirst.slice(0, 1).forEach((slowest) => {
      this.#drop(slowest)
    })
  }

  #drop(raw: ServerResponse): void {
    this.#open.delete(raw)
    raw.destroy()
  }
}

function formatEvent({ type, data }: SandboxEvent): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`
}
