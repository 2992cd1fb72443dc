import { isObject } from '../json.js'
import { featuresOf } from './features.js'
import { isState, nextState, type Action, type State } from './number-state.js'
import { PENDING_KINDS, type Pending, type PendingKind, type Wait } from './pending-kinds.js'
import type { PhoneNumber } from './phone-number.js'

export { PENDING_KINDS, type Pending, type PendingKind, type Wait }

/** How long something takes: no time, so many reads of the number, so many seconds of the clock, or until it is released. */
export type Timing = 'immediate' | 'held' | { after_reads: number } | { after_seconds: number }

/** How long each of them takes in a sandbox. */
export type Timings = Readonly<Record<PendingKind, Timing>>

/** The state in which a number waits for what, and how it gets on from there. */
const WAITING: Readonly<Partial<Record<PendingKind, { state: State; action: Action }>>> = {
  port_in: { state: 'port_in', action: 'activate' },
  aging: { state: 'aging', action: 'age' }
}

/** The wait that begins at `now`; undefined where there is none. */
export function waitFor(timing: Timing, now: number): Wait | undefined {
  if (timing === 'immediate') return undefined
  if (timing === 'held') return {}
  return 'after_reads' in timing ? { reads: timing.after_reads } : { due: now + timing.after_seconds }
}

/** When the first of the waits is over, in Gregorian seconds; null where none ends by itself. */
export function firstDue(pending: Pending): number | null {
  const times = Object.values(pending).flatMap(({ due }) => due ?? [])
  return times.length === 0 ? null : Math.min(...times)
}

/** The kinds of `number` whose waits are over, by `isOver`, in a fixed order. */
export function kindsOver({ pending }: PhoneNumber, isOver: (wait: Wait) => boolean): PendingKind[] {
  return PENDING_KINDS.filter((kind) => {
    const wait = pending[kind]
    return wait !== undefined && isOver(wait)
  })
}

/** The kinds that a release ends: also those of numbers that were put into such a state. */
export function kindsHeld({ state, pending }: PhoneNumber): PendingKind[] {
  return PENDING_KINDS.filter((kind) => pending[kind] !== undefined || WAITING[kind]?.state === state)
}

/** The number once a kind of wait is over, at `at` (Gregorian seconds). */
export function completed(number: PhoneNumber, kind: PendingKind, at: number): PhoneNumber {
  const { [kind]: _, ...pending } = number.pending
  const { e911 } = number.document
  const waiting = WAITING[kind]
  const next = waiting === undefined ? number.state : nextState(number.state, waiting.action)
  const state = isState(next) ? next : number.state
  const document =
    kind === 'e911' && isObject(e911)
      ? { ...number.document, e911: { ...e911, status: 'PROVISIONED' } }
      : number.document
  const features = featuresOf(state, number.carrier, document)
  return { ...number, state, document, features, pending, modifiedAt: at }
}

/** The number after one more read of it. */
export function readOnce(number: PhoneNumber): PhoneNumber {
  const waits = Object.entries(number.pending).map(([kind, wait]) => [
    kind,
    wait.reads === undefined ? wait : { reads: wait.reads - 1 }
  ])
  return { ...number, pending: Object.fromEntries(waits) as Pending }
}

/** What a number waits for after a change: what it waited for, unless that is settled, and what has begun with the change. */
export function pendingAfter(
  before: PhoneNumber | undefined,
  after: PhoneNumber,
  timings: Timings,
  now: number,
  isE911New: boolean
): Pending {
  const kept = before?.pending ?? {}
  const pending: Partial<Record<PendingKind, Wait>> = {}
  for (const kind of PENDING_KINDS) {
    const waiting = WAITING[kind]
    if (waiting !== undefined && after.state !== waiting.state) continue
    const isKept = waiting === undefined ? !isE911New : before?.state === waiting.state
    const wait = isKept ? keptWait(kind, kept, after) : waitFor(timings[kind], now)
    if (wait !== undefined) pending[kind] = wait
  }
  return pending
}

function keptWait(kind: PendingKind, kept: Pending, { document }: PhoneNumber): Wait | undefined {
  return kind === 'e911' && document.e911 === undefined ? undefined : kept[kind]
}
