import type { DialectName } from '../dialect.js'
import { toRecordedRequest, type RecordedRequest } from '../journal/recorded-request.js'
import { redactUrl } from '../journal/redaction.js'
import { learn } from '../records/learn.js'
import { toRecord, type Emulated, type RecordEntry } from '../records/record.js'
import type { RecordFolder } from '../records/record-folder.js'
import type { Passed } from './pass-on.js'

/** What writing records takes. */
export interface RecordWriter {
  folder: RecordFolder
  /** The dialect in whose forms answers are read. */
  dialect: DialectName
  /** Tells what the emulator answers to the same request, before it learns from the answer. */
  emulate: (passed: Passed, entry: RecordEntry) => Promise<Emulated>
}

/** Writes the record of what has passed, and learns from it what later requests are checked against. Throws where it cannot be written. */
export async function keepRecord({ folder, dialect, emulate }: RecordWriter, passed: Passed): Promise<void> {
  const { answer, error } = passed
  const record = toRecord(recordedRequestOf(passed), answer ?? NO_BODY, { dialect, emulated: { unknown: '' }, error })
  const [entry] = record.log.entries
  await learn(passed.sandbox, entry)
  entry._emulator = await emulate(passed, entry)
  folder.write(record)
}

const NO_BODY = { isUtf8: true }

/** Shows what has passed with all of its bodies, at the URL of the service. */
function recordedRequestOf({ entry, sent, url, answer }: Passed): RecordedRequest {
  const recorded = toRecordedRequest({
    ...entry,
    requestBody: { text: sent.body.toString(entry.isUtf8 ? 'utf8' : 'latin1'), cutBytes: 0 },
    ...(answer === undefined
      ? { status: 0, outcome: undefined, responseHeaders: {}, responseBody: { text: '', cutBytes: 0 } }
      : { responseHeaders: answer.headers, responseBody: answer })
  })
  return { ...recorded, request: { ...recorded.request, absoluteUrl: redactUrl(url) } }
}
