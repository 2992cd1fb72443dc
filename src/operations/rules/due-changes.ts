import { DELAY_KINDS, type DelayKind } from '../../numbering/delay-kinds.js'
import { countReadOf, delayedKinds, finishDelay, finishedKinds } from '../../numbering/delays.js'
import type { PhoneNumber } from '../../numbering/phone-number.js'
import type { Sandbox } from '../../sandbox/sandbox.js'

/** Applies the changes that are due by the clock: numbers that have waited long enough move on. */
export function applyDueChanges(sandbox: Sandbox): void {
  const now = sandbox.clock.now()
  const due = sandbox.store.numbers.listDue(now)
  if (due.length === 0) return
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
