/**
 * A case is a row: what a client developer would say, what is sent before, what is sent, and what the answer holds. Every
 * answer on the way is held to the envelope, and a refused write must have changed nothing.
 */
import type { Test } from 'tap'
import { isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import type { Settings } from '../../src/settings.js'
import { VERSION } from '../../src/package.js'
import { DEMO, emulatorFor, type Call, type Reply, type Subject } from '../emulator-under-test.js'
import { NEW, numbersOf, pathOf, STRANGER } from './calls.js'

/** A request on the way to the one that matters; it succeeds, unless it says what it gets. */
export type Step = Call & { status?: number }

export interface Case {
  says: string
  /** Settings other than the defaults. */
  flags?: Partial<Settings>
  given?: readonly Step[]
  when: Call
  status: number
  message?: string
  /** The whole of `data`. */
  data?: JsonValue
  /** Values by JSON pointer into the body; null stands for a key that is absent. */
  at?: Readonly<Record<string, JsonValue>>
  /** The numbers of the answer in their order: the keys of a list, or what a search has found. */
  numbers?: readonly string[]
  /** Values of headers; null for one that is absent. */
  headers?: Readonly<Record<string, string | null>>
}

/** Answers of a success are 201 for PUT and 200 for everything else. */
const OK = 200
const CREATED = 201
const FIRST_FAILURE = 400

const ID = /^[0-9a-f]{32}$/

/** The emulators of one test file, one for each set of settings. */
export type Subjects = (flags?: Partial<Settings>) => Promise<Subject>

export function subjectsFor(t: Test): Subjects {
  const known = new Map<string, Promise<Subject>>()
  return (flags = {}) => {
    const key = JSON.stringify(flags)
    const subject = known.get(key) ?? emulatorFor(t, flags)
    known.set(key, subject)
    return subject
  }
}

/** Plays every case on its own, on a server that is back at the fixtures each time. */
export async function replay(t: Test, subjects: Subjects, cases: readonly Case[]): Promise<void> {
  for (const one of cases) {
    const subject = await subjects(one.flags)
    await t.test(one.says, async (t) => {
      await reset(subject)
      await play(t, subject, one)
    })
  }
}

export async function reset(subject: Subject): Promise<void> {
  await subject.call({ method: 'POST', url: '/__admin/reset' })
}

async function play(t: Test, subject: Subject, one: Case): Promise<void> {
  await prepare(t, subject, one.given ?? [])
  const isRead = one.when.method === 'GET'
  const before = isRead ? [] : await holdings(subject)
  const reply = await send(t, subject, one.when)
  t.equal(reply.status, one.status, `it answers ${one.status}`)
  if (reply.status >= FIRST_FAILURE && !isRead) {
    t.strictSame(await holdings(subject), before, 'a refusal changes nothing')
  }
  compare(t, reply, one)
}

/** Sends what leads to a case, and sees that it went as it should. */
export async function prepare(t: Test, subject: Subject, steps: readonly Step[]): Promise<void> {
  for (const { status, ...call } of steps) {
    const reply = await send(t, subject, call)
    const expected = status ?? (call.method === 'PUT' ? CREATED : OK)
    t.equal(reply.status, expected, `before: ${call.method} ${call.url} answers ${expected}`)
  }
}

function compare(t: Test, reply: Reply, { message, data, at = {}, numbers, headers = {} }: Case): void {
  if (message !== undefined) t.equal(reply.body.message, message, 'the message')
  if (data !== undefined) t.strictSame(reply.body.data, data, 'the data')
  for (const [pointer, value] of Object.entries(at)) {
    t.strictSame(valueAt(reply.body, pointer) ?? null, value, `${pointer} of the answer`)
  }
  if (numbers !== undefined) t.strictSame(numbersIn(reply.body), numbers, 'the numbers')
  for (const [name, value] of Object.entries(headers)) t.equal(reply.headers[name] ?? null, value, `the header ${name}`)
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

/** Sends a request and holds the answer to what every answer of the API is. */
export async function send(t: Test, subject: Subject, call: Call): Promise<Reply> {
  const reply = await subject.call(call)
  const isOfApi = !call.url.startsWith('/__admin/')
  if (isOfApi && reply.text !== '') checkEnvelope(t, reply, call.method === 'PUT' ? CREATED : OK)
  return reply
}

/** An answer, by whatever way it came. */
type Answered = Pick<Reply, 'status' | 'headers' | 'body'>

/** The documented keys and no others, in the documented order, under a content type without a charset. */
export function checkEnvelope(t: Test, { status, headers, body }: Answered, success: number): void {
  const isSuccess = body.status === 'success'
  const seen = {
    keys: Object.keys(body).filter((key) => !PAGING_KEYS.has(key)),
    contentType: headers['content-type'],
    requestId: headers['x-request-id'],
    emulator: headers['x-emulator'],
    verdict: isSuccess ? status : body.error,
    hasRevision: typeof body.revision === 'string' && ID.test(body.revision)
  }
  const expected = {
    keys: isSuccess ? SUCCESS_KEYS : FAILURE_KEYS,
    contentType: 'application/json',
    requestId: body.request_id,
    emulator: VERSION,
    verdict: isSuccess ? success : String(status),
    hasRevision: isSuccess
  }
  t.strictSame(seen, expected, 'the answer wears the envelope')
}

const SUCCESS_KEYS = ['auth_token', 'data', 'request_id', 'revision', 'status']
const FAILURE_KEYS = ['auth_token', 'data', 'error', 'message', 'request_id', 'status']

/** Keys of lists only; the cases of lists say which of them an answer has. */
const PAGING_KEYS: ReadonlySet<string> = new Set(['next_start_key', 'page_size', 'start_key'])

const ACCOUNTS = [DEMO, STRANGER, NEW] as const

/** Everything that the accounts of the cases have, as the API shows it to the operator: a line of JSON for each answer. */
export async function holdings({ call }: Subject): Promise<string[]> {
  const token = 'master-token'
  const lines: string[] = []
  for (const account of ACCOUNTS) {
    const { body } = await call({ method: 'GET', url: `${numbersOf(account)}?paginate=false`, token })
    lines.push(JSON.stringify(body.data))
    for (const number of numbersIn(body)) {
      const document = await call({ method: 'GET', url: pathOf(number, account), token })
      lines.push(JSON.stringify(document.body.data))
    }
  }
  return lines
}
