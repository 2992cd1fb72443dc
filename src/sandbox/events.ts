import type { StateChange } from '../journal/journal.js'
import type { RecordedRequest } from '../journal/recorded-request.js'

/** The parts of a sandbox that can be reset by themselves. */
export const RESETTABLE = ['numbers', 'faults', 'requests', 'clock'] as const
export type Resettable = (typeof RESETTABLE)[number]

/** What a reset goes back to. */
export type ResetTarget = 'fixtures' | 'empty'

/** What happens in a sandbox, by the name under which listeners hear of it. */
export interface EventData {
  request: RecordedRequest
  /** A number that is in another state than before. */
  change: StateChange
  /** A fault that a request met. */
  fault: { name: string; request: string }
  /** What has been put back. */
  reset: {
    parts: readonly (Resettable | 'everything')[]
    to: ResetTarget
    /** The only account whose part has been put back. */
    account?: string
  }
}
export type EventName = keyof EventData

/** An event with its name, as listeners get it. */
export type SandboxEvent = { [Name in EventName]: { type: Name; data: EventData[Name] } }[EventName]

interface EventListener {
  tell: (event: SandboxEvent) => void
  end: () => void
}

/** The listeners of a sandbox. Without one, an event is not even made. */
export class Events {
  readonly #listeners = new Set<EventListener>()

  get listeners(): number {
    return this.#listeners.size
  }

  /** Tells `tell` of every event from now on; `end` is called when there will be no more. Returns how to stop that. */
  listen(tell: EventListener['tell'], end: EventListener['end']): () => void {
    const listener = { tell, end }
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Tells every listener of the event that `makeEvent` returns. */
  emit(makeEvent: () => SandboxEvent): void {
    if (this.#listeners.size === 0) return
    const event = makeEvent()
    for (const { tell } of this.#listeners) tell(event)
  }

  /** Ends all listeners. */
  close(): void {
    for (const { end } of this.#listeners) end()
    this.#listeners.clear()
  }
}
