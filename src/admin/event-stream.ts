import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Events, SandboxEvent } from '../sandbox/events.js'
import { VERSION } from '../package.js'
import { AdminProblem } from './plugin.js'

/** Streams that a sandbox serves at once. */
const MOST_STREAMS = 100
/** Bytes that may wait for a slow reader; then it is let go, as it would fill the memory. */
const MOST_WAITING = 4 * 1024 * 1024

/** Answers with everything that happens from now on, as Server-Sent Events (HTML standard, 9.2), until either side ends it. */
export function streamEvents(request: FastifyRequest, reply: FastifyReply, events: Events): void {
  if (events.listeners >= MOST_STREAMS) {
    throw new AdminProblem(429, 'too_many_streams', `a sandbox has at most ${MOST_STREAMS} streams of events`)
  }
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { 'x-emulator': VERSION, 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  // The first line goes out at once, so that a client knows that it hears everything from here on.
  raw.write(': listening\n\n')
  const stop = events.listen(
    (event) => {
      if (raw.writableLength > MOST_WAITING) raw.destroy()
      else raw.write(written(event))
    },
    () => raw.end()
  )
  request.raw.once('close', stop)
  raw.once('close', stop)
}

function written({ type, data }: SandboxEvent): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`
}
