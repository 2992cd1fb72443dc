import { ByteBudget } from '../journal/byte-budget.js'
import type { EventData, EventName, SandboxEvent } from './event.js'

/** The most events of a sandbox that are kept. */
const MAX_EVENTS = 1_000

/** The most bytes that the kept events of all sandboxes of a process take. */
const MAX_HISTORY_BYTES = 16_000_000

/** An event that is made again for each reader: its text is larger than what it is made of. */
export interface KeptEvent<Name extends EventName = EventName> {
  type: Name
  make: () => EventData[Name]
  /** Bytes that it takes, by estimate. */
  bytes: number
}

interface SizedEvent {
  event: KeptEvent
  /** Unix milliseconds. */
  at: number
}

/** The kept events of all sandboxes of a process. */
export type EventBudget = ByteBudget<EventHistory>

export function createEventBudget(): EventBudget {
  return new ByteBudget<EventHistory>(MAX_HISTORY_BYTES)
}

/** The last events of a sandbox, numbered from 1; the oldest gives way to the newest. */
export class EventHistory {
  readonly #budget: EventBudget
  /** From the oldest to the newest; their ids follow one another. */
  readonly #rows: SizedEvent[] = []
  #lastId = 0

  constructor(budget: EventBudget) {
    this.#budget = budget
    budget.join(this)
  }

  /** The id of the newest event; 0 before the first. */
  get lastId(): number {
    return this.#lastId
  }

  /** Unix milliseconds of the oldest event that it has; Infinity where there is none. */
  get oldestAt(): number {
    return this.#rows[0]?.at ?? Infinity
  }

  /** Adds an event. Returns its id. */
  add(event: KeptEvent, at: number): number {
    this.#lastId++
    this.#rows.push({ event, at })
    this.#budget.count(event.bytes)
    if (this.#rows.length > MAX_EVENTS) this.removeOldest()
    return this.#lastId
  }

  removeOldest(): void {
    const oldest = this.#rows.shift()
    if (oldest !== undefined) this.#budget.count(-oldest.event.bytes)
  }

  /** Returns the event after the one with the id: `lost` where it is not kept any more, undefined where there is none yet. */
  after(id: number): SandboxEvent | undefined {
    const firstId = this.#lastId - this.#rows.length + 1
    if (id < firstId - 1) return { id: String(firstId - 1), type: 'lost', data: { events: firstId - 1 - id } }
    const row = this.#rows[id + 1 - firstId]
    return row === undefined ? undefined : makeEvent(row.event, id + 1)
  }

  /** Forgets all events. */
  close(): void {
    while (this.#rows.length > 0) this.removeOldest()
    this.#budget.leave(this)
  }
}

/** Makes an event as listeners get it. */
export function makeEvent({ type, make }: KeptEvent, id: number): SandboxEvent {
  // A type and its data belong together, which TypeScript cannot follow over the union.
  return { id: String(id), type, data: make() } as SandboxEvent
}
