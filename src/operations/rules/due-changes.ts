import {
  finishDelay,
  delayedKinds,
  finishedKinds,
  DELAY_KINDS,
  countReadOf,
  type DelayKind
} from '../../numbering/delays.js'
import type { PhoneNumber } from '../../numbering/phone-number.js'
import type { Sandbox } from '../../sandbox/sandbox.js'

/** Changes that are applied in one go: some ten milliseconds. */
const SLICE_CHANGES = 200

/**
 * Applies the changes that are due by the clock: numbers that have waited long enough move on. Where they are many, it returns a promise
 * of the rest, which lets other requests have their turn; what throws at once has changed nothing.
 */
export function applyDueChanges(sandbox: Sandbox): void | Promise<void> {
  return applySlice(sandbox) < SLICE_CHANGES ? undefined : applyRest(sandbox)
}

async function applyRest(sandbox: Sandbox): Promise<void> {
  do await sandbox.takeTurn()
  while (applySlice(sandbox) === SLICE_CHANGES)
}

/** Applies the earliest changes. Returns how many numbers have moved on. */
function applySlice(sandbox: Sandbox): number {
  const now = sandbox.clock.now()
  const due = sandbox.store.numbers.listDue(now, SLICE_CHANGES)
  if (due.length === 0) return 0
  sandbox.transaction(() => {
    for (const number of due)
      complete(
        sandbox,
        number,
        finishedKinds(number, ({ due: at }) => at !== undefined && at <= now)
      )
  })
  // No request has changed them.
  sandbox.drainChanges()
  return due.length
}

/** Counts a read of a number. Returns the number as that read sees it. */
export function countRead(sandbox: Sandbox, number: PhoneNumber): PhoneNumber {
  if (finishedKinds(number, ({ reads }) => reads !== undefined).length === 0) return number
  const read = countReadOf(number)
  const over = finishedKinds(read, ({ reads }) => reads !== undefined && reads <= 0)
  if (over.length > 0) return complete(sandbox, read, over)
  sandbox.store.numbers.save(read, number)
  return read
}

/**
 * Ends the waits of one number, or of all where none is named; of some kinds where they are named. Returns the numbers
 * that got on.
 */
export function endDelays(sandbox: Sandbox, e164?: string, kinds: readonly DelayKind[] = DELAY_KINDS): string[] {
  const { numbers } = sandbox.store
  const found = e164 === undefined ? numbers.listPending() : [numbers.find(e164) ?? []].flat()
  const held = found.filter((number) => kindsToEnd(number, kinds).length > 0)
  sandbox.transaction(() => {
    for (const number of held) complete(sandbox, number, kindsToEnd(number, kinds))
  })
  sandbox.drainChanges()
  return held.map((number) => number.e164)
}

function kindsToEnd(number: PhoneNumber, kinds: readonly DelayKind[]): DelayKind[] {
  return delayedKinds(number).filter((kind) => kinds.includes(kind))
}

/** A wait that the clock ends is over when it was due, not when the next request comes. */
function complete({ store, clock }: Sandbox, number: PhoneNumber, kinds: readonly DelayKind[]): PhoneNumber {
  const now = clock.now()
  const after = kinds.reduce(
    (one, kind) => finishDelay(one, kind, Math.min(number.pending[kind]?.due ?? now, now)),
    number
  )
  store.numbers.save(after, number)
  return after
}
