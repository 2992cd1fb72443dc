import { Coverage } from '../contract/coverage.js'

/** How many requests are remembered for each purpose. */
const MOST_REMEMBERED = 1_000

/** A client's timer may be this early, in milliseconds. */
const EARLY = 50

/** When a client was told to come back. */
interface Appointment {
  /** Milliseconds of the process's clock. */
  at: number
  /** Milliseconds of the sandbox's clock, which a test may wind on instead of waiting. */
  clockAt: number
}

/**
 * What a sandbox remembers of its client, so that a request can be read in the light of the answers before it. The tally
 * outlives a reset: tests reset between them, and the report is about all of them.
 */
export class ClientHistory {
  readonly coverage: Coverage
  readonly #called = new Set<string>()
  readonly #choices = new Map<string, string>()
  readonly #appointments = new Map<string, Appointment>()

  /** `whole` is where the tallies of all sandboxes come together. */
  constructor(whole: Coverage) {
    this.coverage = new Coverage(whole)
  }

  /** Remembers the address for which `number` was offered a choice. */
  offerChoice(number: string, address: string): void {
    remember(this.#choices, number, address)
  }

  /** Whether `number` was offered a choice for this very address. */
  hasOfferedChoice(number: string, address: string): boolean {
    return this.#choices.get(number) === address
  }

  settleChoice(number: string): void {
    if (this.#choices.size > 0) this.#choices.delete(number)
  }

  /** Remembers that the client of `request` was told to wait; all times in milliseconds. */
  tellToWait(request: string, milliseconds: number, now: number, clockNow: number): void {
    const wait = milliseconds - EARLY
    remember(this.#appointments, request, { at: now + wait, clockAt: clockNow + wait })
  }

  /** Whether any client has been told to wait: almost none has, and naming a request costs. */
  get isAnybodyWaiting(): boolean {
    return this.#appointments.size > 0
  }

  /** Whether `request` comes before the client was told to come back. */
  isEarly(request: string, now: number, clockNow: number): boolean {
    const appointment = this.#appointments.get(request)
    return appointment !== undefined && now < appointment.at && clockNow < appointment.clockAt
  }

  /** Tells whether this is the first call of an operation since the last reset. */
  isFirstCall(operation: string): boolean {
    const isFirst = !this.#called.has(operation)
    this.#called.add(operation)
    return isFirst
  }

  /** Forgets all responses, as a reset does. The coverage stays. */
  clear(): void {
    this.#called.clear()
    this.#choices.clear()
    this.#appointments.clear()
  }
}

/** Puts a value in, and the oldest out where there are too many. */
function remember<Value>(memory: Map<string, Value>, key: string, value: Value): void {
  memory.delete(key)
  memory.set(key, value)
  const [oldest] = memory.keys()
  if (memory.size > MOST_REMEMBERED && oldest !== undefined) memory.delete(oldest)
}
