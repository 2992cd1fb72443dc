import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isObject, type JsonValue } from '../json.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { RequestContext } from './context.js'

/** The name that responses give instead of a rule's. */
const HOSTILE = 'hostile'

/** The most numbers on a page of a list. */
const HOSTILE_PAGE_SIZE = 2

/** The pieces in which a body goes out, and the milliseconds between two of them. */
const PIECES = 4
const PIECE_PAUSE_MS = 2

/**
 * Puts a client to the test with everything that the API may do and a robust client survives: the first call of each operation
 * is answered 503 with Retry-After, and pages are small. Keys are shuffled and the body is slow when the response is sent.
 */
export function applyHostileMode(request: FastifyRequest, reply: FastifyReply, context: RequestContext): void {
  const { sandbox, operation } = context
  context.fault = { name: HOSTILE }
  reply.header('x-emulator-fault', HOSTILE)
  if (operation === 'list') shrinkPage(request)
  if (operation !== undefined && sandbox.clientHistory.noteCall(operation)) throw new Problem('datastore_unreachable')
}

/** Tells whether the response is one that hostile mode makes. */
export function isHostile({ fault }: RequestContext): boolean {
  return fault?.name === HOSTILE
}

function shrinkPage(request: FastifyRequest): void {
  const query = request.query as Record<string, unknown>
  const asked = Number(query.page_size)
  query.page_size = String(asked >= 1 ? Math.min(asked, HOSTILE_PAGE_SIZE) : HOSTILE_PAGE_SIZE)
}

/**
 * Shuffles the keys of a JSON text and adds unknown ones. The order is drawn from `salt`, the request id, so that a seeded run
 * can be repeated.
 */
export function shuffleKeys(text: string, salt: string): string {
  return JSON.stringify(shuffle(JSON.parse(text) as JsonValue, salt))
}

/** Maps by number get no unknown keys. */
function shuffle(value: JsonValue, salt: string): JsonValue {
  if (Array.isArray(value)) return value.map((one) => shuffle(one, salt))
  if (!isObject(value)) return value
  const known = Object.entries(value).map(([key, one]): [string, JsonValue] => [key, shuffle(one, salt)])
  const isMap = known.some(([key]) => key.startsWith('+'))
  const unknown: [string, JsonValue] = [`x_${salt.slice(0, 6)}`, { unknown: [null, salt] }]
  const place = (key: string) => crc32(salt + key)
  const entries = isMap ? known : [...known, unknown]
  return Object.fromEntries(entries.sort(([one], [other]) => place(one) - place(other)))
}

/** Sends a body in a few pieces, with pauses between them. */
export function sendSlowly(reply: FastifyReply, body: string, sandbox: Sandbox): void {
  const bytes = Buffer.from(body)
  reply.header('content-length', bytes.length).send(Readable.from(trickle(bytes, sandbox)))
}

async function* trickle(bytes: Buffer, sandbox: Sandbox): AsyncGenerator<Buffer> {
  const size = Math.ceil(bytes.length / PIECES)
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size)
    await sandbox.pause(PIECE_PAUSE_MS)
  }
}
