import type { App } from '../../src/api/app-type.js'
import { streamEvents } from '../../src/admin/event-stream.js'
import { sandboxOf, type AdminServices } from './options.js'

/** Requests, changes of state, faults and resets of the sandbox as they happen. */
export function events(admin: App, options: AdminServices): void {
  admin.get('/events', async (request, reply) => {
    streamEvents(request, reply, sandboxOf(options, request).events)
  })
}
