import type { JsonObject } from '../../json.js'
import type { DelayKind } from '../../numbering/delay-kinds.js'
import type { AdminCalls } from './calls.js'

/** The calls on the time that E911, ports and aging take. */
export function timingCalls(admin: AdminCalls) {
  return {
    get: () => admin.get<JsonObject>('/timing'),
    /** Returns the delays that wait, the earliest first. */
    waiting: () => admin.get<JsonObject>('/timing/waiting'),
    /** @param timing - `e911`, `port_in`, `aging`: `'immediate'`, `'held'`, `{after_seconds}` or `{after_reads}` */
    put: (timing: JsonObject) => admin.call('PUT', '/timing', timing),
    /** Ends delays. @param number - its number, in any form @default all numbers @param kind - its kind @default all kinds */
    release: (number?: string, kind?: DelayKind) =>
      admin.call('POST', '/timing/release', {
        ...(number !== undefined && { number }),
        ...(kind !== undefined && { kind })
      })
  }
}
