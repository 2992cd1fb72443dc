import { decodeBody } from '../api/body.js'
import { MAX_BODY_BYTES } from '../problems.js'
import { findDecoder } from '../text/content-encoding.js'
import type { ServiceAnswer } from './service.js'

/** The body of an answer as it can be read. */
export interface ReadableBody {
  /** A character for each byte where it is not UTF-8; `''` where it cannot be decoded. */
  text: string
  isUtf8: boolean
  /** Bytes that are not in `text`. */
  cutBytes: number
  /** Why the text is not all of the body; undefined where it is. */
  error: string | undefined
}

/** Decodes the body of an answer. One that cannot be decoded is not kept: secrets in it could not be redacted. */
export function decodeAnswer({ headers, bytes, stream }: ServiceAnswer): ReadableBody {
  if (stream !== undefined) return unread(bytes, `the body is longer than ${MAX_BODY_BYTES} bytes`)
  const encoding = (headers['content-encoding'] ?? 'identity').toLowerCase()
  const decode = findDecoder(encoding, MAX_BODY_BYTES)
  if (decode === undefined) return unread(bytes, `the body is encoded as ${encoding}`)
  try {
    return { ...decodeBody(bytes.length === 0 ? bytes : decode(bytes)), cutBytes: 0, error: undefined }
  } catch {
    return unread(bytes, `the body cannot be decoded from ${encoding}, or is longer than ${MAX_BODY_BYTES} bytes then`)
  }
}

function unread({ length }: Buffer, error: string): ReadableBody {
  return { text: '', isUtf8: true, cutBytes: length, error }
}
