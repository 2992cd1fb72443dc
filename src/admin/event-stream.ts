import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Events, SandboxEvent } from '../sandbox/events.js'
import { AdminProblem } from './problems.js'

/** The number of streams that a sandbox serves at once. */
const MAX_STREAMS = 100
/** Bytes that may wait for a slow reader; beyond them its connection is closed, as it would fill the memory. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024

export const EVENT_STREAM_HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } as const

/** Sends the events of a sandbox from now on, as Server-Sent Events (HTML standard, 9.2), until either side ends the stream. */
export function streamEvents(request: FastifyRequest, reply: FastifyReply, events: Events): void {
  if (events.listeners >= MAX_STREAMS) {
    throw new AdminProblem(429, 'too_many_streams', `a sandbox has at most ${MAX_STREAMS} streams of events`)
  }
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...EVENT_STREAM_HEADERS })
  // The first line tells the client at once that it gets every event from now on.
  raw.write(': listening\n\n')
  const stop = events.listen(
    (event) => {
      if (raw.writableLength > MAX_WAITING_BYTES) raw.destroy()
      else raw.write(formatEvent(event))
    },
    () => raw.end()
  )
  request.raw.once('close', stop)
  raw.once('close', stop)
}

function formatEvent({ type, data }: SandboxEvent): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`
}
