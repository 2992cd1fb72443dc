import { BoundedRows, ByteBudget } from '../journal/byte-budget.js'
import type { JournalEntry } from '../journal/journal-entry.js'
import { toRecordedRequest } from '../journal/recorded-request.js'
import type { EventName, Happening, SandboxEvent } from './event.js'

/** The most events of a sandbox that are kept. */
const MAX_EVENTS = 1_000

/** The most bytes that the kept events of all sandboxes of a process take. */
const MAX_HISTORY_BYTES = 16_000_000

/** Bytes of an event that holds names only, by estimate. */
const SMALL_BYTES = 300

/** Makes the bound that the events of all sandboxes of a process share. */
export function createEventBudget(): ByteBudget {
  return new ByteBudget(MAX_HISTORY_BYTES)
}

interface EventListener {
  tell: (event: SandboxEvent) => void
  end: () => void
}

/** Anything but a request. */
type OtherEvent = Happening<Exclude<EventName, 'request'>>

/** A request is its entry in the journal. It is shown only to those who read of it, as its text is larger. */
type KeptEvent = JournalEntry | (OtherEvent & { loggedAt: number; bytes: number })

/** What happens in a sandbox: its listeners, and the last events for those that come back. */
export class Events {
  readonly #listeners = new Set<EventListener>()
  /** Their ids follow one another. */
  readonly #kept: BoundedRows<KeptEvent>
  readonly #milliseconds: () => number
  #lastId = 0

  constructor(budget: ByteBudget, milliseconds: () => number) {
    this.#kept = new BoundedRows(budget, MAX_EVENTS)
    this.#milliseconds = milliseconds
  }

  get listeners(): number {
    return this.#listeners.size
  }

  /** The id of the newest event; 0 before the first. */
  get lastId(): number {
    return this.#lastId
  }

  /** Returns the event after the one with the id: `lost` where it is not kept any more, undefined where there is none yet. */
  after(id: number): SandboxEvent | undefined {
    const { all } = this.#kept
    const firstId = this.#lastId - all.length + 1
    if (id < firstId - 1) return { id: String(firstId - 1), type: 'lost', data: { events: firstId - 1 - id } }
    const event = all[id + 1 - firstId]
    return event && toEvent(id + 1, event)
  }

  /** Tells `tell` of every event from now on; `end` is called when there will be no more. Returns how to stop that. */
  listen(tell: EventListener['tell'], end: EventListener['end']): () => void {
    const listener = { tell, end }
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Keeps what has happened, and tells every listener of it. */
  emit(happening: OtherEvent): void {
    this.#add({ ...happening, loggedAt: this.#milliseconds(), bytes: SMALL_BYTES })
  }

  /** Keeps a request, and the fault that it met, and tells every listener of them. */
  emitRequest(entry: JournalEntry): void {
    const { id, fault } = entry
    if (fault !== undefined) this.emit({ type: 'fault', data: { name: fault, request: id } })
    this.#add(entry)
  }

  #add(kept: KeptEvent): void {
    this.#lastId++
    this.#kept.add(kept)
    if (this.#listeners.size === 0) return
    const event = toEvent(this.#lastId, kept)
    for (const { tell } of this.#listeners) tell(event)
  }

  /** Ends all listeners, and forgets all events. */
  close(): void {
    for (const { end } of this.#listeners) end()
    this.#listeners.clear()
    this.#kept.close()
  }
}

function toEvent(id: number, kept: KeptEvent): SandboxEvent {
  if (!('type' in kept)) return { id: String(id), type: 'request', data: toRecordedRequest(kept) }
  const { loggedAt: _at, bytes: _bytes, ...happening } = kept
  return { id: String(id), ...happening }
}
