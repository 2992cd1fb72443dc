import t from 'tap'
import { STATES } from '../../src/numbering/number-state.js'
import { DEMO, emulatorFor } from '../harness/emulator-under-test.js'
import { PLACES, FIXTURE_NUMBER, TOKEN } from './state-under-test.js'

t.test('numbers can be put there as they are', async (t) => {
  for (const [where, place] of Object.entries(PLACES)) {
    await t.test(`in each of the nine states, in ${where}`, async (t) => {
      const { call } = await emulatorFor(t)
      const numbers = STATES.map((state, i) => ({ e164: `+1212555010${i}`, state, owner: DEMO, used_by: 'me' }))
      const put = await call({ method: 'POST', url: `${place}/__admin/numbers`, body: numbers })
      t.match(put, { status: 201, body: { numbers } })
      for (const { e164, state } of numbers) {
        const read = await call({
          method: 'GET',
          url: `${place}/v2/accounts/${DEMO}/phone_numbers/${encodeURIComponent(e164)}`,
          token: TOKEN
        })
        t.match(read.body, { data: { id: e164, state } }, state)
      }
    })
  }

  await t.test('one by itself, in the place of the one that was there', async (t) => {
    const { call } = await emulatorFor(t)
    const number = {
      e164: FIXTURE_NUMBER,
      state: 'port_out',
      owner: DEMO,
      history: [DEMO],
      pending: { aging: { due: 70_000_000_000 } }
    }
    t.match(await call({ method: 'POST', url: '/__admin/numbers', body: number }), {
      status: 201,
      body: { numbers: [{ ...number, carrier: 'external', features: [], used_by: null }] }
    })
    const wrong = await call({ method: 'POST', url: '/__admin/numbers', body: { e164: '+1415523471', state: 'aging' } })
    t.match(wrong, { status: 400, body: { at: '/e164' } })
  })

  await t.test('those that are available are found by the next search', async (t) => {
    const { call } = await emulatorFor(t)
    const free = { e164: '+14152330007', state: 'available' }
    await call({ method: 'POST', url: '/__admin/numbers', body: free })
    const found = await call({ method: 'GET', url: '/v2/phone_numbers?prefix=4152330007&quantity=1' })
    t.match(found.body, { data: [{ e164: free.e164 }] })
  })

  await t.test('a number that is due settles with the next request', async (t) => {
    const { call } = await emulatorFor(t)
    await call({
      method: 'POST',
      url: '/__admin/numbers',
      body: { e164: FIXTURE_NUMBER, state: 'aging', pending: { aging: { due: 1 } } }
    })
    const check = await call({ method: 'GET', url: '/v2/phone_numbers?prefix=4155234712&quantity=1' })
    t.match(check.body, { data: [{ e164: FIXTURE_NUMBER }] })
  })
})
