/** Long calls of the admin API are done in slices: other requests have their turn, and the result is whole. */
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { DEMO, type Subject } from '../harness/emulator-under-test.js'
import { adminFor, at, NUMBERS } from './admin-under-test.js'

/** Enough for some slices of a thousand. */
const COUNT = 20_000

const many = (count: number, change: object = {}) =>
  Array.from({ length: count }, (_, i) => ({
    e164: `+1${4_152_000_000 + i}`,
    state: 'in_service',
    owner: DEMO,
    ...change
  }))

/** Resolves when there is a sandbox of that name. Injected calls alone would leave the others no turn of the event loop. */
async function untilListed({ call }: Pick<Subject, 'call'>, name: string): Promise<void> {
  while (!(await call({ method: 'GET', url: '/__admin/sandboxes' })).text.includes(name)) await setImmediate()
}

/** The calls that work on many rows. */
const LONG: Readonly<Record<string, [method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown]>> = {
  'an import': ['PUT', '/state', { numbers: many(COUNT) }],
  'numbers that are put there': ['POST', '/numbers', many(COUNT)],
  'an export': ['GET', '/state'],
  'a snapshot that is uploaded': ['PUT', '/snapshots/uploaded', { numbers: many(COUNT) }],
  'a snapshot that is saved': ['PUT', '/snapshots/saved'],
  'a snapshot that is restored': ['POST', '/snapshots/saved'],
  'a snapshot that is downloaded': ['GET', '/snapshots/saved']
}

t.test('Another client is answered before a long call has ended', async (t) => {
  const { admin, api } = await adminFor(t)
  for (const [what, [method, path, body]] of Object.entries(LONG)) {
    const order: string[] = []
    const long = admin(method, path, body).then(({ status }) => {
      order.push('long')
      t.ok([200, 201].includes(status), `${what}: ${status}`)
    })
    const short = async () => {
      while (order.length === 0) {
        t.equal((await api('GET', `${NUMBERS}?page_size=1`)).status, 200)
        order.push('short')
        await api('GET', `${NUMBERS}?page_size=1`)
      }
    }
    await Promise.all([long, short()])
    t.strictSame(order, ['short', 'long'], what)
  }
})

t.test('A purchase during an import is answered, and the import replaces it as a whole', async (t) => {
  const { admin, api, find } = await adminFor(t)
  const importing = admin('PUT', '/state', { numbers: many(COUNT) })
  t.equal((await api('PUT', `${NUMBERS}/%2B12125550100`, { data: {} })).status, 201)
  t.equal(find('+14152000000'), undefined, 'nothing of the import shows before its end')
  t.equal((await importing).status, 200)
  t.equal(find('+12125550100'), undefined)
  t.ok(find(`+1${4_152_000_000 + COUNT - 1}`))
})

t.test('An import whose last row is wrong leaves everything as it was', async (t) => {
  const { admin } = await adminFor(t)
  const before = (await admin('GET', '/state')).text
  for (const [path, rows] of [
    ['/state', [...many(3_000), { e164: '+12125550100', state: 'sold' }]],
    ['/state', [...many(3_000), { e164: '+15', state: 'aging' }]],
    ['/state', [...many(3_000), ...many(1)]],
    ['/numbers', [...many(3_000), { e164: '+12125550100', state: 'sold' }]],
    ['/numbers', [...many(3_000), ...many(1)]]
  ] as const) {
    const isState = path === '/state'
    const answer = await admin(isState ? 'PUT' : 'POST', path, isState ? { numbers: rows } : rows)
    t.match(answer, { status: 400, body: { at: new RegExp(`^${isState ? '/numbers' : ''}/3000/`) } })
    t.equal((await admin('GET', '/state')).text, before)
  }
})

t.test('There is an end to how many numbers one call puts there', async (t) => {
  const { admin } = await adminFor(t)
  t.match(await admin('POST', '/numbers', many(25_001)), {
    status: 400,
    body: { at: '', message: 'must have at most 25000 items; send them in several calls' }
  })
})

t.test('An import into a sandbox that is dropped meanwhile is told so', async (t) => {
  const { admin, call } = await adminFor(t, {}, 'mine')
  const importing = admin('PUT', '/state', { numbers: many(COUNT) })
  // The import makes the sandbox that it works in.
  await untilListed({ call }, 'mine')
  await call({ method: 'DELETE', url: '/__admin/sandboxes/mine' })
  t.match(await importing, { status: 503, body: { error: 'failure', message: /^sandbox dropped: / } })
})

t.test('A sandbox says once that it is a new one, when the limit has dropped the one before', async (t) => {
  const { admin, api, call } = await adminFor(t, { maxSandboxes: 1 })
  const list = (name: string) => call({ method: 'GET', url: `/sandboxes/${name}${NUMBERS}`, token: 'x' })
  const warningOf = async (name: string) => (await list(name)).headers['x-emulator-warning']
  t.equal(await warningOf('one'), undefined)
  t.equal(await warningOf('two'), undefined)
  t.equal(await warningOf('one'), 'sandbox_dropped')
  t.equal(await warningOf('one'), undefined, 'once')
  const report = await call({ method: 'GET', url: '/sandboxes/one/__admin/contract' })
  t.match(at(report.body, 'warnings'), [{ code: 'sandbox_dropped', count: 1, detail: 'one' }])
  await admin('POST', '/sandboxes/two')
  t.equal(await warningOf('two'), undefined, 'not where a new one was asked for')
  await call({ method: 'POST', url: '/sandboxes/one/__admin/reset' })
  t.equal(await warningOf('one'), undefined, 'nor after a reset')
  t.equal((await api('GET', NUMBERS)).headers['x-emulator-warning'], undefined)
})

t.test('No setting keeps that silent or refuses it', async (t) => {
  for (const contract of ['off', 'strict'] as const) {
    const { call } = await adminFor(t, { maxSandboxes: 1, contract })
    const list = (name: string) => call({ method: 'GET', url: `/sandboxes/${name}${NUMBERS}`, token: 'x' })
    for (const name of ['one', 'two']) await list(name)
    t.match(await list('one'), { status: 200, headers: { 'x-emulator-warning': 'sandbox_dropped' } }, contract)
  }
})

t.test('A sandbox in which a client waits is not dropped', async (t) => {
  const { admin, call, app } = await adminFor(t, { maxSandboxes: 2 })
  const stream = await app.inject({ method: 'GET', url: '/sandboxes/streamed/__admin/events', payloadAsStream: true })
  const waiting = call({
    method: 'POST',
    url: '/sandboxes/awaited/__admin/requests/wait',
    body: { operation: 'buy', timeout_ms: 600_000 }
  })
  await untilListed({ call }, 'awaited')
  t.match(await call({ method: 'GET', url: `/sandboxes/third${NUMBERS}`, token: 'x' }), {
    status: 503,
    body: { message: 'too many sandboxes', data: { message: /^clients wait in all 2 sandboxes/ } }
  })
  t.match(await call({ method: 'DELETE', url: '/__admin/sandboxes/awaited' }), { status: 200 })
  t.match(await waiting, { status: 503, body: { message: /^sandbox dropped: / } })
  t.equal((await call({ method: 'GET', url: `/sandboxes/third${NUMBERS}`, token: 'x' })).status, 200)
  t.equal((await call({ method: 'GET', url: `/sandboxes/fourth${NUMBERS}`, token: 'x' })).status, 200)
  t.match((await admin('GET', '/sandboxes')).body, {
    sandboxes: [{ name: 'default' }, { name: 'streamed' }, { name: 'fourth' }],
    dropped: 1
  })
  stream.stream().destroy()
})
