import { plural } from '../text/plural.js'
import { EventEmitter, once } from 'node:events'
import { Type, type Static } from '@sinclair/typebox'
import type { Finding } from '../findings/finding.js'
import { FindingsError, findingsIn } from '../findings/findings-error.js'
import type { Accepted } from '../findings/part.js'
import { loadEngines } from './engines.js'
import type { JournalEntry } from './journal-entry.js'
import type { Journal } from './journal.js'
import { describeNearest } from './nearest.js'
import { toRecordedRequest, type RecordedRequest } from './recorded-request.js'
import { redactBody } from './redaction.js'
import { cutPage, type PageOptions } from './request-page.js'
import { compilePattern, testAll, type EntryCondition, type EntryTest, type RequestPattern } from './request-pattern.js'
import { findSequence, type SequenceStep } from './sequence.js'
import type { Slices } from '../turns/slices.js'
import { shorten } from '../text/shorten.js'

/** More requests than any journal holds. */
const MOST_REQUESTS = 999_999_999

const Count = Type.Optional(Type.Integer({ minimum: 0, maximum: MOST_REQUESTS }))

/** The schema of the options of `verify`. */
export const VERIFY_OPTIONS = Type.Object({
  /** The exact number of matching requests. */
  exactly: Count,
  /** The least number of matching requests. @default 1, unless another bound is given */
  at_least: Count,
  /** The greatest number of matching requests. */
  at_most: Count
})

/** How many requests have to match. */
export type VerifyOptions = Static<typeof VERIFY_OPTIONS>

/** Whether an expectation is met; `message` reads "expected … but was …". */
interface VerifyResult {
  isMet: boolean
  count: number
  message: string
}

/** Whether requests came in an order; `ids` has one for each pattern as far as they did. */
interface SequenceVerdict {
  isMet: boolean
  ids: string[]
  message: string
}

/** The longest wait. */
const MAX_TIMEOUT_MS = 600_000

/** The schema of the options of `wait`. */
export const WAIT_OPTIONS = Type.Object({
  /** How many requests have to match. @default 1 */
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_REQUESTS })),
  /** Milliseconds to wait at most, up to 600,000. @default 5000 */
  timeout_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_TIMEOUT_MS }))
})

/** How many requests a wait is for, and how long it lasts. */
export type WaitOptions = Static<typeof WAIT_OPTIONS>

const DEFAULT_TIMEOUT_MS = 5_000

/** The most waits of a sandbox at once. */
const MAX_WAITS = 2_000

/** One more wait than a sandbox serves at once. */
export class TooManyWaitsError extends Error {
  override readonly name = 'TooManyWaitsError'
}

/** Resolves after so many milliseconds, or earlier where the sandbox is reset or `signal` aborts. */
type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>

/** The questions that a test asks a journal. The returned requests are redacted; patterns see them before that. */
export class JournalQueries {
  readonly #journal: Journal
  readonly #pause: Pause
  readonly #slices: Slices
  #waits = 0

  constructor(journal: Journal, pause: Pause, slices: Slices) {
    this.#journal = journal
    this.#pause = pause
    this.#slices = slices
  }

  /** Finds the parts of a pattern that cannot be used, where its schema may accept some of it or all. */
  async check(pattern: Accepted<RequestPattern>): Promise<readonly Finding[]> {
    const compiling = compilePattern(pattern, await loadEngines())
    return this.#slices.run(compiling).then(() => [], findingsIn)
  }

  /** Finds the matching requests, the oldest first. Rejects with a FindingsError. */
  async find(pattern: RequestPattern): Promise<RecordedRequest[]> {
    return this.#show(await this.#matching(pattern))
  }

