import { isObject } from '../json.js'
import { featuresOf } from './features.js'
import { isState, nextState, type Action, type State } from './number-state.js'
import { DELAY_KINDS, type Delays, type DelayKind, type Delay } from './delay-kinds.js'
import type { PhoneNumber } from './phone-number.js'

/** How long a change takes: no time, so many reads of the number, so many seconds of the clock, or until it is released. */
export type DelaySetting = 'immediate' | 'held' | { after_reads: number } | { after_seconds: number }

/** How long each kind of change takes in a sandbox. */
export type DelaySettings = Readonly<Record<DelayKind, DelaySetting>>

/** How long changes take at first: a port until it is released, as with the real service; ageing as long as the settings say. */
export function defaultDelays(agingSeconds: number): DelaySettings {
  return {
    e911: 'immediate',
    port_in: 'held',
    aging: agingSeconds === 0 ? 'immediate' : { after_seconds: agingSeconds }
  }
}

/** The state in which a number is delayed, by kind, and the action that ends the delay. */
const DELAYED_STATES: Readonly<Partial<Record<DelayKind, { state: State; action: Action }>>> = {
  port_in: { state: 'port_in', action: 'activate' },
  aging: { state: 'aging', action: 'age' }
}

/** Begins a delay at `now` (Gregorian seconds); undefined where the change takes no time. */
function delayFor(timing: DelaySetting, now: number): Delay | undefined {
  if (timing === 'immediate') return undefined
  if (timing === 'held') return {}
  return 'after_reads' in timing ? { reads: timing.after_reads } : { due: now + timing.after_seconds }
}

/** Returns when the first delay ends, in Gregorian seconds; null where none ends by itself. */
export function firstDue(pending: Delays): number | null {
  const times = Object.values(pending).flatMap(({ due }) => due ?? [])
  return times.length === 0 ? null : Math.min(...times)
}

/** Lists the kinds whose delays are over, by `isOver`, in a fixed order. */
export function finishedKinds({ pending }: PhoneNumber, isOver: (delay: Delay) => boolean): DelayKind[] {
  return DELAY_KINDS.filter((kind) => {
    const delay = pending[kind]
    return delay !== undefined && isOver(delay)
  })
}

/** Lists the kinds that a release ends, those of numbers that were put into such a state included. */
export function delayedKinds({ state, pending }: PhoneNumber): DelayKind[] {
  return DELAY_KINDS.filter((kind) => pending[kind] !== undefined || DELAYED_STATES[kind]?.state === state)
}

/** Ends a delay of a number at `at` (Gregorian seconds). */
export function finishDelay(number: PhoneNumber, kind: DelayKind, at: number): PhoneNumber {
  const { [kind]: _, ...pending } = number.pending
  const { e911 } = number.document
  const delayed = DELAYED_STATES[kind]
  const next = delayed === undefined ? number.state : nextState(number.state, delayed.action)
  const state = isState(next) ? next : number.state
  const document =
    kind === 'e911' && isObject(e911)
      ? { ...number.document, e911: { ...e911, status: 'PROVISIONED' } }
      : number.document
  // A release has taken off the feature `local` too, and the end of the rest does not bring it back.
  const features = kind === 'aging' ? number.features : featuresOf(state, number.carrier, document)
  return { ...number, state, document, features, pending, modifiedAt: at }
}

/** Counts one more read of a number. */
export function countReadOf(number: PhoneNumber): PhoneNumber {
  const delays = Object.entries(number.pending).map(([kind, delay]) => [
    kind,
    delay.reads === undefined ? delay : { reads: delay.reads - 1 }
  ])
  return { ...number, pending: Object.fromEntries(delays) as Delays }
}

/** What a change does to E911: nothing, or it brings an address whose status is settled or comes later. */
export type E911Change = 'none' | 'settled' | 'delayed'

/** Returns the delays of a number after a change: earlier ones, unless they are settled, and those that the change begins. */
export function delaysAfter(
  before: PhoneNumber | undefined,
  after: PhoneNumber,
  delaySettings: DelaySettings,
  now: number,
  e911: E911Change
): Delays {
  const kept = before?.pending ?? {}
  const pending: Partial<Record<DelayKind, Delay>> = {}
  for (const kind of DELAY_KINDS) {
    const delayed = DELAYED_STATES[kind]
    if (delayed === undefined ? e911 === 'settled' : after.state !== delayed.state) continue
    const isKept = delayed === undefined ? e911 === 'none' : before?.state === delayed.state
    const delay = isKept ? keptDelay(kind, kept, after) : delayFor(delaySettings[kind], now)
    if (delay !== undefined) pending[kind] = delay
  }
  return pending
}

function keptDelay(kind: DelayKind, kept: Delays, { features }: PhoneNumber): Delay | undefined {
  return kind === 'e911' && !features.includes(kind) ? undefined : kept[kind]
}
