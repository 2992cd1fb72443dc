/** A reader of events that comes back hears the tail that it has missed, and nothing twice. */
import fc from 'fast-check'
import t from 'tap'
import { EVENT_TYPE_NAMES, EVENT_TYPES } from '../../src/admin/event-stream.js'
import { parseEvents } from '../../src/admin/transport.js'
import type { SandboxEvent } from '../../src/sandbox/event.js'
import { adminFor, NUMBERS } from '../admin/admin-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`
const ACTIONS = ['read', 'note', 'remove', 'fail', 'reset'] as const

t.test('Whatever happens, a reader that comes back hears what it has missed, and nothing twice', async (t) => {
  const { admin, api, listen, sandbox } = await adminFor(t)
  const url = `http://127.0.0.1:${await listen()}/__admin/events`
  const all: SandboxEvent[] = []
  sandbox.events.listen(
    (event) => all.push(event),
    () => undefined
  )
  const act: Readonly<Record<(typeof ACTIONS)[number], () => Promise<unknown>>> = {
    read: () => api('GET', OWN),
    note: () => api('PATCH', OWN, { data: { note: 'é' } }),
    remove: () => api('DELETE', OWN),
    fail: () => api('GET', OWN, undefined, { prefer: 'code=503' }),
    reset: () => admin('POST', '/reset')
  }
  /** Hears what is sent again, up to an event that comes once the stream has begun. */
  const hear = async (query: string, headers: Record<string, string>) => {
    const { body } = await fetch(url + query, { headers })
    await admin('POST', '/reset')
    const end = String(all.length)
    const heard: SandboxEvent[] = []
    for await (const event of parseEvents(body as unknown as AsyncIterable<Uint8Array>)) {
      heard.push(event)
      if (event.id === end) break
    }
    return heard
  }
  const run = fc.record({
    actions: fc.array(fc.constantFrom(...ACTIONS), { maxLength: 8 }),
    /** How many events the reader has not seen. */
    missed: fc.nat(20),
    types: fc.subarray(EVENT_TYPE_NAMES),
    by: fc.constantFrom('header', 'query')
  })
  await fc.assert(
    fc.asyncProperty(run, async ({ actions, missed, types, by }) => {
      for (const action of actions) await act[action]()
      const last = Math.max(0, all.length - missed)
      const chosen = [...new Set([...types, 'resets' as const])]
      const query = `?types=${chosen.join()}${by === 'query' ? `&since=${last}` : ''}`
      const heard = await hear(query, by === 'query' ? {} : { 'last-event-id': String(last) })
      const wanted = chosen.map((type) => EVENT_TYPES[type])
      t.strictSame(
        heard,
        JSON.parse(JSON.stringify(all.slice(last).filter(({ type }) => wanted.some((one) => one === type)))),
        `${query} after ${last}`
      )
    }),
    { numRuns: 60 }
  )
})

t.test('A reader that has missed more than is kept hears how much of it is lost', async (t) => {
  const { listen, sandbox } = await adminFor(t)
  const url = `http://127.0.0.1:${await listen()}/__admin/events`
  for (let i = 0; i < 1_010; i++) sandbox.events.emit({ type: 'fault', data: { name: 'x', request: String(i) } })
  const { body } = await fetch(url, { headers: { 'last-event-id': '4' } })
  const heard: SandboxEvent[] = []
  for await (const event of parseEvents(body as unknown as AsyncIterable<Uint8Array>)) {
    heard.push(event)
    if (event.id === '1010') break
  }
  t.strictSame(heard[0], { id: '10', type: 'lost', data: { events: 6 } })
  t.strictSame(
    heard.slice(1).map(({ id }) => Number(id)),
    Array.from({ length: 1_000 }, (_, i) => i + 11)
  )
})
