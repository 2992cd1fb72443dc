/** What may take its time: E911 to be provisioned, a number to be ported in, a released one to be available. */
export const PENDING_KINDS = ['e911', 'port_in', 'aging'] as const
export type PendingKind = (typeof PENDING_KINDS)[number]

/** What a number waits for: a time (Gregorian seconds), a count of reads, or, where it says neither, to be released. */
export interface Wait {
  due?: number
  reads?: number
}
export type Pending = Readonly<Partial<Record<PendingKind, Wait>>>
