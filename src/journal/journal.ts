import { BoundedRows, ByteBudget } from './byte-budget.js'
import type { JournalEntry } from './journal-entry.js'
import { Slices } from '../turns/slices.js'

type EntryListener = (entry: JournalEntry) => void

/** What the journals of a process keep. */
interface Limits {
  /** Entries of one journal; 0 keeps none. */
  entries: number
  /** Bytes of all journals together. */
  bytes: number
}

/**
 * The journals of a process. They share a bound in bytes: the oldest entry of all gives way first. Questions about them share the time:
 * however many there are, and in however many sandboxes, a request waits for one slice.
 */
export class Journals {
  readonly slices = new Slices()
  readonly #entries: number
  readonly #budget: ByteBudget

  constructor({ entries, bytes }: Limits) {
    this.#entries = entries
    this.#budget = new ByteBudget(bytes)
  }

  open(): Journal {
    return new Journal(this.#budget, this.#entries)
  }
}

/** The last requests of a sandbox; the oldest gives way to the newest. */
export class Journal {
  readonly #rows: BoundedRows<JournalEntry>
  readonly #listeners = new Set<EntryListener>()
  #added = 0

  /** Keeps at most `limit` entries, and shares the budget. */
  constructor(budget: ByteBudget, limit: number) {
    this.#rows = new BoundedRows(budget, limit)
  }

  /** Returns the id of the next entry: '1' is the first. */
  nextId(): string {
    this.#added++
    return String(this.#added)
  }

  add(entry: JournalEntry): void {
    this.#rows.add(entry)
    for (const listener of this.#listeners) listener(entry)
  }

  /** How many entries it holds. */
  get size(): number {
    return this.#rows.all.length
  }

  /** Lists the entries from the oldest to the newest: all, or those that were added after the one with the id. */
  entries(after = '0'): JournalEntry[] {
    return this.#rows.all.slice(this.#positionAfter(after))
  }

  find(id: string): JournalEntry | undefined {
    const found = this.#rows.all[this.#positionAfter(id) - 1]
    return found?.id === id ? found : undefined
  }

  /** Removes those entries that it still has. Returns them. */
  removeAll(entries: readonly JournalEntry[]): JournalEntry[] {
    return entries.filter(({ id }) => this.remove(id))
  }

  /** Removes one entry. Returns whether there was one. */
  remove(id: string): boolean {
    const isThere = this.find(id) !== undefined
    if (isThere) this.#rows.removeAt(this.#positionAfter(id) - 1)
    return isThere
  }

  clear(): void {
    this.#rows.clear()
  }

  /** Forgets all entries, and keeps none from now on. */
  close(): void {
    this.#rows.close()
  }

  /** Calls `listener` with every entry from now on. Returns a function that stops it. */
  listen(listener: EntryListener): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Returns the position behind the last entry whose id is not greater: ids ascend. */
  #positionAfter(id: string): number {
    let [low, high] = [0, this.size]
    while (low < high) {
      const middle = (low + high) >> 1
      if (Number(this.#rows.all[middle]?.id) <= Number(id)) low = middle + 1
      else high = middle
    }
    return low
  }
}
