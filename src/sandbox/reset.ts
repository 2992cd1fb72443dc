import type { LiveSandbox } from './live-sandbox.js'
import type { Resettable } from './resettable.js'

/** Puts some parts of a sandbox back. */
export function resetParts(sandbox: LiveSandbox, parts: readonly Resettable[], to: 'fixtures' | 'empty'): void {
  const resets: Readonly<Record<Resettable, () => void>> = {
    numbers: () => {
      sandbox.resetNumbers(to)
    },
    faults: () => {
      sandbox.resetFaults(to)
    },
    requests: () => {
      sandbox.journal.clear()
    },
    clock: () => {
      sandbox.resetClock()
    }
  }
  for (const part of parts) resets[part]()
  sandbox.events.tell(() => ({ type: 'reset', data: { parts, to } }))
}