  /** Returns a page of the requests, and how many there are on all pages. */
  async list(options: PageOptions): Promise<{ requests: RecordedRequest[]; total: number }> {
    const { entries, total } = cutPage(this.#journal.entries(), options)
    return { requests: await this.#show(entries), total }
  }

  /** Removes the matching requests, and returns them, the oldest first. Rejects with a FindingsError. */
  async remove(pattern: RequestPattern): Promise<RecordedRequest[]> {
    return this.#show(this.#journal.removeAll(await this.#matching(pattern)))
  }

  get(id: string): RecordedRequest | undefined {
    const entry = this.#journal.find(id)
    return entry === undefined ? undefined : toRecordedRequest(entry)
  }

  /** Counts the matching requests. Rejects with a FindingsError. */
  async count(pattern: RequestPattern): Promise<number> {
    return (await this.#matching(pattern)).length
  }

  /** Compares the count of the matching requests with the bounds. Rejects with a FindingsError. */
  async verify(pattern: RequestPattern, { exactly, at_least, at_most }: VerifyOptions): Promise<VerifyResult> {
    const count = await this.count(pattern)
    const least = at_least ?? (exactly === undefined && at_most === undefined ? 1 : undefined)
    const bounds = [
      { words: 'exactly', bound: exactly, isMet: count === exactly },
      { words: 'at least', bound: least, isMet: count >= (least ?? 0) },
      { words: 'at most', bound: at_most, isMet: count <= (at_most ?? count) }
    ].filter(({ bound }) => bound !== undefined)
    const expected = bounds.map(({ words, bound }) => `${words} ${plural(Number(bound), 'request')}`).join(' and ')
    const isMet = bounds.every((bound) => bound.isMet)
    const nearest = isMet ? '' : await this.#nearest(pattern)
    return {
      isMet,
      count,
      message: `expected ${expected} like ${summarizePattern(pattern)} but was ${count}${nearest}`
    }
  }

  /** Says which requests a wait was for, and what came instead. */
  async explainWait(pattern: RequestPattern, options: WaitOptions, found: number): Promise<string> {
    const { count = 1, timeout_ms = DEFAULT_TIMEOUT_MS } = options
    const wanted = `waited up to ${timeout_ms} ms for ${plural(count, 'request')} like ${summarizePattern(pattern)}`
    return `${wanted} but was ${found}${await this.#nearest(pattern)}`
  }

  /** Describes the requests that came nearest to a pattern. */
  async #nearest(pattern: RequestPattern): Promise<string> {
    const conditions = await this.#conditions(pattern)
    return this.#slices.run(describeNearest(this.#journal.entries(), conditions))
  }

  /**
   * Checks that requests match the patterns one after another; others may stand between. Returns the ids of the first that do.
   * Rejects with a FindingsError, whose pointers begin with `/in_order` and the position of the pattern.
   */
  async verifyInOrder(patterns: readonly RequestPattern[]): Promise<SequenceVerdict> {
    const steps: SequenceStep[] = []
    for (const [i, pattern] of patterns.entries()) {
      const matches = await this.#compile(pattern)
      const test = function* (entry: JournalEntry) {
        try {
          return yield* matches(entry)
        } catch (error) {
          throw withPosition(i, error)
        }
      }
      steps.push({ matches: test, description: summarizePattern(pattern) })
    }
    const { isMet, found, message } = await this.#slices.run(findSequence(this.#journal.entries(), steps))
    return { isMet, ids: found.map(({ id }) => id), message }
  }

  /**
   * Waits until the journal has `count` matching requests, earlier ones included, and returns them. Returns those that it has
   * when the time is up, the sandbox is reset, or `signal` aborts. Rejects with a FindingsError, or a TooManyWaitsError.
   */
  async wait(pattern: RequestPattern, options: WaitOptions, signal: AbortSignal): Promise<RecordedRequest[]> {
    if (this.#waits >= MAX_WAITS) throw new TooManyWaitsError(`a sandbox has at most ${MAX_WAITS} waits at once`)
    this.#waits++
    const over = new AbortController()
    const { count = 1, timeout_ms = DEFAULT_TIMEOUT_MS } = options
    // The pause begins first, so that a reset or a client that leaves ends it from now on; both are awaited at once, as it rejects
    // where the sandbox is dropped.
    const pause = this.#pause(timeout_ms, AbortSignal.any([over.signal, signal]))
    try {
      const found = this.#await(pattern, count, pause).finally(() => {
        over.abort()
      })
      const [entries] = await Promise.all([found, pause])
      return await this.#show(entries)
    } finally {
      this.#waits--
    }
  }

  /**
   * Compares each request with the pattern once, until enough match or `pause` has ended. Returns those that the journal still has.
   */
  async #await(pattern: RequestPattern, count: number, pause: Promise<void>): Promise<readonly JournalEntry[]> {
    const match = await this.#compile(pattern)
    let found: JournalEntry[] = []
    let last = '0'
    const state = { isOver: false }
    const bell = new EventEmitter()
    const ring = () => {
      bell.emit('look')
    }
    const end = () => {
      state.isOver = true
      ring()
    }
    void pause.then(end, end)
    const stop = this.#journal.listen(ring)
    try {
      for (;;) {
        const rung = once(bell, 'look')
        // However short the time is, the last look sees all that came before its end.
        const isLast = state.isOver
        const fresh = this.#journal.entries(last)
        last = fresh.at(-1)?.id ?? last
        const matching = await this.#slices.run(filterInSteps(fresh, match))
        found = [...found, ...matching].filter(({ id }) => this.#journal.find(id) !== undefined)
        if (isLast || found.length >= count) return found
        await rung
      }
    } finally {
      stop()
    }
  }

  async #conditions(pattern: RequestPattern): Promise<EntryCondition[]> {
    return this.#slices.run(compilePattern(pattern, await loadEngines()))
  }

  async #compile(pattern: RequestPattern): Promise<EntryTest> {
    return testAll(await this.#conditions(pattern))
  }

  async #matching(pattern: RequestPattern): Promise<JournalEntry[]> {
    const match = await this.#compile(pattern)
    return this.#slices.run(filterInSteps(this.#journal.entries(), match))
  }

  #show(entries: readonly JournalEntry[]): Promise<RecordedRequest[]> {
    return this.#slices.run(mapInSteps(entries, toRecordedRequest))
  }
}

/** Names the pattern of a list whose part is wrong. */
function withPosition(position: number, error: unknown): FindingsError {
  return new FindingsError(
    findingsIn(error).map(({ at, message }) => ({ at: `/in_order/${position}${at}`, message })),
    error
  )
}

/** The longest pattern that a message repeats as a whole, in characters. */
const MAX_DESCRIPTION_LENGTH = 1_000

function summarizePattern(pattern: RequestPattern): string {
  return shorten(redactBody(JSON.stringify(pattern)), MAX_DESCRIPTION_LENGTH)
}

function* filterInSteps(entries: readonly JournalEntry[], match: EntryTest) {
  const found: JournalEntry[] = []
  for (const entry of entries) {
    if (yield* match(entry)) found.push(entry)
    yield
  }
  return found
}

function* mapInSteps<Item, Result>(items: readonly Item[], map: (item: Item) => Result) {
  const results: Result[] = []
  for (const item of items) {
    results.push(map(item))
    yield
  }
  return results
}
