import { createHash } from 'node:crypto'
import { Coverage } from '../contract/coverage.js'
import { encodeLong } from '../text/long-text.js'
import { LostPurchases } from './lost-purchases.js'

/** How many requests are remembered for each purpose. */
const MAX_REMEMBERED = 1_000

/** A client's timer may be this early. */
const CLOCK_TOLERANCE_MS = 50

/** When a client was told to come back. */
interface RetryDeadline {
  /** Milliseconds of the process's clock. */
  at: number
  /** Milliseconds of the sandbox's clock, which a test may wind on instead of waiting. */
  clockAt: number
}

/**
 * The responses that a client has had in a sandbox, as far as the contract check of later requests needs them. The coverage outlives
 * a reset: tests reset between them, and the report is about all of them.
 */
export class ClientHistory {
  readonly coverage: Coverage
  readonly lostPurchases = new LostPurchases()
  readonly #called = new Set<string>()
  readonly #choices = new Map<string, string>()
  readonly #retryDeadlines = new Map<string, RetryDeadline>()

  /** `parent` is the coverage of all sandboxes together. */
  constructor(parent: Coverage) {
    this.coverage = new Coverage(parent)
  }

  /** Remembers the address for which `number` was offered a choice. */
  rememberChoice(number: string, address: string): void {
    remember(this.#choices, digestOf(number), digestOf(address))
  }

  /** Whether `number` was offered a choice for this very address. */
  wasOfferedChoice(number: string, address: string): boolean {
    return this.#choices.size > 0 && this.#choices.get(digestOf(number)) === digestOf(address)
  }

  clearChoice(number: string): void {
    if (this.#choices.size > 0) this.#choices.delete(digestOf(number))
  }

  /** Remembers that the client of `request` was told to wait; all times in milliseconds. */
  setRetryAfter(request: string, milliseconds: number, now: number, clockNow: number): void {
    const wait = milliseconds - CLOCK_TOLERANCE_MS
    remember(this.#retryDeadlines, digestOf(request), { at: now + wait, clockAt: clockNow + wait })
  }

  /** Whether any client has been told to wait. Almost none has, and naming a request costs. */
  get hasRetryDeadlines(): boolean {
    return this.#retryDeadlines.size > 0
  }

  /** Whether `request` comes before the client was told to come back. */
  isBeforeRetryAfter(request: string, now: number, clockNow: number): boolean {
    const deadline = this.#retryDeadlines.get(digestOf(request))
    return deadline !== undefined && now < deadline.at && clockNow < deadline.clockAt
  }

  /** Notes a call of an operation. Returns whether it is the first since the last reset. */
  noteCall(operation: string): boolean {
    const isFirst = !this.#called.has(operation)
    this.#called.add(operation)
    return isFirst
  }

  /** Forgets everything when the sandbox ends. */
  close(): void {
    this.clear()
    this.coverage.close()
  }

  /** Forgets all responses, as a reset does. The coverage stays. */
  clear(): void {
    this.#called.clear()
    this.lostPurchases.clear()
    this.#choices.clear()
    this.#retryDeadlines.clear()
  }
}

/** What a client sends may be long: a thousand bodies of 8 MB are not to be remembered. */
function digestOf(text: string): string {
  return createHash('sha256').update(encodeLong(text)).digest('base64')
}

/** Puts a value in, and the oldest out where there are too many. */
function remember<Value>(memory: Map<string, Value>, key: string, value: Value): void {
  memory.delete(key)
  memory.set(key, value)
  const [oldest] = memory.keys()
  if (memory.size > MAX_REMEMBERED && oldest !== undefined) memory.delete(oldest)
}
