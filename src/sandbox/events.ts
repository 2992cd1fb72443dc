import { BoundedRows, ByteBudget } from '../journal/byte-budget.js'
import { toRecordedRequest } from '../journal/recorded-request.js'
import type { EventName, EventSource, SandboxEvent } from './event.js'

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

type KeptEvent = {
  [Name in EventName]: {
    type: Name
    source: EventSource[Name]
    /** Unix milliseconds. */
    loggedAt: number
    bytes: number
  }
}[EventName]

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

  /** Keeps an event, and tells every listener of it. */
  emit<Name extends EventName>(type: Name, source: EventSource[Name], bytes = SMALL_BYTES): void {
    // A type and its source belong together, which TypeScript cannot follow over the union.
    const kept = { type, source, loggedAt: this.#milliseconds(), bytes } as KeptEvent
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

function toEvent(id: number, { type, source }: KeptEvent): SandboxEvent {
  const data = type === 'request' ? toRecordedRequest(source) : source
  // A type and its data belong together, too.
  return { id: String(id), type, data } as SandboxEvent
}
