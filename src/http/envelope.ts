import { createHash } from 'node:crypto'
import { Type, type Static, type TSchema } from '@sinclair/typebox'
import fastJson, { type Schema } from 'fast-json-stringify'
import type { FastifyRequest, FastifySerializerCompiler } from 'fastify'
import { revisionOf } from '../identifiers.js'
import type { JsonValue } from '../json.js'
import type { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox.js'
import { VERSION } from '../version.js'
import { exchangeOf, type Exchange } from './exchange.js'

/** Keys of a list's envelope. */
export interface Paging {
  next_start_key?: string
  page_size?: number
  start_key?: string
}

/** A success on its way out; the serialiser adds `revision`, which is made of the text of `data`. */
export interface Answer<Data> {
  auth_token: string
  data: Data
  paging: Paging
  request_id: string
  extension: object
  /** Whether `revision` is shown. */
  isRevised: boolean
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
export function success<Data>(request: FastifyRequest, data: Data, paging: Paging = {}): Answer<Data> {
  const exchange = exchangeOf(request)
  const { sandbox, token, requestId } = exchange
  exchange.changes = sandbox.takeChanges()
  return {
    auth_token: token,
    data,
    paging,
    request_id: requestId,
    extension: extensionOf(sandbox),
    isRevised: sandbox.manners.dialect.envelope === 'documented'
  }
}

/** What an envelope says of the request. */
type Asked = Pick<Exchange, 'sandbox' | 'token' | 'requestId'>

/** The text of a failure's envelope. */
export function failureText({ sandbox, token, requestId }: Asked, { status, title, data }: Problem): string {
  const { dialect } = sandbox.manners
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

function extensionOf({ manners, clock }: Sandbox): Record<string, JsonValue> {
  if (manners.dialect.envelope === 'documented') return {}
  const timestamp = new Date(clock.nowMilliseconds()).toISOString().replace(/\.\d+Z$/, 'Z')
  return { node: NODE, timestamp, version: VERSION }
}

/**
 * Compiles the serialisers of answers out of their schemas: `data` by its schema, and around it the documented keys in the
 * documented order.
 */
export function createSerializerCompiler(): FastifySerializerCompiler<TSchema> {
  const known = new Map<Schema, (data: unknown) => string>()
  return ({ schema }) => {
    const { data } = (schema as unknown as { properties: { data: Schema } }).properties
    const stringify = known.get(data) ?? fastJson(data)
    known.set(data, stringify)
    return (answer: unknown) => envelopeText(answer as Answer<unknown>, stringify)
  }
}

function envelopeText(answer: Answer<unknown>, stringify: (data: unknown) => string): string {
  const data = stringify(answer.data)
  const { next_start_key, page_size, start_key } = answer.paging
  return (
    `{"auth_token":${JSON.stringify(answer.auth_token)},"data":${data}` +
    optional('next_start_key', next_start_key) +
    optional('page_size', page_size) +
    Object.entries(answer.extension)
      .map(([key, value]) => optional(key, String(value)))
      .join('') +
    `,"request_id":${JSON.stringify(answer.request_id)}` +
    optional('revision', answer.isRevised ? revisionOf(data) : undefined) +
    optional('start_key', start_key) +
    ',"status":"success"}'
  )
}

function optional(key: string, value: string | number | undefined): string {
  return value === undefined ? '' : `,"${key}":${JSON.stringify(value)}`
}
