/** Mistakes with an emulator that is closed, or not there yet. */
import t from 'tap'
import { createEmulator, gates } from '../../src/library.js'

const SEARCH = '/v2/phone_numbers?prefix=415'

t.test('A call that I make after the end says that I have closed the emulator', async (t) => {
  const emulator = await createEmulator()
  const sandbox = emulator.sandbox('mine')
  const closing = emulator.close()
  const calls: readonly (() => Promise<unknown>)[] = [
    () => emulator.inject({ url: SEARCH }),
    () => emulator.fetch(SEARCH),
    () => emulator.faults.add({ operation: 'buy' }),
    () => sandbox.requests.count(),
    () => emulator.events()
  ]
  for (const call of calls) await t.rejects(call(), { name: 'UsageError', message: /^the emulator is closed: await / })
  await closing
  for (const call of calls) await t.rejects(call(), { name: 'UsageError', message: /^the emulator is closed: await / })
  await t.resolves(emulator.close(), 'closing once more changes nothing')
})

const NO_EMULATORS: readonly [value: unknown, shown: string][] = [
  [undefined, 'undefined'],
  [createEmulator, 'a function'],
  [Promise.resolve(), 'a Promise']
]

for (const [value, shown] of NO_EMULATORS) {
  t.test(`The gates of ${shown} are refused`, async (t) => {
    const message = `gates: ${shown} is no emulator; give what await createEmulator() returns`
    await t.rejects(gates(value as Parameters<typeof gates>[0]), { name: 'UsageError', message })
  })
}
