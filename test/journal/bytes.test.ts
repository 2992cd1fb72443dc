import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { adminFor, at, inSandbox, NUMBERS, rows, text, type Admin } from '../admin/admin-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`

type Calls = Pick<Admin, 'admin' | 'api'>

async function idsOf({ admin }: Calls): Promise<unknown[]> {
  return rows((await admin('GET', '/requests')).body.requests).map(({ id }) => id)
}

/** Sends a request whose body has 100,000 bytes; its response repeats them. */
function sendLarge({ api }: Calls) {
  return api('PATCH', OWN, { data: { note: 'x'.repeat(100_000) } })
}

t.test('The oldest requests of all sandboxes give way to --journal-bytes', async (t) => {
  const subject = await adminFor(t, { journalBytes: 700_000 })
  const [one, other] = [inSandbox(subject, 'one'), inSandbox(subject, 'other')]
  await t.test('within the bound all are kept', async (t) => {
    for (const calls of [one, other, one]) await sendLarge(calls)
    t.strictSame(await idsOf(one), ['2', '1'])
    t.strictSame(await idsOf(other), ['1'])
  })
  await t.test('beyond it the oldest of a busy sandbox go', async (t) => {
    for (let i = 0; i < 6; i++) await sendLarge(one)
    t.strictSame(await idsOf(one), ['8', '7', '6'])
    t.strictSame(await idsOf(other), [])
  })
  await t.test('a sandbox that is dropped frees its bytes', async (t) => {
    await subject.call({ method: 'DELETE', url: '/__admin/sandboxes/one' })
    for (let i = 0; i < 3; i++) await sendLarge(other)
    t.strictSame(await idsOf(other), ['4', '3', '2'])
  })
  await t.test('what is forgotten frees its bytes', async (t) => {
    await other.admin('DELETE', '/requests/3')
    await sendLarge(other)
    t.strictSame(await idsOf(other), ['5', '4', '2'])
    await other.admin('DELETE', '/requests')
    for (let i = 0; i < 3; i++) await sendLarge(subject)
    t.strictSame(await idsOf(subject), ['3', '2', '1'])
  })
})

t.test('A request that ends after its sandbox was dropped leaves nothing behind', async (t) => {
  const subject = await adminFor(t, { journalBytes: 100_000 })
  const { admin, api } = inSandbox(subject, 'brief')
  await admin('POST', '/faults', { delay_ms: 600_000 })
  const delayed = Array.from({ length: 5 }, () => api('PATCH', OWN, { data: { note: 'x'.repeat(50_000) } }))
  let hits = 0
  while (hits < 5) {
    await setImmediate()
    hits = Number(at((await admin('GET', '/faults')).body, 'faults', 0, 'hits'))
  }
  await subject.call({ method: 'DELETE', url: '/__admin/sandboxes/brief' })
  for (const { status } of await Promise.all(delayed)) t.ok(status >= 200, String(status))
  await subject.api('GET', OWN)
  t.strictSame(await idsOf(subject), ['1'], 'the bytes are there for others')
})

t.test('0 keeps no request', async (t) => {
  const none = await adminFor(t, { journalBytes: 0 })
  t.equal((await none.api('GET', OWN)).status, 200)
  t.strictSame(await idsOf(none), [])
  t.match(await none.admin('POST', '/requests/wait', { timeout_ms: 0 }), { status: 408 })
})

t.test('A body is kept up to 256,000 bytes, is cut at a character, and says so', async (t) => {
  const admin = await adminFor(t)
  for (const [name, note] of [
    ['as large as that', 'x'.repeat(255_980)],
    ['one byte larger', 'x'.repeat(255_981)],
    ['of characters of three bytes', '€'.repeat(100_000)],
    ['of characters of four bytes', '𝄞'.repeat(70_000)],
    ['far larger', 'x'.repeat(7_000_000)]
  ] as const) {
    await t.test(name, async (t) => {
      const sent = `{"data":{"note":"${note}"}}`
      const bytes = Buffer.byteLength(sent)
      await admin.api('PATCH', OWN, sent)
      const request = at((await admin.admin('GET', '/requests?limit=1')).body, 'requests', 0, 'request')
      const kept = text(at(request, 'body'))
      const cut = bytes - Buffer.byteLength(kept)
      t.ok(sent.startsWith(kept))
      t.equal(at(request, 'bodyCutBytes'), bytes === 256_000 ? undefined : cut)
      t.ok(Buffer.byteLength(kept) > Math.min(bytes, 256_000) - 4)
      t.ok(Buffer.byteLength(kept) <= 256_000)
    })
  }
  t.match(at((await admin.admin('GET', '/requests?limit=1')).body, 'requests', 0, 'response'), { bodyCutBytes: Number })
})

t.test('A secret in a body that is cut is not shown', async (t) => {
  const admin = await adminFor(t)
  await admin.api('PATCH', OWN, { data: { auth_token: `begin${'s'.repeat(300_000)}`, note: 'x' } })
  const request = at((await admin.admin('GET', '/requests?limit=1')).body, 'requests', 0, 'request')
  t.equal(at(request, 'body'), '{"data":{"auth_token":"[redacted]"')
})
