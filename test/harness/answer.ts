/** Compares an answer with what a case expects, and with what every answer of the API has in common. */
import type { Test } from 'tap'
import type { DialectName } from '../../src/dialect.js'
import { isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import { VERSION } from '../../src/package.js'
import type { Expected } from './case.js'
import type { Reply } from './emulator-under-test.js'

export const FIRST_FAILURE = 400

export function checkAnswer(t: Test, reply: Reply, expected: Expected): void {
  const { status, message, data, has, at = {}, numbers, headers = {}, text, holds } = expected
  t.equal(reply.status, status, `the status is ${status}`)
  if (message !== undefined) t.equal(reply.body.message, message, 'the message')
  if (data !== undefined) t.strictSame(reply.body.data, data, 'the data')
  if (has !== undefined && !contains(reply.body.data, has)) t.match(reply.body.data, has, 'a part of the data')
  for (const [pointer, value] of Object.entries(at)) {
    t.strictSame(valueAt(reply.body, pointer), value ?? undefined, `${pointer} of the answer`)
  }
  if (numbers !== undefined) t.strictSame(numbersIn(reply.body), numbers, 'the numbers')
  for (const [name, value] of Object.entries(headers)) t.equal(reply.headers[name] ?? null, value, `the header ${name}`)
  if (text !== undefined) t.equal(reply.text, text, 'the body')
  holds?.(t, reply.body)
}

/** Whether a value has everything that another has: lists of the same length, and objects with the same keys or more. */
function contains(value: unknown, part: JsonValue): boolean {
  if (Array.isArray(part)) {
    return Array.isArray(value) && value.length === part.length && part.every((item, i) => contains(value[i], item))
  }
  if (!isObject(part)) return value === part
  return isObject(value) && Object.entries(part).every(([key, member]) => contains(value[key], member))
}

/** The numbers of a list or a search, in their order. */
export function numbersIn({ data }: JsonObject): string[] {
  if (Array.isArray(data)) {
    return data.map((found) => (isObject(found) && typeof found.number === 'string' ? found.number : 'no number'))
  }
  return isObject(data) && isObject(data.numbers) ? Object.keys(data.numbers) : []
}

/** The value at a JSON pointer, undefined where there is none. */
export function valueAt(body: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = body
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(value)) value = value[Number(key)]
    else if (isObject(value) && Object.hasOwn(value, key)) value = value[key]
    else return undefined
  }
  return value
}

const ID = /^[0-9a-f]{32}$/

/** The keys of the envelope in their order, in each dialect. */
const KEYS: Readonly<Record<DialectName, Readonly<Record<'success' | 'failure', readonly string[]>>>> = {
  oneuc: {
    success: ['auth_token', 'data', 'request_id', 'revision', 'status'],
    failure: ['auth_token', 'data', 'error', 'message', 'request_id', 'status']
  },
  'kazoo-4.3': {
    success: ['auth_token', 'data', 'node', 'timestamp', 'version', 'request_id', 'revision', 'status'],
    failure: ['auth_token', 'data', 'error', 'message', 'node', 'timestamp', 'version', 'request_id', 'status']
  }
}

/** Keys of lists only; the cases of lists say which of them an answer has. */
const PAGING_KEYS: ReadonlySet<string> = new Set(['next_start_key', 'page_size', 'start_key'])

/** The documented keys and no others, in the documented order, under a content type without a charset. */
export function checkEnvelope(
  t: Test,
  { status, headers, body }: Pick<Reply, 'status' | 'headers' | 'body'>,
  success: number,
  dialect: DialectName = 'oneuc'
): void {
  const isSuccess = body.status === 'success'
  const { data } = body
  // In kazoo-4.3 only a list of numbers has a revision.
  const isList = isObject(data) && isObject(data.numbers) && Object.keys(data.numbers).length > 0
  const isRevised = isSuccess && (dialect === 'oneuc' || isList)
  const keys = KEYS[dialect][isSuccess ? 'success' : 'failure']
  const seen = {
    keys: Object.keys(body).filter((key) => !PAGING_KEYS.has(key)),
    contentType: headers['content-type'],
    requestId: headers['x-request-id'],
    emulator: headers['x-emulator'],
    verdict: isSuccess ? status : body.error,
    hasRevision: typeof body.revision === 'string' && ID.test(body.revision),
    hasMessage: typeof body.message === 'string'
  }
  const expected = {
    keys: isRevised ? keys : keys.filter((key) => key !== 'revision'),
    contentType: 'application/json',
    requestId: body.request_id,
    emulator: VERSION,
    verdict: isSuccess ? success : String(status),
    hasRevision: isRevised,
    hasMessage: !isSuccess
  }
  t.strictSame(seen, expected, 'the answer wears the envelope')
}
