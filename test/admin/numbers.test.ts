import t from 'tap'
import { adminFor, at, NUMBERS, rows } from './admin-under-test.js'
import { DEMO } from '../harness/emulator-under-test.js'

const [FIRST, SECOND, THIRD] = ['+14155550001', '+14155550002', '+14155550003'] as const

t.test('A test looks at the numbers of all accounts', async (t) => {
  const { admin, api, call } = await adminFor(t)
  await call({ method: 'POST', url: '/__admin/reset?to=empty' })
  await admin('POST', '/numbers', [
    { e164: FIRST, state: 'in_service', owner: DEMO },
    { e164: SECOND, state: 'reserved', owner: DEMO },
    { e164: THIRD, state: 'available', owner: null }
  ])
  const cases: [title: string, query: string, numbers: string[], total: number, next: string | undefined][] = [
    ['all of them', '', [FIRST, SECOND, THIRD], 3, undefined],
    ['those of an account', `?account=${DEMO}`, [FIRST, SECOND], 2, undefined],
    ['those in a state', '?state=available', [THIRD], 1, undefined],
    ['those with a prefix', '?prefix=%2B14155550002', [SECOND], 1, undefined],
    ['an area code', '?prefix=415', [FIRST, SECOND, THIRD], 3, undefined],
    ['a prefix without its plus', '?prefix=14155550003', [THIRD], 1, undefined],
    ['a prefix whose plus is a space', '?prefix=+14155550003', [THIRD], 1, undefined],
    ['those of another country', '?prefix=%2B44', [], 0, undefined],
    ['a page', '?limit=2', [FIRST, SECOND], 3, THIRD],
    ['the page after it', '?limit=2&start_key=%2B14155550003', [THIRD], 3, undefined],
    ['the page after it, the plus a space', '?limit=2&start_key=+14155550003', [THIRD], 3, undefined],
    ['none before the prefix', '?prefix=%2B14155550002&start_key=%2B1', [SECOND], 1, undefined]
  ]
  for (const [title, query, numbers, total, next] of cases) {
    const { body } = await admin('GET', `/numbers${query}`)
    const found = rows(body.numbers).map(({ number }) => number)
    t.strictSame([found, body.total, body.next_start_key], [numbers, total, next], title)
  }
  t.strictSame((await admin('GET', '/numbers')).body.counts, { available: 1, in_service: 1, reserved: 1 })
  for (const [query, pointer] of [
    ['?state=lost', '/state'],
    ['?limit=0', '/limit'],
    ['?limit=1001', '/limit'],
    ['?limit=few', '/limit']
  ] as const) {
    t.match(await admin('GET', `/numbers${query}`), { status: 400, body: { at: pointer } }, query)
  }

  await t.test('and at one of them, with what has become of it', async (t) => {
    await api('DELETE', `${NUMBERS}/${encodeURIComponent(FIRST)}`)
    const { body } = await admin('GET', `/numbers/${encodeURIComponent(FIRST)}`)
    t.match(body, {
      number: FIRST,
      state: 'available',
      account: null,
      changes: [{ from: 'in_service', to: 'available', request: '1' }]
    })
    for (const number of ['%2B14155559999', 'nonsense']) {
      t.match(await admin('GET', `/numbers/${number}`), { status: 404, body: { error: 'not_found' } }, number)
    }
  })
  await t.test('and at the machine that they live by', async (t) => {
    const { body } = await admin('GET', '/states')
    t.equal(
      rows(body.transitions).some(
        ({ from, action, to }) => from === 'reserved' && action === 'release' && to === 'available'
      ),
      true
    )
    t.equal(at(body, 'states', 0), 'aging')
  })
})

t.test('The list of sandboxes tells the port of the API, where the admin API has another', async (t) => {
  const { adminApp, listen } = await adminFor(t, { adminPort: 0 })
  const read = async () => (await adminApp?.inject('/__admin/sandboxes'))?.json<{ api_port?: number }>().api_port
  t.equal(await read(), undefined, 'not before it listens')
  t.equal(await listen(), await read())
  const same = await adminFor(t)
  t.equal((await same.admin('GET', '/sandboxes')).body.api_port, undefined)
})
