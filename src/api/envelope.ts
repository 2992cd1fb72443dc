import { createHash } from 'node:crypto'
import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { JsonText, type JsonValue } from '../json.js'
import { VERSION } from '../package.js'
import type { Problem } from '../problems.js'
import { revisionOf } from '../sandbox/identifiers.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { RequestContext } from './context.js'

/** The envelope keys of a page (document: List Account's Phone Numbers). */
interface Paging {
  next_start_key?: string | undefined
  page_size?: number | undefined
  start_key?: string | undefined
}

/** The success of a request: what the envelope goes around. */
export interface Success<Data> {
  data: Data
  paging?: Paging
  /** Whether every dialect shows `revision`; without it, only dialects with the documented envelope do. */
  isRevised?: boolean
}

/** Declares the envelope around `data` for the description of the API (document: every response). */
export function SuccessEnvelope<Data extends TSchema>(data: Data, description: string) {
  return Type.Unsafe<Success<Static<Data>>>(
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

/**
 * Writes the envelope of a success, its keys in the order of the document. `revision` is a hash of the text of `data`, so that
 * text is written first and put between the other keys.
 */
export function successText(context: RequestContext, { data, paging, isRevised }: Success<unknown>): string {
  const { sandbox, token, requestId } = context
  const text = data instanceof JsonText ? data.text : JSON.stringify(data)
  const showsRevision = isRevised === true || sandbox.behaviour.dialect.envelope === 'documented'
  const rest = JSON.stringify({
    next_start_key: paging?.next_start_key,
    page_size: paging?.page_size,
    ...extensionOf(sandbox),
    request_id: requestId,
    revision: showsRevision ? revisionOf(text) : undefined,
    start_key: paging?.start_key,
    status: 'success'
  })
  return `{"auth_token":${JSON.stringify(token)},"data":${text},${rest.slice(1)}`
}

/** Writes the envelope of a failure. */
export function failureText(
  { sandbox, token, requestId }: Pick<RequestContext, 'sandbox' | 'token' | 'requestId'>,
  { status, title, data }: Problem
): string {
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

/** `node` as the reference implementation makes it: base64url of a hash of its name. */
const NODE = createHash('md5').update('oneuc-emulator').digest('base64url')

/** Returns the keys that the envelopes of some dialects have beside the documented ones. */
function extensionOf({ behaviour, clock }: Sandbox): Record<string, JsonValue> | undefined {
  if (behaviour.dialect.envelope === 'documented') return undefined
  const timestamp = new Date(clock.nowMs()).toISOString().replace(/\.\d+Z$/, 'Z')
  return { node: NODE, timestamp, version: VERSION }
}
