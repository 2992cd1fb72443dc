import type { FastifyRequest } from 'fastify'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { DEEPEST_DOCUMENT } from '../numbering/public-fields.js'
import type { Problem } from '../problems.js'
import { required, violated, wrongType } from '../violations.js'
import type { Envelope } from './context.js'

/**
 * Parses a body as JSON whatever its content type says, since the document's own curl lines send a form type. Returns undefined
 * for an empty body. Throws `validation_error` in the form of the reference implementation.
 */
export function parseBody(text: string): JsonValue | undefined {
  if (text.trim() === '') return undefined
  let value: JsonValue
  try {
    value = JSON.parse(text) as JsonValue
  } catch (error) {
    throw unreadable((error as SyntaxError).message)
  }
  if (isDeeperThan(text, DEEPEST_DOCUMENT))
    throw unreadable(`JSON must not nest deeper than ${DEEPEST_DOCUMENT} levels`)
  return value
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
  const envelope = Object.fromEntries(Object.entries(body).map(([key, value]) => [key.toLowerCase(), value]))
  const { data } = envelope
  if (data === undefined || data === null) throw violated([missingData(body)])
  if (typeof data !== 'object') throw violated([wrongType('data', data, ['object', 'array'])])
  return { ...envelope, data: data as JsonObject }
}

function missingData(body: JsonObject) {
  const violation = required('data', 'data')
  return { ...violation, detail: { ...violation.detail, value: body } }
}

function unreadable(message: string): Problem {
  return violated([{ path: 'json', rule: 'invalid', detail: { message, target: 'body' } }])
}

/** Counts brackets outside of strings, without recursion: a deep body must not exhaust the stack. */
function isDeeperThan(json: string, most: number): boolean {
  if (json.length < 2 * most) return false
  let depth = 0
  for (let i = 0; i < json.length; i++) {
    const character = json[i]
    if (character === '"') i = endOfString(json, i)
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    if (depth > most) return true
  }
  return false
}

function endOfString(json: string, start: number): number {
  let i = start + 1
  while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1
  return i
}
