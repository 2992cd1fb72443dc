import * as timers from 'node:timers'

/**
 * Node's own timers, as they are when the emulator is loaded. A test that replaces them with fake ones in the same process, such as
 * `vi.useFakeTimers()`, does not stop the emulator.
 */
export const { clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = timers

/** Lets everything else that is ready have its turn. */
export function awaitTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
