import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import type { FastifyRequest } from 'fastify'
import type { Store } from '../../db/database.js'
import type { OperationName } from '../contract/outcomes.js'
import { isObject, type JsonValue } from '../json.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { App } from './app-type.js'
import { contextOf } from './context.js'

/** What answers name instead of a rule. */
const NAME = 'hostile'

/** Most numbers on a page of a list. */
const LARGEST_PAGE = 2

/** How answers trickle: in so many pieces, with so many milliseconds between them. */
const PIECES = 4
const PAUSE = 2

/**
 * Everything that the API may do and a robust client survives: the first call of each operation is answered 503 with
 * Retry-After, pages are small, keys come in another order, and there are some that nobody knows. Chance is drawn from the
 * ids of the requests, so that a seeded run can be repeated.
 */
export function hostileMode(app: App): void {
  const met = new WeakMap<Store, Set<OperationName>>()
  app.addHook('preHandler', (request, reply, done) => {
    contextOf(request).fault = { name: NAME }
    reply.header('x-emulator-fault', NAME)
    shrinkPage(request)
    done(isFirst(met, request) ? new Problem('datastore_unreachable') : undefined)
  })
  app.addHook('onSend', (request, _reply, payload, done) => {
    done(
      null,
      isMeant(request, payload)
        ? JSON.stringify(mixed(JSON.parse(payload) as JsonValue, contextOf(request).requestId))
        : payload
    )
  })
}

/** Answers byte by byte, or nearly so. It has to come after everything that looks at an answer. */
export function answerSlowly(app: App): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (!isMeant(request, payload)) {
      done(null, payload)
      return
    }
    const bytes = Buffer.from(payload)
    reply.header('content-length', bytes.length)
    done(null, Readable.from(trickle(bytes, contextOf(request).sandbox)))
  })
}

function isMeant(request: FastifyRequest, payload: unknown): payload is string {
  return contextOf(request).fault?.name === NAME && typeof payload === 'string' && payload !== ''
}

/** What has been met belongs to the store, so that a reset begins anew. */
function isFirst(met: WeakMap<Store, Set<OperationName>>, request: FastifyRequest): boolean {
  const { sandbox, operation } = contextOf(request)
  if (operation === undefined) return false
  const known = met.get(sandbox.store) ?? new Set()
  met.set(sandbox.store, known)
  const isNew = !known.has(operation)
  known.add(operation)
  return isNew
}

function shrinkPage(request: FastifyRequest): void {
  if (contextOf(request).operation !== 'list') return
  const query = request.query as Record<string, unknown>
  const asked = Number(query.page_size)
  query.page_size = String(asked >= 1 ? Math.min(asked, LARGEST_PAGE) : LARGEST_PAGE)
}

/** The same JSON, keys shuffled and strangers among them; maps by number have no strangers. */
function mixed(value: JsonValue, salt: string): JsonValue {
  if (Array.isArray(value)) return value.map((one) => mixed(one, salt))
  if (!isObject(value)) return value
  const known = Object.entries(value).map(([key, one]): [string, JsonValue] => [key, mixed(one, salt)])
  const isMap = known.some(([key]) => key.startsWith('+'))
  const stranger: [string, JsonValue] = [`x_${salt.slice(0, 6)}`, { unknown: [null, salt] }]
  const place = (key: string) => crc32(salt + key)
  const entries = isMap ? known : [...known, stranger]
  return Object.fromEntries(entries.sort(([one], [other]) => place(one) - place(other)))
}

async function* trickle(bytes: Buffer, sandbox: Sandbox): AsyncGenerator<Buffer> {
  const size = Math.ceil(bytes.length / PIECES)
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size)
    await sandbox.pause(PAUSE)
  }
}
