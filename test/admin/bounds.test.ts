import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { adminFor, inSandbox, NUMBERS } from './admin-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`

/** What an event of a request begins with. */
const MARK = 'event: request'

t.test('A sandbox has at most 1,000 fault rules', async (t) => {
  const { admin } = await adminFor(t)
  const rules = (length: number) => ({ faults: Array.from({ length }, () => ({ status: 500, times: 1 })) })
  t.match(await admin('PUT', '/faults', rules(1_001)), { status: 400, body: { at: '/faults' } })
  t.match(await admin('PUT', '/state', rules(1_001)), { status: 400, body: { at: '/faults' } })
  t.match(await admin('GET', '/faults'), { body: { faults: [] } })
  t.match(await admin('PUT', '/faults', rules(999)), { status: 200 })
  t.match(await admin('POST', '/faults', { status: 500 }), { status: 201, body: { id: '1000' } })
  t.match(await admin('POST', '/faults', { status: 500 }), {
    status: 409,
    body: { error: 'limit', message: 'a sandbox has at most 1000 fault rules; delete one before you add another' }
  })
  t.match(await admin('DELETE', '/faults/7'), { status: 200 })
  t.match(await admin('POST', '/faults', { status: 500 }), { status: 201 })
  for (const field of ['operation', 'number', 'account', 'outcome']) {
    t.match(await admin('POST', '/faults', { status: 500, [field]: 'x'.repeat(101) }), {
      status: 400,
      body: { at: `/${field}` }
    })
  }
})

t.test('A state has at most 32 MB, and the numbers of one call 8 MB', async (t) => {
  const { admin } = await adminFor(t)
  const spaced = (document: string, bytes: number) => document + ' '.repeat(bytes - document.length)
  for (const [method, path, document, most] of [
    ['PUT', '/state', '{"version":1}', 32_000_000],
    ['PUT', '/snapshots/one', '{"version":1}', 32_000_000],
    ['POST', '/numbers', '[]', 8_000_000]
  ] as const) {
    t.match(await admin(method, path, spaced(document, most + 1)), { status: 413, body: { error: 'invalid' } }, path)
    t.match(await admin(method, path, spaced(document, most)), { status: /20[01]/ }, path)
  }
})

t.test('The snapshots in memory of all sandboxes have an end in bytes', async (t) => {
  const subject = await adminFor(t)
  const [one, other] = [inSandbox(subject, 'one'), inSandbox(subject, 'other')]
  const document = { note: 'x'.repeat(6_000_000) }
  const numbers = Array.from({ length: 5 }, (_, i) => ({ e164: `+1415523470${i}`, state: 'in_service', document }))
  t.match(await one.admin('PUT', '/state', { numbers }), { status: 200 })
  for (const name of 'abcdefgh') t.equal((await one.admin('PUT', `/snapshots/${name}`)).status, 201, name)
  t.match(await one.admin('PUT', '/snapshots/i'), {
    status: 409,
    body: { error: 'limit', message: /^the snapshots of all sandboxes have at most 256000000 characters in memory/ }
  })
  t.equal((await other.admin('PUT', '/snapshots/small')).status, 201, 'a small one has room')
  t.equal((await one.admin('PUT', '/snapshots/a')).status, 200, 'one can be replaced')
  await subject.call({ method: 'DELETE', url: '/__admin/sandboxes/one' })
  t.equal((await other.admin('PUT', '/snapshots/large', { numbers: [] })).status, 201)
})

t.test('Of many streams of events that are never read some are closed, and one that is read goes on', async (t) => {
  const subject = await adminFor(t)
  const port = await subject.listen()
  const open = async () => {
    const socket = connect(port, '127.0.0.1')
    socket.write('GET /__admin/events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n')
    await once(socket, 'readable')
    return socket
  }
  const silent = await Promise.all(Array.from({ length: 40 }, open))
  let closed = 0
  for (const socket of silent) socket.once('close', () => closed++).on('error', () => undefined)
  const reader = await open()
  let [heard, isClosed, rest] = [0, false, '']
  reader.on('data', (data) => {
    const parts = (rest + data.toString()).split(MARK)
    heard += parts.length - 1
    rest = parts.at(-1)?.slice(-MARK.length) ?? ''
  })
  reader.once('close', () => (isClosed = true))

  const note = 'x'.repeat(200_000)
  let sent = 0
  while (subject.sandbox.events.listeners > silent.length) {
    sent++
    await subject.api('PATCH', OWN, { data: { note } })
    while (heard < sent && !isClosed) await once(reader, 'data')
  }
  t.notOk(isClosed)
  t.equal(heard, sent)
  for (const socket of silent) socket.resume()
  while (closed === 0) await setImmediate()
  for (const socket of silent) socket.destroy()
  reader.destroy()
})
