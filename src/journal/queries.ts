import type { Journal, JournalEntry } from './journal.js'
import { toRecordedRequest, type RecordedRequest } from './recorded-request.js'
import { matcherOf, type Match, type PatternError, type RequestPattern } from './request-pattern.js'

/** How many matching requests there have to be; where nothing is said, at least one. */
export interface VerifyOptions {
  exactly?: number
  at_least?: number
  at_most?: number
}

/** Whether an expectation is met; `message` reads "expected … but was …". */
export interface Verdict {
  isMet: boolean
  count: number
  message: string
}

/** How long a wait is, and for how much. */
export interface WaitOptions {
  /** How many matching requests there have to be. */
  count?: number
  timeout_ms?: number
}

/** How long a wait is where nobody says, in milliseconds. */
const USUAL_TIMEOUT = 5_000

/** Resolves after so many milliseconds, or earlier where something else ends it, `signal` above all. */
type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>

/** What a test asks of a journal. Requests are shown with their secrets covered; patterns see them as they were. */
export class JournalQueries {
  readonly #journal: Journal
  readonly #pause: Pause

  constructor(journal: Journal, pause: Pause) {
    this.#journal = journal
    this.#pause = pause
  }

  /** From the oldest to the newest. Throws a PatternError. */
  find(pattern: RequestPattern = {}): RecordedRequest[] {
    return this.#matching(matcherOf(pattern)).map(toRecordedRequest)
  }

  get(id: string): RecordedRequest | undefined {
    const entry = this.#journal.find(id)
    return entry === undefined ? undefined : toRecordedRequest(entry)
  }

  /** Throws a PatternError. */
  count(pattern: RequestPattern = {}): number {
    return this.#matching(matcherOf(pattern)).length
  }

  /** Throws a PatternError. */
  verify(pattern: RequestPattern, expectation: VerifyOptions = {}): Verdict {
    const count = this.count(pattern)
    const { exactly, at_least, at_most } = expectation
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
   * Waits until `count` matching requests are there, those that are there already included. Returns the ones that are
   * there when that is so, or when the time is up, the sandbox is reset, or `signal` says so. Throws a PatternError.
   */
  async wait(
    pattern: RequestPattern,
    { count = 1, timeout_ms = USUAL_TIMEOUT }: WaitOptions,
    signal: AbortSignal
  ): Promise<RecordedRequest[]> {
    const match = matcherOf(pattern)
    const isEnough = () => this.#matching(match).length >= count
    if (!isEnough()) await this.#until(isEnough, match, timeout_ms, signal)
    return this.#matching(match).map(toRecordedRequest)
  }

  async #until(isEnough: () => boolean, match: Match, timeout: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController()
    let failure: PatternError | undefined
    const stop = this.#journal.listen((entry) => {
      try {
        if (match(entry) && isEnough()) over.abort()
      } catch (error) {
        // A pattern fails in no other way, and that is none of the business of who sent the request.
        failure = error as PatternError
        over.abort()
      }
    })
    await this.#pause(timeout, AbortSignal.any([over.signal, signal]))
    stop()
    if (failure !== undefined) throw failure
  }

  #matching(match: Match): JournalEntry[] {
    return this.#journal.entries().filter(match)
  }
}
