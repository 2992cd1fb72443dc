/** Seconds between year 0 of the Gregorian calendar and the Unix epoch: the API counts time from the former. */
export const GREGORIAN_EPOCH_SECONDS = 62_167_219_200

/** Where every time in the emulator comes from, so that a run can be frozen and replayed. */
export interface Clock {
  /** Gregorian seconds, UTC, whole. */
  now(): number
  /** Milliseconds of the Unix epoch. */
  nowMs(): number
}

/** How a clock runs: what it showed and what its source showed at one moment (Unix milliseconds), and how fast it goes. */
export interface ClockState {
  source: number
  shown: number
  /** 0 stands still, 1 goes as the source does. */
  rate: number
}

/** Times that a clock can show, in Unix milliseconds: the years 0 to 9999, which is what ISO 8601 can write. */
const EARLIEST = -GREGORIAN_EPOCH_SECONDS * 1000
const LATEST = 253_402_300_799_999

/** A clock that a test can stop, set, wind on, and let run at any speed. */
export class AdjustableClock implements Clock {
  readonly #source: () => number
  readonly #frozenAt: number | undefined
  /** How it has gone since it was last touched. */
  #state: ClockState

  /** A clock over `source`, a source of Unix milliseconds; it stands still at `frozenAt`, if that is given. */
  constructor(source: () => number, frozenAt?: number) {
    this.#source = source
    this.#frozenAt = frozenAt
    this.#state = this.#initial()
  }

  now(): number {
    return toGregorian(this.nowMs())
  }

  nowMs(): number {
    return shownAt(this.#state, this.#source())
  }

  /** How fast it runs: 1 as the source does, 0 not at all. */
  get rate(): number {
    return this.#state.rate
  }

  /** Shows `milliseconds` (Unix) from now on, and goes on from there as fast as before. */
  set(milliseconds: number): void {
    this.#state = { source: this.#source(), shown: clamped(milliseconds), rate: this.rate }
  }

  advance(milliseconds: number): void {
    this.set(this.nowMs() + milliseconds)
  }

  /** Goes on from the time that it shows, `rate` times as fast as the source; 0 freezes it. */
  run(rate: number): void {
    this.set(this.nowMs())
    this.#state.rate = rate
  }

  /** What the source shows, in Unix milliseconds. */
  get real(): number {
    return this.#source()
  }

  get state(): ClockState {
    return { ...this.#state }
  }

  /** Goes on as the clock went that `state` was taken of. */
  restore({ source, shown, rate }: ClockState): void {
    this.#state = { source, shown, rate }
  }

  /** As it was made. */
  reset(): void {
    this.#state = this.#initial()
  }

  #initial(): ClockState {
    const source = this.#source()
    return { source, shown: this.#frozenAt ?? source, rate: this.#frozenAt === undefined ? 1 : 0 }
  }
}

/** What a clock in `state` shows (Unix milliseconds) when its source shows `real`. */
export function shownAt({ source, shown, rate }: ClockState, real: number): number {
  return rate === 0 ? shown : clamped(Math.floor(shown + (real - source) * rate))
}

/** Unix milliseconds in Gregorian seconds, whole. */
export function toGregorian(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) + GREGORIAN_EPOCH_SECONDS
}

function clamped(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, EARLIEST), LATEST)
}
