import type { EventData, EventName, SandboxEvent } from './event.js'
import { EventHistory, makeEvent, type EventBudget, type KeptEvent } from './event-history.js'

/** Bytes of an event that holds names only, by estimate. */
const SMALL_BYTES = 300

interface EventListener {
  tell: (event: SandboxEvent) => void
  end: () => void
}

/** What happens in a sandbox: its listeners, and the last events for those that come back. */
export class Events {
  readonly #listeners = new Set<EventListener>()
  readonly #history: EventHistory
  readonly #milliseconds: () => number

  constructor(budget: EventBudget, milliseconds: () => number) {
    this.#history = new EventHistory(budget)
    this.#milliseconds = milliseconds
  }

  get listeners(): number {
    return this.#listeners.size
  }

  /** The id of the newest event; 0 before the first. */
  get lastId(): number {
    return this.#history.lastId
  }

  /** Returns the event after the one with the id, as far as it is kept; undefined where there is none yet. */
  after(id: number): SandboxEvent | undefined {
    return this.#history.after(id)
  }

  /** Tells `tell` of every event from now on; `end` is called when there will be no more. Returns how to stop that. */
  listen(tell: EventListener['tell'], end: EventListener['end']): () => void {
    const listener = { tell, end }
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Keeps an event, and tells every listener of it. Without a listener its data are not even made. */
  emit<Name extends EventName>(type: Name, make: () => EventData[Name], bytes = SMALL_BYTES): void {
    const kept: KeptEvent<Name> = { type, make, bytes }
    const id = this.#history.add(kept, this.#milliseconds())
    if (this.#listeners.size === 0) return
    const event = makeEvent(kept, id)
    for (const { tell } of this.#listeners) tell(event)
  }

  /** Ends all listeners, and forgets all events. */
  close(): void {
    for (const { end } of this.#listeners) end()
    this.#listeners.clear()
    this.#history.close()
  }
}
