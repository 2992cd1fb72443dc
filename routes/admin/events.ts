import { Readable } from 'node:stream'
import { Type, type Static } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { EVENT_STREAM_HEADERS, EVENT_TYPE_NAMES, EVENT_TYPES, EventStreams } from '../../src/admin/event-stream.js'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { invalidCall } from '../../src/admin/problems.js'
import { takesQuery } from '../../src/admin/validation.js'
import type { App } from '../../src/api/app-type.js'
import type { Finding } from '../../src/findings/finding.js'
import type { Part } from '../../src/findings/part.js'
import type { EventName } from '../../src/sandbox/event.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import { suggest } from '../../src/text/nearest.js'
import { queryKey } from '../schemas.js'

const EventsQuery = Type.Object(
  {
    since: queryKey('id of the last event that you have; 0 is before the first'),
    types: queryKey(`some of ${EVENT_TYPE_NAMES.join(', ')}, separated by commas; all where it is left out`)
  },
  { additionalProperties: false }
)

/** Streams the requests, state changes, faults and resets of the sandbox: those that it still has, and then as they happen. */
export function events(admin: App, options: AdminOptions): void {
  const streams = new EventStreams()
  admin.get(
    '/events',
    takesQuery(EventsQuery, (query, request) => queryFindings(query, sandboxOf(options, request))),
    async (request, reply) => {
      const sandbox = sandboxOf(options, request)
      const { lastId } = sandbox.events
      const { since, types } = request.query
      const names = types === undefined ? Object.values(EVENT_TYPES) : types.split(',').flatMap(readType)
      const choice = {
        since: lastEventId(request, lastId) ?? firstMissedId(since, lastId),
        wants: (type: EventName) => names.includes(type)
      }
      // Fastify answers HEAD with this handler, too, and a stream would hold it.
      if (request.method === 'HEAD') return reply.headers(EVENT_STREAM_HEADERS).send(Readable.from([]))
      streams.serve(request, reply, sandbox, choice)
      return reply
    }
  )
}

const EVENT_ID = /^\d{1,15}$/

/**
 * Reads the header with which an EventSource comes back (HTML standard, 9.2). An id that is still to come is one of an emulator
 * that ran before: the client gets all that there is, as a refusal would end an EventSource for good.
 */
function lastEventId({ headers }: FastifyRequest, lastId: number): number | undefined {
  const id = headers['last-event-id']
  if (id === undefined) return undefined
  if (!EVENT_ID.test(String(id))) throw invalidCall('the header Last-Event-ID must be the id of an event')
  return Number(id) > lastId ? 0 : Number(id)
}

function firstMissedId(since: string | undefined, lastId: number): number {
  return since === undefined ? lastId : Number(since)
}

function queryFindings(query: Part<Static<typeof EventsQuery>>, { events: { lastId } }: Sandbox): Finding[] {
  return [
    ...query.check('/since', ['since'], ({ since = '0' }) =>
      EVENT_ID.test(since) && Number(since) <= lastId
        ? undefined
        : `must be the id of an event, a whole number from 0 to ${lastId}`
    ),
    ...query.check('/types', ['types'], ({ types }) => {
      const wrong = types?.split(',').find((name) => readType(name).length === 0)
      return wrong === undefined ? undefined : `is no type of events: ${wrong}; ${suggest(wrong, EVENT_TYPE_NAMES)}`
    })
  ]
}

/** Returns the event of a type; none for an unknown one. */
function readType(name: string): EventName[] {
  return EVENT_TYPE_NAMES.filter((one) => one === name).map((type) => EVENT_TYPES[type])
}
