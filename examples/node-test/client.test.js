import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { useEmulator } from 'oneuc-emulator/node-test'
import { buyIn } from '../client.mjs'

const minCoverage = Number(process.env.MIN_COVERAGE ?? 14)
const emulator = useEmulator({ gates: { failOnWarning: true, failOnUnmatched: true, minCoverage } })

// The environment is put back after each test.
const before = process.env.ONEUC_BASE_URL
after(() => assert.equal(process.env.ONEUC_BASE_URL, before, 'ONEUC_BASE_URL is not as before'))

test('A number that I find is mine', async () => {
  // With AREA_CODE=41 the test fails, and shows its last requests.
  const areaCode = process.env.AREA_CODE ?? '415'
  const { state } = await buyIn(process.env.ONEUC_BASE_URL, areaCode, 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee')
  assert.equal(state, 'in_service')
})

test('Each test begins with a sandbox of its own', async () => {
  assert.equal(await emulator.admin.requests.count(), 0)
})
