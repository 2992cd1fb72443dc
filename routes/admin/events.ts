import { streamEvents } from '../../src/admin/event-stream.js'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import type { App } from '../../src/api/app-type.js'

/** Streams the requests, state changes, faults and resets of the sandbox as they happen. */
export function events(admin: App, options: AdminOptions): void {
  admin.get('/events', async (request, reply) => {
    streamEvents(request, reply, sandboxOf(options, request).events)
  })
}
