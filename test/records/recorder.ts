import type { DialectName } from '../../src/dialect.js'
import type { RecordedRequest } from '../../src/journal/recorded-request.js'
import { RecordFolder } from '../../src/records/record-folder.js'
import { toRecord } from '../../src/records/record.js'
import type { Call, Subject } from '../harness/emulator-under-test.js'

/** Alters what was recorded, as another service would answer it. */
export type Adapter = (recorded: RecordedRequest) => RecordedRequest

/** Plays calls to an emulator, and writes each exchange as a record into a folder. */
export async function record(
  { call }: Subject,
  calls: readonly Call[],
  folder: string,
  dialect: DialectName = 'oneuc',
  adapt: Adapter = (recorded) => recorded
): Promise<void> {
  const records = new RecordFolder(folder)
  for (const one of calls) {
    await call({ method: 'DELETE', url: '/__admin/requests' })
    await call({ token: 'demo-token', ...one })
    const { body } = await call({ method: 'GET', url: '/__admin/requests' })
    const [recorded] = body.requests as unknown as [RecordedRequest]
    // A proxy keeps the body of a request that the service has not read.
    if (typeof one.body === 'string') recorded.request.body = one.body
    const url = new URL(recorded.request.absoluteUrl).href
    const findings = { url, dialect, emulated: { unknown: 'not asked' }, error: undefined }
    records.write(toRecord(adapt(recorded), { isUtf8: true }, findings))
  }
}
