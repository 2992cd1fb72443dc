import type { App } from '../../src/http/app-type.js'
import { streamEvents } from '../../src/http/event-stream.js'
import { sandboxOf, type DoorOptions } from './options.js'

/** Requests, changes of state, faults and resets of the sandbox as they happen. */
export function events(door: App, options: DoorOptions): void {
  door.get('/events', async (request, reply) => {
    streamEvents(request, reply, sandboxOf(options, request).events)
  })
}
