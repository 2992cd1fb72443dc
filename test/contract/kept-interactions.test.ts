/** Which requests a contract of Pact shows: the shortest of each outcome, within a bound in bytes. */
import t from 'tap'
import { OPERATION_NAMES } from '../../src/contract/outcomes.js'
import type { JsonObject } from '../../src/json.js'
import { DEMO, emulatorFor, type Call, type Subject } from '../harness/emulator-under-test.js'
import { REQUESTS } from './pact.cases.js'

const token = 'demo-token'
const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const OWN = `${NUMBERS}/%2B14155234712`

interface Interaction {
  description: string
  request: { query?: JsonObject; body?: { content: JsonObject } }
}

async function interactionsOf({ call }: Subject, place = ''): Promise<Map<string, Interaction['request']>> {
  const { body } = await call({ method: 'GET', url: `${place}/__admin/contract?format=pact&consumer=shop` })
  return new Map(
    (body.interactions as unknown as Interaction[]).map(({ description, request }) => [description, request])
  )
}

const withNote = (note: string, place = ''): Call => ({
  method: 'PATCH',
  url: place + OWN,
  token,
  body: { data: { note } }
})

t.test('A contract shows the shortest request that met an outcome', async (t) => {
  const emulator = await emulatorFor(t)
  for (const note of ['longer', 'long', 'short', 'as long', 'tiny']) await emulator.call(withNote(note))
  const { body } = (await interactionsOf(emulator)).get('patch: success') ?? {}
  t.strictSame(body?.content, { data: { note: 'long' } })
})

t.test('A number whose document is large is in no contract', async (t) => {
  const emulator = await emulatorFor(t)
  const row = { e164: '+14155234712', state: 'in_service', owner: DEMO, document: { note: 'x'.repeat(100_000) } }
  await emulator.call({ method: 'POST', url: '/__admin/numbers', body: [row] })
  for (const url of [`${OWN}/identify`, NUMBERS, '/v2/phone_numbers?prefix=415']) {
    t.equal((await emulator.call({ method: 'GET', url, token })).status, 200, url)
  }
  t.strictSame([...(await interactionsOf(emulator)).keys()], ['search: success'])
})

t.test('The contracts of many sandboxes share a bound, beyond which the oldest gives way', async (t) => {
  const emulator = await emulatorFor(t)
  const note = 'x'.repeat(25_000)
  for (let i = 0; i < 250; i++) await emulator.call(withNote(note, `/sandboxes/s-${i}`))
  t.strictSame([...(await interactionsOf(emulator, '/sandboxes/s-0')).keys()], [])
  t.strictSame([...(await interactionsOf(emulator, '/sandboxes/s-249')).keys()], ['patch: success'])
  await emulator.call({ method: 'DELETE', url: '/__admin/sandboxes/s-249' })
  await emulator.call(withNote(note, '/sandboxes/s-0'))
  t.strictSame([...(await interactionsOf(emulator, '/sandboxes/s-0')).keys()], ['patch: success'])
})

t.test('Each call is refused without a body where the client accepts no JSON, as the reference does', async (t) => {
  for (const operation of OPERATION_NAMES) {
    const { call } = await emulatorFor(t, { dialect: 'kazoo-4.3' })
    const { status, text } = await call({ ...REQUESTS[operation], token, headers: { accept: 'application/xml' } })
    t.strictSame([status, text], [406, ''], operation)
  }
})
