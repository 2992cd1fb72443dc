/** The streets are read with the first address, whatever becomes of it. */
import { join } from 'node:path'
import t from 'tap'
import { DEMO, emulatorFor } from '../harness/emulator-under-test.js'

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const KNOWN = { street_address: '116 NATOMA ST', locality: 'SAN FRANCISCO', region: 'CA', postal_code: '94105' }
const UNKNOWN = { ...KNOWN, street_address: '999999 NOWHERE ST' }

for (const [where, file] of [
  ['in memory', undefined],
  ['in a file', 'numbers.db']
] as const) {
  t.test(`an address is found ${where} although the first one that was sent was not`, async (t) => {
    const db = file === undefined ? undefined : join(t.testdir(), file)
    const { call } = await emulatorFor(t, { db })
    const found = await call({ method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=1' })
    const { data } = found.body as { data: [{ number: string }] }
    const url = `${NUMBERS}/${encodeURIComponent(data[0].number)}`
    await call({ method: 'PUT', url: `${url}/activate`, token: 'test' })
    const sent = async (e911: object) => call({ method: 'POST', url, token: 'test', body: { data: { e911 } } })
    t.equal((await sent(UNKNOWN)).status, 400)
    t.match(await sent(KNOWN), { status: 200, body: { data: { e911: { plus_four: '3745' } } } })
  })
}
