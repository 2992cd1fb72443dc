/**
 * To the engine, objects are of one kind if they got the same fields in the same order; each place that spreads one makes a kind
 * of its own. Code that meets but one kind is several times as fast.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { pino } from 'pino'
import t from 'tap'
import { createEmulator } from '../src/emulator.js'
import type { PhoneNumber } from '../src/numbering/phone-number.js'
import { readSettings } from '../src/settings.js'
import { DEMO, send, type Call } from './emulator-under-test.js'

setFlagsFromString('--allow-natives-syntax')
const areOfOneKind = runInNewContext('(one, other) => %HaveSameMap(one, other)') as (
  one: PhoneNumber,
  other: PhoneNumber
) => boolean

const E164 = '+14152000001'
const PATH = `/v2/accounts/${DEMO}/phone_numbers/${encodeURIComponent(E164)}`

const COURSE: [says: string, call: Call][] = [
  ['bought', { method: 'PUT', url: `${PATH}/activate` }],
  ['given a name', { method: 'PATCH', url: PATH, body: { data: { name: 'desk' } } }],
  ['given a display name', { method: 'POST', url: PATH, body: { data: { cnam: { display_name: 'Desk' } } } }],
  ['removed', { method: 'DELETE', url: PATH }],
  ['reserved', { method: 'PUT', url: `${PATH}/reserve` }],
  ['bought out of a reservation', { method: 'PUT', url: `${PATH}/activate` }],
  ['removed again', { method: 'DELETE', url: PATH }],
  ['bought again', { method: 'PUT', url: `${PATH}/activate` }],
  ['removed for the last time', { method: 'DELETE', url: PATH }]
]

t.test('a number is of one kind to the engine, whatever happens to it', async (t) => {
  const emulator = await createEmulator(readSettings({}, {}), pino({ level: 'silent' }))
  t.teardown(emulator.close)
  const { numbers } = emulator.sandboxes.default.store
  await send(emulator.app(), { method: 'GET', url: '/v2/phone_numbers?prefix=4152000001' })
  let first: PhoneNumber | undefined
  for (const turn of ['at first', 'once more', 'and once more']) {
    for (const [says, call] of COURSE) {
      const { status } = await send(emulator.app(), { token: 'token', ...call })
      const found = numbers.find(E164)
      first ??= found
      t.ok(status < 300 && first && found && areOfOneKind(first, found), `${says}, ${turn}`)
    }
  }
  const written = [...numbers.everything()].find(({ e164 }) => e164 === E164)
  t.ok(first && written && areOfOneKind(first, written), 'written and read again')
})
