import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { adminFor, NUMBERS, rows } from './admin-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`

/** Does something again and again until `result` is there: it must have begun before it can be met. */
async function meanwhile<Result>(result: Promise<Result>, poke: () => Promise<unknown>): Promise<Result> {
  const state = { isOver: false }
  const over = result.finally(() => (state.isOver = true))
  await begun()
  while (!state.isOver) {
    await poke()
    await setImmediate()
  }
  return over
}

/** Turns that a call takes at most until it is being served. */
const TURNS = 10

async function begun(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await setImmediate()
}

t.test('A test waits for a request instead of sleeping', async (t) => {
  const { admin, api } = await adminFor(t)
  const waited = (body: object) => admin('POST', '/requests/wait', body)
  const search = (prefix: string) => api('GET', `/v2/phone_numbers?prefix=${prefix}`)

  await t.test('and goes on at once where it is there already', async (t) => {
    await search('415')
    t.match(await waited({ operation: 'search' }), { status: 200, body: { meta: { total: 1 } } })
  })
  await t.test('and goes on when enough of them have come', async (t) => {
    const waiting = waited({ operation: 'search', count: 12 })
    const both = () => Promise.all([search('212'), api('GET', OWN)])
    const { status, body } = await meanwhile(waiting, both)
    t.equal(status, 200)
    t.ok(rows(body.requests).length >= 12, 'one more may come before the answer is sent')
  })
  await t.test('and hears what was there when the time is up', async (t) => {
    t.match(await waited({ operation: 'search', count: 99, timeout_ms: 1 }), {
      status: 408,
      body: { requests: [{ operation: 'search' }] }
    })
  })
  await t.test('and is let go when the sandbox is reset', async (t) => {
    const waiting = waited({ operation: 'buy', timeout_ms: 600_000 })
    t.match(await meanwhile(waiting, () => admin('POST', '/reset')), {
      status: 408,
      body: { requests: [], meta: { total: 0 } }
    })
  })
  await t.test('and is told what is wrong with the call', async (t) => {
    t.match(await waited({ count: 0 }), { status: 400, body: { at: '/count' } })
    t.match(await waited({ timeout_ms: 600_001 }), { status: 400, body: { at: '/timeout_ms' } })
  })
})

t.test('A wait is told that its sandbox is dropped, however short a time ago it began', async (t) => {
  const { call } = await adminFor(t)
  for (let turns = 0; turns < TURNS; turns++) {
    const sandbox = `dropped-${turns}`
    const waiting = call({
      method: 'POST',
      url: `/sandboxes/${sandbox}/__admin/requests/wait`,
      body: { urlPattern: '/v2/.*', timeout_ms: 600_000 }
    })
    const state = { isOver: false }
    const over = waiting.finally(() => (state.isOver = true))
    for (let turn = 0; turn < turns; turn++) await setImmediate()
    // Its first use makes the sandbox, which may come after this.
    while (!state.isOver) {
      await call({ method: 'DELETE', url: `/__admin/sandboxes/${sandbox}` })
      await setImmediate()
    }
    const { status, body } = await over
    t.match([status, body], [503, { message: /sandbox/ }], `${turns}`)
  }
})
