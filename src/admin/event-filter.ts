import type { EventName } from '../sandbox/event.js'

/** The kinds of events that a stream can be for, and the name that each event has in it. */
export const EVENT_TYPES = {
  requests: 'request',
  states: 'change',
  faults: 'fault',
  resets: 'reset'
} as const satisfies Readonly<Record<string, EventName>>
export type EventType = keyof typeof EVENT_TYPES

export const EVENT_TYPE_NAMES = Object.keys(EVENT_TYPES) as EventType[]
