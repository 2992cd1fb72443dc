import { useEmulatorWith, type UsedEmulator, type UseEmulatorOptions } from './use-emulator.js'

export type { UsedEmulator, UseEmulatorOptions }

type Hook = (work: () => Promise<void>) => void

/** The hooks that Jest puts into the scope of a test file. */
interface Jest {
  beforeAll: Hook
  beforeEach: Hook
  afterEach: Hook
  afterAll: Hook
}

/** The state of jest-circus, which no hook is given: the test that runs, with its errors. */
interface CircusState {
  currentlyRunningTest?: { errors: readonly unknown[] } | null
}

const CIRCUS_STATE = 'JEST_STATE_SYMBOL'

/** Tells whether the test that runs has failed; without jest-circus, no test has. */
function hasFailed(): boolean {
  const symbol = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === CIRCUS_STATE)
  if (symbol === undefined) return false
  const { currentlyRunningTest } = Reflect.get(globalThis, symbol) as CircusState
  return (currentlyRunningTest?.errors.length ?? 0) > 0
}

/**
 * Starts an emulator for the tests of this file, or joins that of `ONEUC_EMULATOR_URL`, and gives each test a sandbox of its own.
 *
 * @example
 * const emulator = useEmulator({ gates: { failOnWarning: true } })
 * test('finds a number', async () => { await fetch(`${emulator.url}/v2/phone_numbers?prefix=415`) })
 */
export function useEmulator(options: UseEmulatorOptions = {}): UsedEmulator {
  const { beforeAll, beforeEach, afterEach, afterAll } = globalThis as unknown as Jest
  return useEmulatorWith(
    {
      beforeAll,
      beforeEach,
      afterEach: (work) => {
        afterEach(() => work(hasFailed()))
      },
      afterAll
    },
    options
  )
}
