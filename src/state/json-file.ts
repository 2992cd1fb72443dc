import { readFileSync, statSync } from 'node:fs'
import type { Static, TSchema } from '@sinclair/typebox'
import { inOrder, type Finding } from '../findings/finding.js'
import { schemaFindings } from '../findings/schema-findings.js'
import { isObject, parseJson, valueAtPointer, type JsonValue } from '../json.js'
import { UsageError } from '../settings.js'
import { shorten } from '../text/shorten.js'
import { withoutByteOrderMark } from './document-file.js'

/** Bytes of the largest file that is read: a record of the largest bodies that a proxy keeps, as JSON writes them. */
export const MAX_FILE_BYTES = 64_000_000

/** The longest value that a message shows, in characters. */
const MAX_VALUE_LENGTH = 100

/** What a file of JSON has to be. */
interface FileKind<Schema extends TSchema> {
  /** What an error says of any other file. */
  message: string
  schema: Schema
  /** Levels that it may nest. */
  levels: number
}

/**
 * Reads a file of JSON that a flag names, by itself or in its folder. Throws a UsageError with everything that is wrong with the
 * file: a line for each place, with its pointer, what would be right, and the value that is there.
 */
export function readJsonFile<Schema extends TSchema>(
  flag: string,
  file: string,
  { message, schema, levels }: FileKind<Schema>
): Static<Schema> {
  const place = `${flag}: ${file}`
  const content = readJson(place, file, levels)
  const findings = inOrder(schemaFindings(schema, content))
  if (findings.length === 0) return content
  throw new UsageError(findings.map((one) => `${place} ${message}: ${describe(one, content)}`).join('\n'))
}

function readJson(place: string, file: string, levels: number): JsonValue {
  try {
    const { size } = statSync(file)
    if (size > MAX_FILE_BYTES) throw new Error(`it has ${size} bytes; at most ${MAX_FILE_BYTES} are read`)
    return parseJson(withoutByteOrderMark(readFileSync(file, 'utf8')), levels)
  } catch (error) {
    throw new UsageError(`${place} cannot be read: ${(error as Error).message}`)
  }
}

function describe({ at, message }: Finding, content: JsonValue): string {
  const value = valueAtPointer(content, at)
  const isShown = !isObject(value) && !Array.isArray(value)
  const shown = isShown ? `: ${shorten(JSON.stringify(value), MAX_VALUE_LENGTH)}` : ''
  return `${at === '' ? '' : `${at} `}${message}${shown}`
}
