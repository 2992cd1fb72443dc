import { afterAll, expect, test } from '@jest/globals'
import { createEmulator, gates } from 'oneuc-emulator'
import { buyIn } from '../client.js'

const minCoverage = Number(process.env.MIN_COVERAGE ?? 14)
const emulator = await createEmulator()
afterAll(() => gates(emulator, { failOnWarning: true, failOnUnmatched: true, minCoverage }))

test('A number that I find is mine', async () => {
  const { state } = await buyIn(emulator.url, '415', 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee')
  expect(state).toBe('in_service')
})
