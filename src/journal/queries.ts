import { Type, type Static } from '@sinclair/typebox'
import type { Journal, JournalEntry } from './journal.js'
import { toRecordedRequest, type RecordedRequest } from './recorded-request.js'
import { matcherOf, type Match, type PatternError, type RequestPattern } from './request-pattern.js'

const count = Type.Optional(Type.Integer({ minimum: 0 }))

/** The schema of the options of `verify`. */
export const VERIFY_OPTIONS = Type.Object({
  /** The exact number of matching requests. */
  exactly: count,
  /** The least number of matching requests. @default 1, unless another bound is given */
  at_least: count,
  /** The greatest number of matching requests. */
  at_most: count
})

/** How many requests have to match. */
export type VerifyOptions = Static<typeof VERIFY_OPTIONS>

/** Whether an expectation is met; `message` reads "expected … but was …". */
export interface Verdict {
  isMet: boolean
  count: number
  message: string
}

/** The longest wait. */
const MAX_TIMEOUT_MS = 600_000

/** The schema of the options of `wait`. */
export const WAIT_OPTIONS = Type.Object({
  /** How many requests have to match. @default 1 */
  count: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Milliseconds to wait at most, up to 600,000. @default 5000 */
  timeout_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_TIMEOUT_MS }))
})

/** How many requests a wait is for, and how long it lasts. */
export type WaitOptions = Static<typeof WAIT_OPTIONS>

const DEFAULT_TIMEOUT_MS = 5_000

/** Resolves after so many milliseconds, or earlier where the sandbox is reset or `signal` aborts. */
type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>

/** The questions that a test asks a journal. The returned requests are redacted; patterns see them before that. */
export class JournalQueries {
  readonly #journal: Journal
  readonly #pause: Pause

  constructor(journal: Journal, pause: Pause) {
    this.#journal = journal
    this.#pause = pause
  }

  /** Finds the matching requests, the oldest first. Throws a PatternError. */
  find(pattern: RequestPattern = {}): RecordedRequest[] {
    return this.#matching(matcherOf(pattern)).map(toRecordedRequest)
  }

  get(id: string): RecordedRequest | undefined {
    const entry = this.#journal.find(id)
    return entry === undefined ? undefined : toRecordedRequest(entry)
  }

  /** Counts the matching requests. Throws a PatternError. */
  count(pattern: RequestPattern = {}): number {
    return this.#matching(matcherOf(pattern)).length
  }

  /** Compares the count of the matching requests with the bounds. Throws a PatternError. */
  verify(pattern: RequestPattern, { exactly, at_least, at_most }: VerifyOptions = {}): Verdict {
    const count = this.count(pattern)
    const least = at_least ?? (exactly === undefined && at_most === undefined ? 1 : undefined)
    const bounds = [
      { words: 'exactly', bound: exactly, isMet: count === exactly },
      { words: 'at least', bound: least, isMet: count >= (least ?? 0) },
      { words: 'at most', bound: at_most, isMet: count <= (at_most ?? count) }
    ].filter(({ bound }) => bound !== undefined)
    const expected = bounds.map(({ words, bound }) => `${words} ${String(bound)}`).join(' and ')
    return {
      isMet: bounds.every((bound) => bound.isMet),
      count,
      message: `expected ${expected} requests like ${JSON.stringify(pattern)} but was ${count}`
    }
  }

  /**
   * Waits until the journal has `count` matching requests, earlier ones included, and returns them. Returns those that it has
   * when the time is up, the sandbox is reset, or `signal` aborts. Throws a PatternError.
   */
  async wait(
    pattern: RequestPattern,
    { count = 1, timeout_ms = DEFAULT_TIMEOUT_MS }: WaitOptions,
    signal: AbortSignal
  ): Promise<RecordedRequest[]> {
    const match = matcherOf(pattern)
    const isEnough = () => this.#matching(match).length >= count
    if (!isEnough()) await this.#until(isEnough, match, timeout_ms, signal)
    return this.#matching(match).map(toRecordedRequest)
  }

  async #until(isEnough: () => boolean, match: Match, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController()
    let failure: PatternError | undefined
    const stop = this.#journal.listen((entry) => {
      try {
        if (match(entry) && isEnough()) over.abort()
      } catch (error) {
        // A matcher throws nothing else, and the client whose request was recorded must not get the error.
        failure = error as PatternError
        over.abort()
      }
    })
    await this.#pause(timeoutMs, AbortSignal.any([over.signal, signal]))
    stop()
    if (failure !== undefined) throw failure
  }

  #matching(match: Match): JournalEntry[] {
    return this.#journal.entries().filter(match)
  }
}
