/** A test that fakes timers and the date, as the test runners let it, in the process of the emulator. */
import { mock } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { createEmulator } from '../../src/library.js'
import { VERBS } from './verbs.cases.js'
import { headers, SEARCH, worldOf } from './world.js'

/** After which an emulator that answers no more is given up. */
const PATIENCE_MS = 60_000

t.test('My fake timers do not stop the emulator', async (t) => {
  await using emulator = await createEmulator()
  const giveUp = new AbortController()
  const late = setTimeout(PATIENCE_MS, 'no answer', { signal: giveUp.signal })
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate', 'Date'], now: Date.parse('2040-01-01') })
  t.teardown(() => {
    mock.timers.reset()
    giveUp.abort()
  })
  late.catch(() => undefined)
  for (const [i, [sentence, act, expected]] of VERBS.entries()) {
    const world = worldOf(emulator, emulator.sandbox(`verb-${i}`))
    t.match(await Promise.race([act(world), late]), expected, sentence)
  }
  await emulator.faults.add({ operation: 'search', delay_ms: 20 })
  const delayed = fetch(emulator.url + SEARCH, { headers }).then(({ status }) => status)
  t.equal(await Promise.race([delayed, late]), 200, 'a delay is one of real time')
})
