import { useEmulatorWith, type UsedEmulator, type UseEmulatorOptions } from './use-emulator.js'

export type { UsedEmulator, UseEmulatorOptions }

type TestWork = () => Promise<void>

/** What this file takes of Vitest. */
interface Vitest {
  beforeAll: (work: TestWork) => void
  beforeEach: (work: TestWork) => void
  afterEach: (work: (context: { task: { result?: { state: string } } }) => Promise<void>) => void
  afterAll: (work: TestWork) => void
}

/** Vitest comes from the project of the user, and is no dependency of this package; its types are not here. */
const runner = await load('vitest')

async function load(name: string): Promise<Vitest> {
  return (await import(name)) as Vitest
}

/**
 * Starts an emulator for the tests of this file, or joins that of `ONEUC_EMULATOR_URL`, and gives each test a sandbox of its own.
 *
 * @example
 * const emulator = useEmulator({ gates: { failOnWarning: true } })
 * test('finds a number', async () => { await fetch(`${emulator.url}/v2/phone_numbers?prefix=415`) })
 */
export function useEmulator(options: UseEmulatorOptions = {}): UsedEmulator {
  const { beforeAll, beforeEach, afterEach, afterAll } = runner
  return useEmulatorWith(
    {
      beforeAll,
      beforeEach,
      afterEach: (work) => {
        afterEach(({ task }) => work(task.result?.state === 'fail'))
      },
      afterAll
    },
    options
  )
}
