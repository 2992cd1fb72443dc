import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Verifier } from '@pact-foundation/pact'
import { createEmulator, gates } from 'oneuc-emulator'
import { buyIn } from '../client.mjs'

const ACCOUNT = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'
const FOLDER = join(import.meta.dirname, 'pacts')
const CONTRACT = join(FOLDER, 'shop.json')
mkdirSync(FOLDER, { recursive: true })

/** Lets Pact's verifier hold a new emulator to a contract. */
async function verify(file) {
  const emulator = await createEmulator()
  const verifier = new Verifier({
    providerBaseUrl: emulator.url,
    pactUrls: [file],
    providerStatesSetupUrl: `${emulator.url}/__admin/pact-states`,
    logLevel: 'error'
  })
  await verifier.verifyProvider().finally(() => emulator.close())
}

test('My client buys a number, and meets a carrier that fails', async (t) => {
  const emulator = await createEmulator()
  t.after(() => emulator.close())
  const { id } = await buyIn(emulator.url, '415', ACCOUNT)
  await assert.rejects(buyIn(emulator.url, '5005550500', ACCOUNT))
  const headers = { 'x-auth-token': 'my-token' }
  const numbers = `${emulator.url}/v2/accounts/${ACCOUNT}/phone_numbers`
  for (const path of ['', '?prefix=415', `/${encodeURIComponent(id)}`]) await fetch(numbers + path, { headers })
  await fetch(`${numbers}/${encodeURIComponent(id)}`, { method: 'DELETE', headers })
  await fetch(`${emulator.url}/v2/api_auth`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data: { api_key: 'dcf7f815251380ea4471b80c04442529641cd721548133a4bc24e3ff1a4d7598' } })
  })
  await gates(emulator, { failOnUnmatched: true, reportPact: CONTRACT, consumer: 'shop' })
})

test('The contract holds for a new emulator', async () => {
  await verify(CONTRACT)
})

test('A contract in which an answer was changed does not hold', async () => {
  const contract = JSON.parse(readFileSync(CONTRACT, 'utf8'))
  const purchase = contract.interactions.find(({ description }) => description === 'buy: success')
  purchase.response.body.content.data.state = 'reserved'
  const changed = join(FOLDER, 'changed.json')
  writeFileSync(changed, JSON.stringify(contract))
  await assert.rejects(verify(changed))
})
