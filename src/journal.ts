import { KeptTexts, TextPages, type Sent } from './kept-texts.js'
import type { State } from './numbering/number-state.js'

/** What happened to a number: `null` is no record. */
export interface StateChange {
  e164: string
  from: State | null
  to: State | null
}

/** What is entered of a request and its answer beside their texts. */
export interface Entered {
  sandbox: string
  /** Unix milliseconds, by the clock of the process. */
  loggedAt: number
  method: string
  clientIp: string
  status: number
  /** Name of the operation; undefined where the request met no route. */
  operation: string | undefined
  /** Name of the outcome; undefined where there is none for it. */
  outcome: string | undefined
  /** Name of the fault that made the answer. */
  fault: string | undefined
  changes: readonly StateChange[]
  warnings: readonly string[]
}

/** A request and its answer. Whoever holds one holds it until the journal is full and another takes its place. */
export interface JournalEntry extends Readonly<Entered> {
  /** Given when it is entered: '1' for the first. */
  readonly id: string
  /** Path and query. */
  readonly url: string
  /** Headers and body, and the body of the answer. */
  readonly texts: Pick<KeptTexts, 'read'>
}

/**
 * The entries of a journal are made once and used again: new ones would live just long enough to be moved about by the
 * collection of garbage, thousands of times a second, which would cost more than everything else about them.
 */
class Entry implements JournalEntry {
  sandbox = ''
  loggedAt = 0
  method = ''
  clientIp = ''
  status = 0
  operation: string | undefined
  outcome: string | undefined
  fault: string | undefined
  warnings: readonly string[] = []
  readonly texts = new KeptTexts()
  #number = 0
  /** The only change, part by part, as most requests that change anything have it. */
  #e164: string | undefined
  #from: State | null = null
  #to: State | null = null
  /** All of them, where there are more. */
  #changes: readonly StateChange[] = NO_CHANGES

  get id(): string {
    return String(this.#number)
  }

  get url(): string {
    return this.texts.url
  }

  get changes(): readonly StateChange[] {
    return this.#e164 === undefined ? this.#changes : [{ e164: this.#e164, from: this.#from, to: this.#to }]
  }

  /** Says from now on what was entered as the `number`th. */
  become(number: number, entered: Entered): void {
    this.#number = number
    this.sandbox = entered.sandbox
    this.loggedAt = entered.loggedAt
    this.method = entered.method
    this.clientIp = entered.clientIp
    this.status = entered.status
    this.operation = entered.operation
    this.outcome = entered.outcome
    this.fault = entered.fault
    this.warnings = entered.warnings
    const { changes } = entered
    const only = changes.length === 1 ? changes[0] : undefined
    this.#changes = only === undefined ? changes : NO_CHANGES
    this.#e164 = only?.e164
    this.#from = only?.from ?? null
    this.#to = only?.to ?? null
  }
}

const NO_CHANGES: readonly StateChange[] = []

type Listener = (entry: JournalEntry) => void

/** The last requests of a sandbox, the oldest giving way to the newest. */
export class Journal {
  readonly #limit: number
  readonly #ring: Entry[] = []
  /** Entries that say nothing any more. */
  readonly #spare: Entry[] = []
  readonly #listeners = new Set<Listener>()
  #pages = new TextPages()
  #next = 0
  #entered = 0

  /** Keeps at most `limit` entries; 0 keeps none. */
  constructor(limit: number) {
    this.#limit = limit
  }

  add(entered: Entered, sent: Sent): void {
    this.#entered++
    const entry = this.#limit > 0 ? this.#turn() : new Entry()
    entry.become(this.#entered, entered)
    entry.texts.hold(sent, this.#limit > 0 ? this.#pages : undefined)
    for (const listener of this.#listeners) listener(entry)
  }

  /** From the oldest to the newest. */
  entries(): JournalEntry[] {
    return this.#inOrder()
  }

  find(id: string): JournalEntry | undefined {
    return this.#find(id)
  }

  /** Forgets one entry. Returns whether there was one. */
  remove(id: string): boolean {
    const removed = this.#find(id)
    if (removed === undefined) return false
    const kept = this.#inOrder().filter((entry) => entry !== removed)
    removed.texts.giveUp(this.#pages)
    this.#ring.splice(0, this.#ring.length, ...kept)
    this.#next = kept.length % this.#limit
    return true
  }

  clear(): void {
    for (const entry of this.#ring) {
      entry.texts.forget()
      this.#spare.push(entry)
    }
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

  /** The entry that is used next: the oldest, where there are as many as there may be. */
  #turn(): Entry {
    const oldest = this.#ring[this.#next]
    oldest?.texts.giveUp(this.#pages)
    const entry = oldest ?? this.#spare.pop() ?? new Entry()
    this.#ring[this.#next] = entry
    this.#next = (this.#next + 1) % this.#limit
    return entry
  }

  #find(id: string): Entry | undefined {
    return this.#ring.find((entry) => entry.id === id)
  }

  #inOrder(): Entry[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)]
  }
}
