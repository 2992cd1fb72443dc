import t from 'tap'
import { collectGarbage } from '../harness/collect-garbage.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { inSandbox, NUMBERS } from './admin-under-test.js'

const ROUNDS = 5
const SANDBOXES = 2_000

/** Sandboxes that live at once; each that comes pushes the oldest out. */
const LIVING = 20

/**
 * By how much memory may differ between the first round and the last without a leak, in bytes: 500 for each sandbox on the heap, and
 * 8,000 outside of it, where a database that is left open holds ten times as much.
 */
const HEAP_SLACK = 4 * 1024 * 1024
const RESIDENT_SLACK = 64 * 1024 * 1024

async function usage(): Promise<{ heap: number; resident: number }> {
  await collectGarbage()
  const { heapUsed, rss } = process.memoryUsage()
  return { heap: heapUsed, resident: rss }
}

t.test('Ten thousand sandboxes that come and go leave no memory behind', async (t) => {
  const subject = await emulatorFor(t, { contract: 'off', maxSandboxes: LIVING })
  const sizes: { heap: number; resident: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < SANDBOXES; i++) {
      const { api, admin } = inSandbox(subject, `s${round}-${i}`)
      // Some are worked in, and all are made.
      const { status } = await (i % 4 === 0 ? api('DELETE', `${NUMBERS}/%2B14155234712`) : admin('GET', '/clock'))
      if (status !== 200) t.fail(`sandbox ${i} of round ${round} answered ${status}`)
    }
    for (let i = SANDBOXES - LIVING; i < SANDBOXES; i++) {
      await subject.call({ method: 'DELETE', url: `/__admin/sandboxes/s${round}-${i}` })
    }
    sizes.push(await usage())
  }
  const [, settled = { heap: 0, resident: 0 }] = sizes
  const last = sizes.at(-1) ?? { heap: Infinity, resident: Infinity }
  t.ok(last.heap < settled.heap + HEAP_SLACK, `the heap is flat: ${JSON.stringify(sizes)}`)
  t.ok(last.resident < settled.resident + RESIDENT_SLACK, 'and so is the rest')
  const dropped = ROUNDS * (SANDBOXES - LIVING)
  t.match((await subject.call({ method: 'GET', url: '/__admin/sandboxes' })).body, {
    sandboxes: { length: 1 },
    dropped
  })
})
