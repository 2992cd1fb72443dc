/** The parts of a sandbox that can be put back by themselves. */
export const RESETTABLE = ['numbers', 'faults', 'requests', 'clock'] as const
export type Resettable = (typeof RESETTABLE)[number]
