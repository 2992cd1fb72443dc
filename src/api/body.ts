import type { FastifyRequest } from 'fastify'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { DEEPEST_DOCUMENT } from '../numbering/public-fields.js'
import type { Problem } from '../problems.js'
import { required, violated, wrongType } from '../violations.js'
import type { Envelope } from './context.js'

/**
 * Reads a body as JSON whatever its content type says: the document's own curl lines send a form type. Returns undefined
 * for an empty one. Throws `validation_error` in the form of the reference.
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

/** What a content type has to begin with for the framework to look at the body at all. */
const MEDIA_TYPE = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/

/** Makes the framework read the body under a content type that is none, as it reads it under every other. */
export function ignoreContentType(request: FastifyRequest): void {
  const type = request.headers['content-type']
  if (type !== undefined && !MEDIA_TYPE.test(type)) request.headers = { 'content-type': 'application/json' }
}

/** The envelope that a body is: its keys in lower case, `data` an object (or a list, which the schemas refuse). */
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

/** Counts brackets outside of texts, without recursion: deep bodies must not exhaust anything. */
function isDeeperThan(json: string, most: number): boolean {
  if (json.length < 2 * most) return false
  let depth = 0
  for (let i = 0; i < json.length; i++) {
    const character = json[i]
    if (character === '"') i = endOfText(json, i)
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    if (depth > most) return true
  }
  return false
}

function endOfText(json: string, start: number): number {
  let i = start + 1
  while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1
  return i
}
