import type { Reply } from '../../contract/openapi/admin-responses.js'
import type { TimingChange } from '../../contract/openapi/admin-schemas.js'
import type { DelayKind } from '../../numbering/delay-kinds.js'
import type { AdminCalls } from './calls.js'

/** The calls on the time that E911, ports and aging take. */
export function timingCalls(admin: AdminCalls) {
  return {
    get: () => admin.get<Reply<'GET /timing'>>('/timing'),
    /** Returns the delays that wait, the earliest first. */
    waiting: () => admin.get<Reply<'GET /timing/waiting'>>('/timing/waiting'),
    /** @param timing - `e911`, `port_in`, `aging`: `'immediate'`, `'held'`, `{after_seconds}` or `{after_reads}` */
    put: (timing: TimingChange) => admin.call('PUT', '/timing', timing) as unknown as Promise<Reply<'PUT /timing'>>,
    /** Ends delays. @param number - its number, in any form @default all numbers @param kind - its kind @default all kinds */
    release: (number?: string, kind?: DelayKind) =>
      admin.call('POST', '/timing/release', {
        ...(number !== undefined && { number }),
        ...(kind !== undefined && { kind })
      }) as Promise<Reply<'POST /timing/release'>>
  }
}
