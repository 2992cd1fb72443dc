import type { StateChange } from '../journal/journal-entry.js'
import type { RecordedRequest } from '../journal/recorded-request.js'

/** The parts of a sandbox that can be reset by themselves. */
export const RESETTABLE = ['numbers', 'faults', 'requests', 'clock'] as const
export type Resettable = (typeof RESETTABLE)[number]

/** What a reset goes back to. */
export const RESET_TARGETS = ['fixtures', 'empty'] as const
export type ResetTarget = (typeof RESET_TARGETS)[number]

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
    /** `state` is a state document or a snapshot. */
    to: ResetTarget | 'state'
    /** The only account whose part has been put back. */
    account?: string
  }
}
export type EventName = keyof EventData

/** Events that are not kept any more, or were too many for a slow reader. */
interface LostEvents {
  /** The id of the last of them. */
  id: string
  type: 'lost'
  data: { events: number }
}

/** What has happened, by its name. */
export type Happening<Name extends EventName = EventName> = { [One in Name]: { type: One; data: EventData[One] } }[Name]

/** An event with its name, as listeners get it. Ids count up from 1 for as long as the sandbox is there. */
export type SandboxEvent = ({ id: string } & Happening) | LostEvents
