import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { at, adminFor, NUMBERS, wireTo } from './admin-under-test.js'
import { sendBytes } from '../harness/raw-connection.js'

const OWN = `${NUMBERS}/%2B14155234712`

t.test('A fault on the wire is what the socket sees', async (t) => {
  const subject = await adminFor(t, { randomSeed: 1 })
  const { send } = await wireTo(subject)
  const read = `GET ${OWN} HTTP/1.1`
  const whole = (await send(`${read}\r\nconnection: close`)).text
  const [head = '', body = ''] = whole.split('\r\n\r\n')

  for (const [name, fault, end, heard] of [
    ['is reset', { fault: 'CONNECTION_RESET_BY_PEER' }, 'reset', /^$/],
    ['closes without an answer', { fault: 'EMPTY_RESPONSE' }, 'closed', /^$/],
    [
      'carries a chunk that is none',
      { fault: 'MALFORMED_RESPONSE_CHUNK' },
      'closed',
      /^HTTP\/1.1 200 OK\r\n.*transfer-encoding: chunked\r\n\r\n[0-9a-f]{32}$/s
    ],
    ['carries noise', { fault: 'RANDOM_DATA_THEN_CLOSE' }, 'closed', /^[0-9a-f]{32}$/]
  ] as const) {
    await t.test(`the connection ${name}`, async (t) => {
      await subject.admin('PUT', '/faults', { faults: [{ ...fault, operation: 'read', times: 1 }] })
      const answer = await send(read)
      t.equal(answer.end, end)
      t.match(answer.text, heard)
      t.match(at((await subject.admin('GET', '/requests?limit=1')).body, 'requests', 0), {
        operation: 'read',
        outcome: null,
        fault: fault.fault,
        response: { status: 0, body: '' }
      })
      t.match(await send(`${read}\r\nconnection: close`), { end: 'closed', text: /^HTTP\/1.1 200/ }, 'and works again')
    })
  }
  for (const bytes of [0, 1, 40, body.length - 1, body.length + 9]) {
    await t.test(`the answer ends after ${bytes} bytes of its body, though the head promises all of it`, async (t) => {
      await subject.admin('PUT', '/faults', { faults: [{ operation: 'read', truncate_bytes: bytes, times: 1 }] })
      const answer = await send(read)
      const [heardHead = '', ...rest] = answer.text.split('\r\n\r\n')
      t.match(heardHead, `content-length: ${body.length}`)
      t.match(heardHead, 'x-emulator-fault: truncated')
      t.match(head, `content-length: ${body.length}`)
      t.equal(rest.join('').length, Math.min(bytes, body.length))
      t.equal(answer.end, 'closed')
    })
  }
  await t.test('a magic number closes the connection', async (t) => {
    t.match(await send(`PUT ${NUMBERS}/%2B15005550599/activate HTTP/1.1`), { text: '', end: 'closed' })
    t.match(await subject.admin('POST', '/requests/count', { outcome: 'connection_closed' }), { body: { count: 1 } })
  })
})

t.test('A client that says little, or leaves early, does no harm', async (t) => {
  const subject = await adminFor(t)
  const { port } = await wireTo(subject)
  await t.test('a request that names no host is shown as one to localhost', async (t) => {
    t.equal((await sendBytes(port, 'GET /v2/phone_numbers?prefix=415 HTTP/1.0\r\n\r\n')).status, 200)
    t.match(at((await subject.admin('GET', '/requests?limit=1')).body, 'requests', 0, 'request'), {
      absoluteUrl: 'http://localhost/v2/phone_numbers?prefix=415'
    })
  })
  await t.test('a connection that is reset in the middle of a request is forgotten', async (t) => {
    const reset = once(subject.app.server, 'clientError')
    const socket = connect(port, '127.0.0.1')
    const met = once(subject.app.server, 'connection')
    socket.write('GET /v2/phone')
    await met
    socket.resetAndDestroy()
    await reset
    t.equal((await subject.api('GET', OWN)).status, 200)
  })
})

t.test('Injected requests meet the faults of the wire as an answer that breaks off', async (t) => {
  const { admin, app } = await adminFor(t)
  for (const fault of [{ fault: 'CONNECTION_RESET_BY_PEER' }, { fault: 'EMPTY_RESPONSE' }, { truncate_bytes: 3 }]) {
    await admin('PUT', '/faults', { faults: [{ ...fault, operation: 'search' }] })
    await t.rejects(app.inject({ url: '/v2/phone_numbers?prefix=415' }), JSON.stringify(fault))
  }
})
