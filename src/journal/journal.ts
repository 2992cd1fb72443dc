import type { JournalEntry } from './journal-entry.js'

export type { JournalEntry, StateChange } from './journal-entry.js'

type Listener = (entry: JournalEntry) => void

/** The last requests of a sandbox; the oldest gives way to the newest. */
export class Journal {
  readonly #limit: number
  readonly #ring: JournalEntry[] = []
  readonly #listeners = new Set<Listener>()
  #next = 0
  #added = 0

  /** Keeps at most `limit` entries; 0 keeps none. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Returns the id of the next entry: '1' is the first. */
  nextId(): string {
    this.#added++
    return String(this.#added)
  }

  add(entry: JournalEntry): void {
    if (this.#limit > 0) {
      this.#ring[this.#next] = entry
      this.#next = (this.#next + 1) % this.#limit
    }
    for (const listener of this.#listeners) listener(entry)
  }

  /** How many entries it holds. */
  get size(): number {
    return this.#ring.length
  }

  /** Lists the entries from the oldest to the newest. */
  entries(): JournalEntry[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)]
  }

  find(id: string): JournalEntry | undefined {
    return this.#ring.find((entry) => entry.id === id)
  }

  /** Removes one entry. Returns whether there was one. */
  remove(id: string): boolean {
    const removed = this.find(id)
    if (removed === undefined) return false
    const kept = this.entries().filter((entry) => entry !== removed)
    this.#ring.splice(0, this.#ring.length, ...kept)
    this.#next = kept.length % this.#limit
    return true
  }

  clear(): void {
    this.#ring.length = 0
    this.#next = 0
  }

  /** Calls `listener` with every entry from now on. Returns a function that stops it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}
