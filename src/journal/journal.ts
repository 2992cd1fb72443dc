import { ByteBudget } from './byte-budget.js'
import { sizeOf, type JournalEntry } from './journal-entry.js'
import { Slices } from './slices.js'

export type { JournalEntry, StateChange } from './journal-entry.js'

/** `bytes` is the memory that the entry takes, by estimate. */
type EntryListener = (entry: JournalEntry, bytes: number) => void

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
  readonly #limits: Limits
  readonly #budget: ByteBudget<Journal>

  constructor(limits: Limits) {
    this.#limits = limits
    this.#budget = new ByteBudget(limits.bytes)
  }

  open(): Journal {
    const journal = new Journal(this.#limits.entries, this.#budget.count)
    this.#budget.join(journal)
    return journal
  }

  /** Forgets a journal with all that it has. */
  close(journal: Journal): void {
    journal.close()
    this.#budget.leave(journal)
  }
}

interface JournalRow {
  entry: JournalEntry
  bytes: number
}

/** The last requests of a sandbox; the oldest gives way to the newest. */
export class Journal {
  #limit: number
  readonly #count: (bytes: number) => void
  /** From the oldest to the newest. */
  readonly #rows: JournalRow[] = []
  readonly #listeners = new Set<EntryListener>()
  #added = 0

  /** Keeps at most `limit` entries; `count` hears of the bytes that come and go (below 0), and may remove the oldest entry. */
  constructor(limit: number, count: (bytes: number) => void) {
    this.#limit = limit
    this.#count = count
  }

  /** Returns the id of the next entry: '1' is the first. */
  nextId(): string {
    this.#added++
    return String(this.#added)
  }

  /** Unix milliseconds of the oldest entry; Infinity where there is none. */
  get oldestAt(): number {
    return this.#rows[0]?.entry.loggedAt ?? Infinity
  }

  add(entry: JournalEntry): void {
    const bytes = sizeOf(entry)
    if (this.#limit > 0) this.#keep({ entry, bytes })
    for (const listener of this.#listeners) listener(entry, bytes)
  }

  /** How many entries it holds. */
  get size(): number {
    return this.#rows.length
  }

  removeOldest(): void {
    const oldest = this.#rows.shift()
    if (oldest !== undefined) this.#count(-oldest.bytes)
  }

  /** Lists the entries from the oldest to the newest. */
  entries(): JournalEntry[] {
    return this.#rows.map(({ entry }) => entry)
  }

  /** Returns the oldest entry that was added after the one with the id; '0' is before the first. */
  entryAfter(id: string): JournalEntry | undefined {
    return this.#rows[this.#positionAfter(id)]?.entry
  }

  find(id: string): JournalEntry | undefined {
    const found = this.#rows[this.#positionAfter(id) - 1]?.entry
    return found?.id === id ? found : undefined
  }

  /** Removes those entries that it still has. Returns them. */
  removeAll(entries: readonly JournalEntry[]): JournalEntry[] {
    return entries.filter(({ id }) => this.remove(id))
  }

  /** Removes one entry. Returns whether there was one. */
  remove(id: string): boolean {
    const isThere = this.find(id) !== undefined
    if (isThere) this.#removeAt(this.#positionAfter(id) - 1)
    return isThere
  }

  clear(): void {
    this.#count(-this.#rows.reduce((sum, { bytes }) => sum + bytes, 0))
    this.#rows.length = 0
  }

  /** Forgets all entries, and keeps none from now on: a request can end after its sandbox. */
  close(): void {
    this.clear()
    this.#limit = 0
  }

  /** Calls `listener` with every entry from now on. Returns a function that stops it. */
  listen(listener: EntryListener): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  #keep(row: JournalRow): void {
    this.#rows.push(row)
    this.#count(row.bytes)
    if (this.#rows.length > this.#limit) this.removeOldest()
  }

  #removeAt(position: number): void {
    for (const { bytes } of this.#rows.splice(position, 1)) this.#count(-bytes)
  }

  /** Returns the position behind the last entry whose id is not greater: ids ascend. */
  #positionAfter(id: string): number {
    let [low, high] = [0, this.#rows.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (Number(this.#rows[middle]?.entry.id) <= Number(id)) low = middle + 1
      else high = middle
    }
    return low
  }
}
