import { after, afterEach, before, beforeEach } from 'node:test'
import { useEmulatorWith, type UsedEmulator, type UseEmulatorOptions } from './use-emulator.js'

export type { UsedEmulator, UseEmulatorOptions }

/** The context of a test, as far as a hook sees it; Node names the error since 20.12. */
interface Context {
  error?: unknown
}

/**
 * Starts an emulator for the tests of this file, or joins that of `ONEUC_EMULATOR_URL`, and gives each test a sandbox of its own.
 *
 * @example
 * const emulator = useEmulator({ gates: { failOnWarning: true } })
 * test('finds a number', async () => { await fetch(`${emulator.url}/v2/phone_numbers?prefix=415`) })
 */
export function useEmulator(options: UseEmulatorOptions = {}): UsedEmulator {
  return useEmulatorWith(
    {
      beforeAll: before,
      beforeEach,
      afterEach: (work) => {
        afterEach(async (context) => {
          const { error } = context as Context
          await work(error !== undefined && error !== null)
        })
      },
      afterAll: after
    },
    options
  )
}
