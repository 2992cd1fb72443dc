import type { JsonObject } from '../../json.js'
import type { AdminCalls } from './calls.js'

/** The clock of a sandbox. */
export interface ClockReading {
  /** ISO 8601. */
  now: string
  /** The same time in the API's unit: seconds since the year 0 of the Gregorian calendar. */
  gregorian_seconds: number
  /** How fast the clock runs: 0 stands still, 1 runs in real time. */
  rate: number
}

/** The calls that read and move the clock. */
export function clockCalls(admin: AdminCalls) {
  const move = async (method: 'PUT' | 'POST', path: string, body: JsonObject) =>
    (await admin.call(method, path, body)) as unknown as ClockReading
  return {
    get: () => admin.get<ClockReading>('/clock'),
    /** Sets the time; the clock goes on as fast as before. @param now - ISO 8601, such as `2024-01-31T12:00:00Z` */
    set: (now: string) => move('PUT', '/clock', { now }),
    /** Stops the clock. @param now - the time to stop at, in ISO 8601 @default the time that it shows */
    freeze: (now?: string) => move('PUT', '/clock', { ...(now !== undefined && { now }), rate: 0 }),
    /** Lets the clock run. @param rate - how many times as fast as real time, up to 1,000,000 */
    run: (rate = 1) => move('PUT', '/clock', { rate }),
    /** Moves the clock forward. @param seconds - 0 or more; fractions are allowed */
    advance: (seconds: number) => move('POST', '/clock/advance', { seconds })
  }
}
