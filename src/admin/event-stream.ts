import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EventName, SandboxEvent } from '../sandbox/event.js'
import { applyDueChanges } from '../operations/rules/due-changes.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { clearInterval, setInterval } from '../turns/timers.js'
import { AdminProblem } from './problems.js'

/** The number of streams that a sandbox serves at once. */
const MAX_STREAMS = 100

/** Bytes that may wait for all slow readers of a process together; beyond them the slowest is closed. */
const MAX_WAITING_BYTES_OF_ALL = 16_000_000

/** Bytes from which on a reader counts as slow. */
const SLOW_BYTES = 64_000

/** How often a stream looks for changes that are due by the clock, which counts in seconds. */
const LOOK_MS = 250

export const EVENT_STREAM_HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } as const

/** The kinds of events that a stream can be for, and the name that each event has in it. */
export const EVENT_TYPES = {
  requests: 'request',
  states: 'change',
  faults: 'fault',
  resets: 'reset'
} as const satisfies Readonly<Record<string, EventName>>
export type EventType = keyof typeof EVENT_TYPES

export const EVENT_TYPE_NAMES = Object.keys(EVENT_TYPES) as EventType[]

/** Which events of a sandbox a stream is for. */
interface EventChoice {
  /** The id of the last event that the client has. */
  since: number
  wants: (type: EventName) => boolean
}

/** The streams of events of a process. */
export class EventStreams {
  readonly #open = new Set<ServerResponse>()
  /** The sandboxes in which the last look for due changes has failed. */
  readonly #failing = new WeakSet<Sandbox>()

  /**
   * Sends the events of a sandbox as Server-Sent Events (HTML standard, 9.2), until either side ends the stream: those after the id
   * `since` that are kept, and then those that come. `wants` says which. A slow reader gets the events as fast as it reads, and
   * hears how many it has lost. Changes that are due by the clock happen meanwhile, as a client that only listens sends no request
   * that would make them happen.
   */
  serve(request: FastifyRequest, reply: FastifyReply, sandbox: Sandbox, { since, wants }: EventChoice): void {
    const { events } = sandbox
    if (events.listeners >= MAX_STREAMS) {
      throw new AdminProblem(429, 'too_many_streams', `a sandbox has at most ${MAX_STREAMS} streams of events`)
    }
    const raw = beginStream(reply)
    this.#open.add(raw)
    let last = since
    let isBehind = false
    /** Returns whether the reader can take another one. */
    const send = (event: SandboxEvent): boolean => {
      last = Number(event.id)
      if (event.type !== 'lost' && !wants(event.type)) return true
      isBehind = !raw.write(formatEvent(event))
      if (isBehind) raw.once('drain', catchUp)
      if (raw.writableLength > SLOW_BYTES) this.#makeRoom()
      return !isBehind
    }
    const catchUp = () => {
      isBehind = false
      for (let event = events.after(last); event !== undefined; event = events.after(last)) if (!send(event)) return
    }
    const looking = setInterval(() => {
      this.#moveOnAlone(request, sandbox)
    }, LOOK_MS).unref()
    const stopListening = events.listen(
      (event) => {
        if (!isBehind) send(event)
      },
      () => {
        stop()
        raw.end()
      }
    )
    const stop = () => {
      clearInterval(looking)
      stopListening()
      raw.off('drain', catchUp)
      this.#open.delete(raw)
    }
    request.raw.once('close', stop)
    raw.once('close', stop)
    catchUp()
  }

  /**
   * Applies what is due by the clock. The log has a failure once until it works again, however many streams look: no request waits for
   * it, and the streams go on with what else happens.
   */
  #moveOnAlone({ log }: FastifyRequest, sandbox: Sandbox): void {
    try {
      applyDueChanges(sandbox)
      this.#failing.delete(sandbox)
    } catch (error) {
      if (!this.#failing.has(sandbox)) log.error(error)
      this.#failing.add(sandbox)
    }
  }

  #makeRoom(): void {
    const waiting = [...this.#open].filter(({ writableLength }) => writableLength > SLOW_BYTES)
    const bytes = waiting.reduce((sum, { writableLength }) => sum + writableLength, 0)
    if (bytes <= MAX_WAITING_BYTES_OF_ALL) return
    const slowestFirst = waiting.sort((one, other) => other.writableLength - one.writableLength)
    for (const slowest of slowestFirst.slice(0, 1)) {
      this.#open.delete(slowest)
      slowest.destroy()
    }
  }
}

/** Takes the response from Fastify, and sends its first line: it tells the client at once that it gets every event from now on. */
function beginStream(reply: FastifyReply): ServerResponse {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...EVENT_STREAM_HEADERS })
  raw.write(': listening\n\n')
  return raw
}

function formatEvent({ id, type, data }: SandboxEvent): string {
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`
}
