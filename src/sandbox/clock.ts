import { Type, type Static } from '@sinclair/typebox'
import type { Finding } from '../findings/finding.js'
import type { Part } from '../findings/part.js'
import { instantProblem } from '../text/instant.js'

/** Seconds between year 0 of the Gregorian calendar and the Unix epoch: the API counts time from the former. */
export const GREGORIAN_EPOCH_SECONDS = 62_167_219_200

/** A thousand years: no clock moves on by more, and no delay lasts longer. */
export const LONGEST_SECONDS = 31_557_600_000

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

/** The source of every time in a sandbox. A test can stop it, set it, wind it on, and let it run at any speed. */
export class AdjustableClock {
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

  /** Gregorian seconds, UTC, whole. */
  now(): number {
    return toGregorian(this.nowMs())
  }

  /** Milliseconds of the Unix epoch. */
  nowMs(): number {
    return tellTime(this.#state, this.#source())
  }

  /** How fast it runs: 1 as the source does, 0 not at all. */
  get rate(): number {
    return this.#state.rate
  }

  /** Shows `milliseconds` (Unix) from now on, and goes on from there, as fast as before unless `rate` says how fast. */
  set(milliseconds: number, rate = this.rate): void {
    this.#state = { source: this.#source(), shown: clampTime(milliseconds), rate }
  }

  advance(milliseconds: number): void {
    this.set(this.nowMs() + milliseconds)
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

  /** Goes on as a new clock does. */
  reset(): void {
    this.#state = this.#initial()
  }

  #initial(): ClockState {
    const source = this.#source()
    return { source, shown: this.#frozenAt ?? source, rate: this.#frozenAt === undefined ? 1 : 0 }
  }
}

/** The time that a clock in `state` shows (Unix milliseconds) when its source shows `real`. */
export function tellTime({ source, shown, rate }: ClockState, real: number): number {
  return rate === 0 ? shown : clampTime(Math.floor(shown + (real - source) * rate))
}

/** A clock in a state document. */
export const CLOCK = Type.Object(
  {
    rate: Type.Number({
      minimum: 0,
      maximum: 1_000_000,
      description: 'How fast it runs: 0 stands still, 1 runs as time does'
    }),
    now: Type.Optional(
      Type.String({ description: 'What it shows, ISO 8601; from the import on, where since is absent' })
    ),
    since: Type.Optional(Type.String({ description: 'The real time at which it showed now, ISO 8601' })),
    offset_ms: Type.Optional(Type.Number({ description: 'Milliseconds ahead of the real time, for a rate of 1' }))
  },
  { additionalProperties: false, description: 'The time that the sandbox shows' }
)
type ClockDocument = Static<typeof CLOCK>

/**
 * A clock as a state document writes it, so that the text stays the same as long as the clock is not touched: one that stands still
 * by what it shows, one that runs as time does by how far ahead it is, any other by two moments.
 */
export function toClockDocument({ source, shown, rate }: ClockState): ClockDocument {
  if (rate === 0) return { rate, now: toIso(shown) }
  if (rate === 1) return { rate, offset_ms: shown - source }
  return { rate, now: toIso(shown), since: toIso(source) }
}

/** The clock that a document describes, for a source that shows `real` (Unix milliseconds). */
export function fromClockDocument({ rate, now, since, offset_ms = 0 }: ClockDocument, real: number): ClockState {
  if (now === undefined) return { rate, source: 0, shown: offset_ms }
  return { rate, source: since === undefined ? real : Date.parse(since), shown: Date.parse(now) }
}

/** Finds what a schema cannot say of a clock. */
export function clockFindings(clock: Part<ClockDocument>): Finding[] {
  return [
    ...clock.check('/now', ['now'], ({ now }) => instantProblem(now)),
    ...clock.check('/since', ['since'], ({ since }) => instantProblem(since)),
    ...clock.check('/now', ['rate', 'now'], ({ rate, now }) =>
      rate !== 1 && now === undefined ? 'must be there unless the rate is 1' : undefined
    ),
    ...clock.check('/since', ['since', 'now'], ({ since, now }) =>
      since !== undefined && now === undefined ? 'must stand beside now' : undefined
    ),
    ...clock.check('/offset_ms', ['offset_ms', 'now'], ({ offset_ms, now }) =>
      offset_ms !== undefined && now !== undefined ? 'must not stand beside now' : undefined
    ),
    ...clock.check('/offset_ms', ['offset_ms', 'rate'], ({ offset_ms, rate }) =>
      offset_ms !== undefined && rate !== 1 ? 'goes with a rate of 1 only' : undefined
    )
  ]
}

/** Unix milliseconds in Gregorian seconds, whole. */
export function toGregorian(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) + GREGORIAN_EPOCH_SECONDS
}

function clampTime(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, EARLIEST), LATEST)
}

function toIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
