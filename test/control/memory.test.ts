import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { openConnection } from '../../db/connection.js'
import { emulatorFor } from '../emulator-under-test.js'
import { inSandbox, NUMBERS } from './admin-under-test.js'

const ROUNDS = 5
const SANDBOXES = 2_000

/** Sandboxes that live at once; each that comes pushes the oldest out. */
const LIVING = 20

/** By how much the heap may differ between the first round and the last without a leak, in bytes: 500 for each sandbox. */
const SLACK = 4 * 1024 * 1024

const TABLES = ['number', 'block', 'offer', 'found', 'attempt', 'token', 'sandbox']

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heap(): number {
  collect()
  return process.memoryUsage().heapUsed
}

t.test('Ten thousand sandboxes that come and go leave neither memory nor rows behind', async (t) => {
  const db = `${t.testdir({})}/numbers.db`
  const subject = await emulatorFor(t, { db, contract: 'off', max_sandboxes: LIVING })
  const connection = openConnection(db)
  t.teardown(() => connection.close())
  const rows = () => TABLES.map((table) => connection.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get())
  const before = rows()
  const sizes: number[] = []
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
    for (let turns = 0; turns < 10_000 && String(rows()) !== String(before); turns++) await setImmediate()
    t.strictSame(rows(), before, 'no row is left')
    sizes.push(heap())
  }
  const [, settled = 0] = sizes
  t.ok(Number(sizes.at(-1)) < settled + SLACK, `the heap is flat: ${sizes.join(', ')}`)
  const dropped = ROUNDS * (SANDBOXES - LIVING)
  t.match((await subject.call({ method: 'GET', url: '/__admin/sandboxes' })).body, {
    sandboxes: { length: 1 },
    dropped
  })
})
