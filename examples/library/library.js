import assert from 'node:assert/strict'
import { createEmulator } from 'oneuc-emulator'
import { buyIn } from '../client.mjs'

const emulator = await createEmulator({ randomSeed: 1 })
const sandbox = emulator.sandbox('my-test')

// The methods of the admin API: faults, clock, journal, state, snapshots, timing, events, and more.
await sandbox.faults.add({ operation: 'buy', outcome: 'carrier_fault', times: 1 })
await assert.rejects(
  buyIn(emulator.url + sandbox.basePath, '415', 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'),
  /unspecified_fault/
)
const [sent] = await sandbox.requests.wait({ operation: 'buy' })
assert.equal(sent.outcome, 'carrier_fault')
await sandbox.reset()

// Without a network: a fetch for interceptors, which answers for any host.
const answer = await emulator.fetch('https://api.example.com/v2/phone_numbers?prefix=415')
assert.equal(answer.status, 200)

await emulator.close()
