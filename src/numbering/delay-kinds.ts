/** The changes that may take time: E911 to be provisioned, a number to be ported in, a released one to be available. */
export const DELAY_KINDS = ['e911', 'port_in', 'aging'] as const
export type DelayKind = (typeof DELAY_KINDS)[number]

/** A delay ends at a time (Gregorian seconds), after a count of reads, or, where it has neither, by a release. */
export interface Delay {
  due?: number
  reads?: number
}
export type Delays = Readonly<Partial<Record<DelayKind, Delay>>>
