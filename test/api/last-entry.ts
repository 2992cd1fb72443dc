import type { JsonObject } from '../../src/json.js'
import { type Subject } from '../harness/emulator-under-test.js'

/** The last request of the journal, as a test sees it. */
export async function lastOf({ call }: Subject): Promise<JsonObject> {
  const { body } = await call({ method: 'GET', url: '/__admin/requests?limit=1' })
  const [last = {}] = body.requests as JsonObject[]
  return last
}
