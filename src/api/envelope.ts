import { createHash } from 'node:crypto'
import { Type, type Static, type TSchema } from '@sinclair/typebox'
import fastJson, { type Schema } from 'fast-json-stringify'
import type { FastifyRequest, FastifySerializerCompiler } from 'fastify'
import type { Again } from '../again.js'
import type { Dialect } from '../dialect.js'
import { revisionOf } from '../sandbox/identifiers.js'
import type { JsonValue } from '../json.js'
import type { Written } from '../memo.js'
import { NO_PAGING, type Paging } from '../numbering/paging.js'
import { viewRules, type ViewRules } from '../numbering/views.js'
import type { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { VERSION } from '../package.js'
import { contextOf, type RequestContext } from './context.js'

/** What makes the `data` of an answer of what it is about. */
type Maker<Subject, Data> = (subject: Subject, rules: ViewRules) => Data

/** A success on its way out; the serialiser adds `revision`, which is made of the text of `data`. */
export class Answer<Data> implements Again {
  readonly auth_token: string
  /** The text of `data`, once it has been written. */
  written: Written | undefined
  readonly paging: Paging
  request_id: string
  /** Text of the keys that a dialect adds, each after a comma. */
  readonly extension: string
  /** Whether `revision` is shown. */
  isRevised: boolean
  /** Bytes of the whole text, once it has been written. */
  bytes = 0
  /** Absent where the text of `data` lasts and says it all. */
  #subject: unknown
  readonly #make: Maker<unknown, Data>
  readonly #dialect: Dialect
  readonly #isAdmin: boolean
  #serialize: Serializer = PLAINLY

  constructor(
    { sandbox, token, requestId, caller }: RequestContext,
    subject: unknown,
    make: Maker<unknown, Data>,
    paging: Paging,
    written: Written | undefined
  ) {
    const { dialect } = sandbox.behaviour
    this.auth_token = token
    this.written = written
    this.paging = paging
    this.request_id = requestId
    this.extension = extensionText(extensionOf(sandbox))
    this.isRevised = dialect.envelope === 'documented'
    this.#subject = subject
    this.#make = make
    this.#dialect = dialect
    this.#isAdmin = caller.account.admin
  }

  get data(): Data {
    return this.#make(this.#subject, viewRules(this.#dialect, this.#isAdmin))
  }

  /**
   * Itself, to be written again at any time, after it has been written. Either what it is about is kept or the text of its data,
   * whichever is there anyway: whoever keeps thousands of them should not keep both.
   */
  again(serialize: Serializer): Again {
    if (this.written?.isLasting === true) this.#subject = undefined
    else this.written = undefined
    this.#serialize = serialize
    return this
  }

  text(): string {
    return this.#serialize(this)
  }
}

/** The envelope around `data` (document: every response). */
export function Success<Data extends TSchema>(data: Data, description: string) {
  return Type.Unsafe<Answer<Static<Data>>>(
    Type.Object(
      {
        auth_token: Type.String(),
        data,
        next_start_key: Type.Optional(Type.String()),
        page_size: Type.Optional(Type.Integer()),
        request_id: Type.String(),
        revision: Type.Optional(Type.String()),
        start_key: Type.Optional(Type.String()),
        status: Type.Literal('success')
      },
      { description }
    )
  )
}

/** The one way out for a success. */
export function success<Data>(request: FastifyRequest, data: Data, paging?: Paging): Answer<Data> {
  return answerOf(contextOf(request), data, paging)
}

/** The success that an context ends in. */
export function answerOf<Data>(context: RequestContext, data: Data, paging?: Paging, written?: Written): Answer<Data> {
  return answerAbout(context, data, itself, paging, written)
}

/** The success that an context ends in, whose data is made of its subject when it is written. */
export function answerAbout<Subject, Data>(
  context: RequestContext,
  subject: Subject,
  make: Maker<Subject, Data>,
  paging = NO_PAGING,
  written?: Written
): Answer<Data> {
  context.changes = context.sandbox.takeChanges()
  return new Answer(context, subject, make as Maker<unknown, Data>, paging, written)
}

function itself<Data>(data: Data): Data {
  return data
}

/** What an envelope says of the request. */
type Asked = Pick<RequestContext, 'sandbox' | 'token' | 'requestId'>

/** The text of a failure's envelope. */
export function failureText({ sandbox, token, requestId }: Asked, { status, title, data }: Problem): string {
  const { dialect } = sandbox.behaviour
  return JSON.stringify({
    auth_token: token === '' && dialect.absent_token === 'undefined' ? 'undefined' : token,
    data,
    error: String(status),
    message: title,
    ...extensionOf(sandbox),
    request_id: requestId,
    status: 'error'
  })
}

/** `node` as the reference makes it: base64url of a hash of its name. */
const NODE = createHash('md5').update('oneuc-emulator').digest('base64url')

/** What one dialect's envelopes have beside the documented keys. */
function extensionOf({ behaviour, clock }: Sandbox): Record<string, JsonValue> | undefined {
  if (behaviour.dialect.envelope === 'documented') return undefined
  const timestamp = new Date(clock.nowMs()).toISOString().replace(/\.\d+Z$/, 'Z')
  return { node: NODE, timestamp, version: VERSION }
}

/** Writes the text of an answer. */
export type Serializer = (answer: Answer<unknown>) => string

/**
 * The serialisers of answers, compiled out of their schemas: `data` by its schema, and around it the documented keys in
 * the documented order.
 */
export class Serializers {
  readonly #bySchema = new Map<Schema, Serializer>()
  readonly #byRoute = new Map<string, Serializer>()

  /** `written` are the routes whose answers come with the text of their `data`, and so need no schema. */
  constructor(written: readonly string[] = []) {
    for (const route of written) this.#byRoute.set(route, PLAINLY)
  }

  readonly compile: FastifySerializerCompiler<TSchema> = ({ schema, method, url }) => {
    const { data } = (schema as unknown as { properties: { data: Schema } }).properties
    const known = this.#bySchema.get(data)
    const serializer = known ?? serializerOf(fastJson(data))
    this.#bySchema.set(data, serializer)
    this.#byRoute.set(`${method} ${url}`, serializer)
    return (answer: unknown) => serializer(answer as Answer<unknown>)
  }

  /** The serialiser of a route's successes (`GET /v2/phone_numbers`); undefined for a route that there is not. */
  of(route: string): Serializer | undefined {
    return this.#byRoute.get(route)
  }
}

function serializerOf(stringify: (data: unknown) => string): Serializer {
  return (answer) => envelopeText(answer, stringify)
}

/** For data whose text comes with it. */
const PLAINLY = serializerOf(JSON.stringify)

function envelopeText(answer: Answer<unknown>, stringify: (data: unknown) => string): string {
  const written = (answer.written ??= {})
  const data = (written.text ??= stringify(answer.data))
  const { next_start_key, page_size, start_key } = answer.paging
  const token = quoted(answer.auth_token)
  const paging = optional('next_start_key', next_start_key) + optional('page_size', page_size)
  const start = optional('start_key', start_key)
  const text =
    `{"auth_token":${token},"data":${data}${paging}${answer.extension},"request_id":${quoted(answer.request_id)}` +
    optional('revision', answer.isRevised ? (written.revision ??= revisionOf(data)) : undefined) +
    `${start},"status":"success"}`
  written.bytes ??= Buffer.byteLength(data)
  // Nothing else in it can be other than ASCII; the data of a long list is counted once, and not with each answer.
  answer.bytes =
    text.length + written.bytes - data.length + beyondAscii(token) + beyondAscii(paging) + beyondAscii(start)
  return text
}

/** How many bytes more than characters a text has. */
function beyondAscii(text: string): number {
  return text === '' ? 0 : Buffer.byteLength(text) - text.length
}

/** A text in JSON. Most are words in which nothing has to be escaped. */
function quoted(text: string): string {
  return WORD.test(text) ? `"${text}"` : JSON.stringify(text)
}

const WORD = /^[\w-]*$/

function extensionText(extension: Record<string, JsonValue> | undefined): string {
  return extension === undefined ? '' : `,${JSON.stringify(extension).slice(1, -1)}`
}

function optional(key: string, value: string | number | undefined): string {
  return value === undefined ? '' : `,"${key}":${typeof value === 'string' ? quoted(value) : value}`
}
