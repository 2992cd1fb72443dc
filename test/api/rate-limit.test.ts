import t from 'tap'
import { ACCOUNTS } from '../harness/calls.js'
import { type Call, emulatorFor } from '../harness/emulator-under-test.js'
import { NOON } from '../harness/play.js'

const NUMBERS = `/v2/accounts/${ACCOUNTS.demo}/phone_numbers`

const KEY = 'dcf7f815251380ea4471b80c04442529641cd721548133a4bc24e3ff1a4d7598'

t.test('A client that asks too often gets 429 until the clock has moved on', async (t) => {
  const emulator = await emulatorFor(t, { clock: NOON, rateLimit: true })
  const many = async (count: number, call: Call) => {
    const statuses = new Map<number, number>()
    for (let i = 0; i < count; i++) {
      const { status } = await emulator.call(call)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    return Object.fromEntries(statuses)
  }
  const list = { method: 'GET', url: NUMBERS, token: 'demo-token' } as const
  t.same(await many(101, list), { 200: 100, 429: 1 }, 'a hundred at once')
  const refused = await emulator.call(list)
  t.match(refused, {
    status: 429,
    body: { error: '429', message: 'too_many_requests', data: { message: 'too many requests' } },
    headers: { 'retry-after': 1 }
  })
  t.same(
    await many(1, { ...list, url: `/v2/accounts/${ACCOUNTS.child}/phone_numbers` }),
    { 200: 1 },
    'each account its own'
  )
  emulator.advance(1)
  t.same(await many(11, list), { 200: 10, 429: 1 }, 'ten a second')
  emulator.advance(3600)
  t.same(await many(101, list), { 200: 100, 429: 1 }, 'and never more than a hundred')

  const login = { method: 'PUT', url: '/v2/api_auth', body: { data: { api_key: KEY } } } as const
  t.same(await many(3, login), { 201: 2, 429: 1 }, 'a login counts for 35')
  t.match(await emulator.call(login), { status: 429, headers: { 'retry-after': 1 } })

  for (const [unknown, status] of [
    [{ method: 'GET', url: '/v2/nothing' }, 404],
    [{ method: 'DELETE', url: '/v2/phone_numbers' }, 405]
  ] as const) {
    emulator.reset()
    t.same(await many(101, unknown), { [status]: 100, 429: 1 }, `an unknown ${status} counts too`)
  }

  emulator.reset()
  emulator.discover('+14152338397')
  const activate = { method: 'PUT', url: `${NUMBERS}/4152338397/activate`, token: 'demo-token' } as const
  t.same(await many(101, activate), { 201: 100, 429: 1 }, 'activations')
  emulator.reset()
  const collection = { ...list, method: 'PUT', url: `${NUMBERS}/collection/activate`, body: { data: {} } } as const
  t.same(await many(2, collection), { 400: 2 }, 'a collection is checked like any other request')
})

t.test('Without the setting no request gets 429', async (t) => {
  const { call } = await emulatorFor(t, { clock: NOON })
  for (let i = 0; i < 150; i++) {
    if ((await call({ method: 'GET', url: '/v2/phone_numbers?prefix=41' })).status !== 400) t.fail()
  }
})
