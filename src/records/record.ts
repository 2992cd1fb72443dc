import { Type, type Static } from '@sinclair/typebox'
import { DIALECT_NAMES, type DialectName } from '../dialect.js'
import type { JsonValue } from '../json.js'
import { toHar } from '../journal/har.js'
import type { RecordedRequest } from '../journal/recorded-request.js'
import { PATTERNS } from '../text/patterns.js'
import { oneOf, textOrNull } from '../text/text-schema.js'

const Pairs = Type.Array(Type.Object({ name: Type.String(), value: Type.String() }))
const Base64 = Type.Optional(Type.Literal('base64'))
const Size = Type.Integer({ minimum: 0 })

/** What the emulator answers to the request of a record, in the same state; or why that is not known. */
const EMULATED = Type.Unsafe<{ status: number; body: JsonValue } | { unknown: string }>({
  type: 'object',
  properties: { status: { type: 'integer' }, body: {}, unknown: { type: 'string' } },
  if: { required: ['unknown'] },
  else: { required: ['status', 'body'] }
})
export type Emulated = Static<typeof EMULATED>

/** The entry of an HTTP Archive with a request and what a service answered to it; secrets are redacted. */
const ENTRY = Type.Object({
  startedDateTime: Type.String(),
  time: Type.Number({ minimum: 0 }),
  request: Type.Object({
    method: Type.String({ minLength: 1 }),
    url: Type.String({ pattern: PATTERNS.webUrl }),
    headers: Pairs,
    bodySize: Size,
    postData: Type.Optional(Type.Object({ mimeType: Type.String(), text: Type.String(), _encoding: Base64 }))
  }),
  response: Type.Object({
    /** 0 where the service has not answered. */
    status: Type.Integer({ minimum: 0, maximum: 599 }),
    headers: Pairs,
    content: Type.Object({ size: Size, mimeType: Type.String(), text: Type.String(), encoding: Base64 })
  }),
  _operation: textOrNull(),
  /** Null where the answer is none of the operation's outcomes. */
  _outcome: textOrNull(),
  _warnings: Type.Array(Type.String()),
  /** The dialect in whose forms the answer was read. */
  _dialect: oneOf(DIALECT_NAMES),
  _emulator: EMULATED,
  /** Says why there is no answer, or no whole one. */
  _error: Type.Optional(Type.String())
})
export type RecordEntry = Static<typeof ENTRY>

/** The schema of a record: an HTTP Archive 1.2 with one entry. A reader of other programs sees the fields of the format. */
export const RECORD = Type.Object({
  log: Type.Object({
    version: Type.Literal('1.2'),
    entries: Type.Unsafe<[RecordEntry]>(Type.Array(ENTRY, { minItems: 1, maxItems: 1 }))
  })
})
export type HarRecord = Static<typeof RECORD>

/** What a record says beside the request and its answer. */
interface RecordFacts {
  /** Where the service has the path of the request, by the grammar of URIs; secrets are redacted. */
  url: string
  dialect: DialectName
  emulated: Emulated
  /** Why there is no answer; undefined where there is one. */
  error: string | undefined
}

/** The answer of a service. */
interface AnsweredBody {
  /** Whether its body is UTF-8; any other is kept in base64. */
  isUtf8: boolean
}

/** Makes the record of a request that was answered by a service. */
export function toRecord(
  recorded: RecordedRequest,
  { isUtf8 }: AnsweredBody,
  { url, dialect, emulated, error }: RecordFacts
): HarRecord {
  const { log } = toHar([recorded])
  const [entry] = log.entries as [(typeof log.entries)[0]]
  const { request, response } = entry
  const { postData } = request
  const isRequestUtf8 = recorded.request.bodyEncoding === undefined
  return {
    log: {
      ...log,
      version: '1.2',
      entries: [
        {
          ...entry,
          request: {
            ...request,
            url,
            ...(postData === undefined || isRequestUtf8
              ? {}
              : { postData: { ...postData, text: toBase64(postData.text), _encoding: 'base64' } })
          },
          response: {
            ...response,
            content: isUtf8
              ? response.content
              : { ...response.content, text: toBase64(response.content.text), encoding: 'base64' }
          },
          _warnings: [...entry._warnings],
          _dialect: dialect,
          _emulator: emulated,
          ...(error === undefined ? {} : { _error: error })
        }
      ]
    }
  }
}

/** Encodes a text that has a character for each byte. */
function toBase64(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64')
}

/** A body of a record. */
interface RecordedBody {
  bytes: Buffer
  /** Whether the record has all of it. */
  isWhole: boolean
}

/** Reads the body of the request; an empty one where there was none. */
export function requestBodyOf({ request: { postData, bodySize } }: RecordEntry): RecordedBody {
  const bytes = Buffer.from(postData?.text ?? '', postData?._encoding)
  return { bytes, isWhole: bytes.length >= bodySize }
}

/** Reads the body of the answer. */
export function responseBodyOf({ response: { content } }: RecordEntry): RecordedBody {
  const bytes = Buffer.from(content.text, content.encoding)
  return { bytes, isWhole: bytes.length >= content.size }
}
