import { TextPages, Unkept, type KeptTexts, type Sent } from './kept-texts.js'
import type { State } from './numbering/number-state.js'

/** What happened to a number: `null` is no record. */
export interface StateChange {
  e164: string
  from: State | null
  to: State | null
}

/** One request and its answer, as they went over the wire. */
export interface JournalEntry {
  /** Given when it is entered: '1' for the first. */
  id: string
  sandbox: string
  /** Unix milliseconds, by the clock of the process. */
  loggedAt: number
  method: string
  /** Path and query. */
  url: string
  clientIp: string
  status: number
  /** Headers and body, and the body of the answer. */
  texts: KeptTexts
  /** Name of the operation; undefined where the request met no route. */
  operation: string | undefined
  /** Name of the outcome; undefined where there is none for it. */
  outcome: string | undefined
  /** Name of the fault that made the answer. */
  fault: string | undefined
  changes: readonly StateChange[]
  warnings: readonly string[]
}

type Listener = (entry: JournalEntry) => void

/** The last requests of a sandbox, the oldest giving way to the newest. */
export class Journal {
  readonly #limit: number
  readonly #ring: JournalEntry[] = []
  readonly #listeners = new Set<Listener>()
  #pages = new TextPages()
  #next = 0
  #entered = 0

  /** Keeps at most `limit` entries; 0 keeps none. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** The id of the entry that comes next. */
  nextId(): string {
    this.#entered++
    return String(this.#entered)
  }

  /** The texts of an entry, in the form in which it has them. */
  keep(sent: Sent): KeptTexts {
    const { answer } = sent
    // What is there anyway is not copied, nor what nobody will ask for.
    return this.#limit > 0 && typeof answer === 'string' ? this.#pages.keep(sent, answer) : new Unkept(sent)
  }

  add(entry: JournalEntry): void {
    if (this.#limit > 0) {
      this.#ring[this.#next]?.texts.giveUp?.()
      this.#ring[this.#next] = entry
      this.#next = (this.#next + 1) % this.#limit
    }
    for (const listener of this.#listeners) listener(entry)
  }

  /** From the oldest to the newest. */
  entries(): JournalEntry[] {
    if (this.#ring.length < this.#limit) return [...this.#ring]
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)]
  }

  find(id: string): JournalEntry | undefined {
    return this.#ring.find((entry) => entry.id === id)
  }

  /** Forgets one entry. Returns whether there was one. */
  remove(id: string): boolean {
    const removed = this.find(id)
    if (removed === undefined) return false
    const kept = this.entries().filter((entry) => entry !== removed)
    removed.texts.giveUp?.()
    this.#ring.splice(0, this.#ring.length, ...kept)
    this.#next = kept.length % this.#limit
    return true
  }

  clear(): void {
    this.#ring.length = 0
    this.#next = 0
    this.#pages = new TextPages()
  }

  /** Tells `listener` of every entry from now on. Returns how to stop that. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}
