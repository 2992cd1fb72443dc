import { parseOrKeep } from '../json.js'
import { findDecoder } from '../text/content-encoding.js'
import type { Answer } from './compare.js'
import { responseBodyOf, type RecordEntry } from './record.js'

/** Bytes of the largest body that is unpacked. */
const MAX_UNPACKED_BYTES = 32_000_000

/** Reads the answer of a record; a body that is not JSON stays a text. Says why where there is none to compare. */
export function readAnswer(entry: RecordEntry): Answer | { unknown: string } {
  const { response, _error } = entry
  if (_error !== undefined) return { unknown: `the record has no whole answer: ${_error}` }
  const { bytes, isWhole } = responseBodyOf(entry)
  if (!isWhole) return { unknown: 'the record has only a part of the answer' }
  const packing = response.headers.find(({ name }) => name.toLowerCase() === 'content-encoding')?.value ?? 'identity'
  const unpack = findDecoder(packing, MAX_UNPACKED_BYTES)
  if (unpack === undefined) return { unknown: `the answer is packed as ${packing}, which is not read` }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(unpack(bytes))
    return { status: response.status, body: parseOrKeep(text) }
  } catch (error) {
    return { unknown: `the answer, ${response.content.mimeType}, is no text: ${(error as Error).message}` }
  }
}
