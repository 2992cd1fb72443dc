import type { IncomingHttpHeaders } from 'node:http'
import { isObject, parseOrKeep } from '../json.js'
import { nationalNumber } from '../numbering/e164.js'
import type { DialectName } from '../dialect.js'
import { toRecordedRequest, type RecordedRequest } from '../journal/recorded-request.js'
import { redactUrl } from '../journal/redaction.js'
import { playRecord, type Stage } from '../records/play-record.js'
import { toRecord, type Emulated, type RecordEntry } from '../records/record.js'
import type { RecordFolder } from '../records/record-folder.js'
import type { Passed } from './pass-on.js'

/**
 * Makes the function that writes the record of what has passed, with what the emulator answers to the same request on `stage`. Answers
 * are read in the forms of `dialect`. Records are written one after the other, as the answers came. It rejects where one cannot be
 * written.
 */
export function createKeep(folder: RecordFolder, dialect: DialectName, stage: Stage) {
  let last: Promise<unknown> = Promise.resolve()
  return (passed: Passed): Promise<void> => {
    rememberOffers(passed)
    const written = last.then(() => writeRecord(passed, folder, dialect, stage))
    last = written.catch(() => undefined)
    return written
  }
}

async function writeRecord(passed: Passed, folder: RecordFolder, dialect: DialectName, stage: Stage): Promise<void> {
  const { answer, error } = passed
  const url = redactUrl(new URL(passed.url).href)
  const findings = { url, dialect, emulated: { unknown: '' }, error }
  const record = toRecord(recordedRequestOf(passed), answer ?? NO_BODY, findings)
  const [entry] = record.log.entries
  entry._emulator = await emulate(entry, stage)
  folder.write(record)
}

/** Tells what the emulator answers to the request of a record in the same state, as far as the answers so far show that. */
async function emulate(entry: RecordEntry, stage: Stage): Promise<Emulated> {
  const played = await playRecord(entry, stage)
  if ('unknown' in played) return played
  const { emulated, isForced } = played
  return isForced ? { unknown: 'the emulator fails so where a fault asks for it, and no number shows why' } : emulated
}

const NO_BODY = { isUtf8: true }

/** Shows what has passed with all of its bodies. */
function recordedRequestOf({ entry, sent, answer }: Passed): RecordedRequest {
  return toRecordedRequest({
    ...entry,
    requestBody: { text: sent.body.toString(entry.isUtf8 ? 'utf8' : 'latin1'), cutBytes: 0 },
    ...(answer === undefined
      ? { status: 0, outcome: undefined, responseHeaders: {}, responseBody: { text: '', cutBytes: 0 } }
      : { responseHeaders: withoutEncoding(answer.headers), responseBody: answer })
  })
}

/** Leaves out how the body was encoded: that of the record is decoded. */
function withoutEncoding({ 'content-encoding': _, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers
}

/** Remembers what a search has found: the contract check asks for it when a number is bought. */
function rememberOffers({ sandbox: { store }, entry: { operation }, answer }: Passed): void {
  const body = operation === 'search' || operation === 'search_account' ? parseOrKeep(answer?.text ?? '') : undefined
  const rows = isObject(body) && Array.isArray(body.data) ? body.data.filter(isObject) : []
  for (const { number } of rows) {
    const national = typeof number === 'string' ? nationalNumber(number) : undefined
    if (national !== undefined) store.discoveries.save({ first: national, last: national })
  }
}
