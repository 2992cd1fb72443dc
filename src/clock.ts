/** Seconds between year 0 of the Gregorian calendar and the Unix epoch: the API counts time from the former. */
export const GREGORIAN_EPOCH_SECONDS = 62_167_219_200

/** Where every time in the emulator comes from, so that a run can be frozen and replayed. */
export interface Clock {
  /** Gregorian seconds, UTC, whole. */
  now(): number
  /** Milliseconds of the Unix epoch. */
  nowMilliseconds(): number
}

/** A clock over `milliseconds`, a source of Unix milliseconds: `Date.now` for a real one. */
export function clockOf(milliseconds: () => number): Clock {
  return {
    now: () => Math.floor(milliseconds() / 1000) + GREGORIAN_EPOCH_SECONDS,
    nowMilliseconds: milliseconds
  }
}

/** The real clock, or one that stands still at `frozenAt` (Unix milliseconds). */
export function createClock(frozenAt?: number): Clock {
  return clockOf(frozenAt === undefined ? Date.now : () => frozenAt)
}
