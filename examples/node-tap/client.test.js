import t from 'tap'
import { createEmulator, gates } from 'oneuc-emulator'
import { buyIn } from '../client.mjs'

const minCoverage = Number(process.env.MIN_COVERAGE ?? 14)
const emulator = await createEmulator()
t.after(() => gates(emulator, { failOnWarning: true, failOnUnmatched: true, minCoverage }))

t.test('A number that I find is mine', async (t) => {
  const { state } = await buyIn(emulator.url, '415', 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee')
  t.equal(state, 'in_service')
})

// The server keeps the process alive until the file says that it has ended.
t.end()
