import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { OneucContainer } from './oneuc-container.js'
import { buyIn } from '../../client.mjs'

const ACCOUNT = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'
const emulator = await new OneucContainer(process.env.ONEUC_IMAGE ?? 'oneuc-emulator')
  .withSettings({ randomSeed: 1 })
  .start()

after(async () => {
  const warnings = await emulator.countWarnings()
  await emulator.stop()
  assert.equal(warnings, 0)
})

test('A number that I find is mine', async () => {
  const { state } = await buyIn(emulator.sandbox('mine'), '415', ACCOUNT)
  assert.equal(state, 'in_service')
})

test('A fault passes', async () => {
  const sandbox = emulator.sandbox('fault')
  await emulator.admin('POST', 'faults', { operation: 'buy', status: 503, times: 1 }, sandbox)
  await assert.rejects(buyIn(sandbox, '415', ACCOUNT), /datastore_unreachable/)
  await emulator.admin('POST', 'clock/advance', { seconds: 1 }, sandbox)
  const { state } = await buyIn(sandbox, '415', ACCOUNT)
  assert.equal(state, 'in_service')
})
