import { Readable } from 'node:stream'
import { EVENT_STREAM_HEADERS, EventStreams } from '../../src/admin/event-stream.js'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import type { App } from '../../src/api/app-type.js'

/** Streams the requests, state changes, faults and resets of the sandbox as they happen. */
export function events(admin: App, options: AdminOptions): void {
  const streams = new EventStreams()
  admin.get('/events', async (request, reply) => {
    const { events } = sandboxOf(options, request)
    // Fastify answers HEAD with this handler, too, and a stream would hold it.
    if (request.method === 'HEAD') return reply.headers(EVENT_STREAM_HEADERS).send(Readable.from([]))
    streams.serve(request, reply, events)
    return reply
  })
}
