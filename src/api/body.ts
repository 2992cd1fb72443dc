import { isUtf8 } from 'node:buffer'
import type { FastifyRequest } from 'fastify'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { DEEPEST_DOCUMENT, withoutNulls } from '../numbering/public-fields.js'
import type { Problem } from '../problems.js'
import { findInexact, isDeeper } from '../text/json-text.js'
import { dottedPath, inexactNumber, required, violated, wrongType } from '../violations.js'
import type { Envelope } from './context.js'

const BYTE_ORDER_MARK = '\uFEFF'

/** Decodes a body: UTF-8 as JSON wants it, else Latin-1, as the reference implementation tries it; so no byte is lost. */
export function decodeBody(bytes: Buffer): { text: string; isUtf8: boolean } {
  return isUtf8(bytes) ? { text: bytes.toString(), isUtf8: true } : { text: bytes.toString('latin1'), isUtf8: false }
}

/**
 * Parses a body as JSON whatever its content type says, since the document's own curl lines send a form type. Returns undefined
 * for an empty body. Throws `validation_error` in the form of the reference implementation, also for numbers that JavaScript cannot
 * keep exactly: altered silently is worse than refused.
 */
export function parseBody(text: string): JsonValue | undefined {
  if (text.startsWith(BYTE_ORDER_MARK)) throw unreadable('JSON must not begin with a byte order mark (U+FEFF)')
  if (text.trim() === '') return undefined
  if (isDeeper(text, DEEPEST_DOCUMENT)) throw unreadable(`JSON must not nest deeper than ${DEEPEST_DOCUMENT} levels`)
  let value: JsonValue
  try {
    value = JSON.parse(text) as JsonValue
  } catch (error) {
    throw unreadable((error as SyntaxError).message)
  }
  const inexact = findInexact(text, isDataKey)
  if (inexact.length > 0) throw violated(inexact.map(({ path, literal }) => inexactNumber(dottedPath(path), literal)))
  return value
}

/** Whether a key of an envelope is `data`, which alone is kept: the other keys may hold anything. */
export function isDataKey(key: string | number | undefined): boolean {
  return typeof key === 'string' && key.toLowerCase() === 'data'
}

/** What a content type has to begin with for Fastify to read the body at all. */
const MEDIA_TYPE = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/

/** Makes Fastify read a body under a malformed content type as it reads one under every other type. */
export function ignoreContentType(request: FastifyRequest): void {
  const type = request.headers['content-type']
  if (type !== undefined && !MEDIA_TYPE.test(type)) request.headers = { 'content-type': 'application/json' }
}

/**
 * Reads the envelope of a body: its keys in lower case, `data` an object (or a list, which the schemas refuse). Throws
 * `validation_error`.
 */
export function readEnvelope(body: JsonValue | undefined): Envelope {
  if (body === undefined) return { data: {} }
  if (!isObject(body)) throw unreadable('All JSON must be valid')
  // The keys first: a copy of a body of hundreds of thousands takes a second.
  const data = Object.keys(body).findLast(isDataKey)
  const value = data === undefined ? undefined : body[data]
  if (value === undefined || value === null) throw violated([missingData(body)])
  if (typeof value !== 'object') throw violated([wrongType('data', value, ['object', 'array'])])
  return Object.fromEntries(Object.entries(body).map(([key, one]) => [key.toLowerCase(), one])) as Envelope
}

function missingData(body: JsonObject) {
  const violation = required('data', 'data')
  // Nulls are dropped before anything else is looked at (reference implementation).
  return { ...violation, detail: { ...violation.detail, value: withoutNulls(body) } }
}

function unreadable(message: string): Problem {
  return violated([{ path: 'json', rule: 'invalid', detail: { message, target: 'body' } }])
}
