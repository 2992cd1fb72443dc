import type { JournalEntry } from './journal-entry.js'
import type { Journal } from './journal.js'
import type { EntryTest } from './request-pattern.js'

/** Looks for requests in a journal that grows: each entry is compared with the pattern once, however long a wait takes. */
export class JournalSearch {
  readonly #journal: Journal
  readonly #match: EntryTest
  #found: JournalEntry[] = []
  /** The id of the last entry that was compared. */
  #last = '0'

  constructor(journal: Journal, match: EntryTest) {
    this.#journal = journal
    this.#match = match
  }

  /** Compares the entries that have come since, one condition a step. A step throws a FindingsError. */
  *goOn(): Generator<undefined, void> {
    for (let entry = this.#next(); entry !== undefined; entry = this.#next()) {
      this.#last = entry.id
      if (yield* this.#match(entry)) this.#found.push(entry)
      yield
    }
  }

  /** Lists the matching entries that the journal still has. */
  found(): readonly JournalEntry[] {
    this.#found = this.#found.filter(({ id }) => this.#journal.find(id) !== undefined)
    return this.#found
  }

  #next(): JournalEntry | undefined {
    return this.#journal.entryAfter(this.#last)
  }
}
