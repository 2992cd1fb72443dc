import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { type Call } from '../harness/emulator-under-test.js'
import { sendBytes } from '../harness/raw-connection.js'
import { start, request, SEARCH, NUMBERS, stillHangs } from './started.js'

for (const settings of [{}, { logLevel: 'info' }, { contract: 'off' }, { rateLimit: true }] as const) {
  t.test(`Pipelined requests are carried out in their order (${JSON.stringify(settings)})`, async (t) => {
    const { port } = await start(t, settings)
    await sendBytes(port, request(SEARCH))
    const number = `${NUMBERS}/%2B14152338421`
    const calls = [`PUT ${number}/activate`, `GET ${number}`, `DELETE ${number}`, `GET ${number}`]
    const socket = connect(port, '127.0.0.1')
    let received = ''
    socket.setEncoding('utf8').on('data', (text: string) => (received += text))
    socket.end(calls.map((line) => `${line} HTTP/1.1\r\nhost: localhost\r\nx-auth-token: t\r\n\r\n`).join(''))
    await once(socket, 'close')
    t.same(received.match(/(?<=HTTP\/1\.1 )\d{3}/g), ['201', '200', '200', '404'])
  })
}

t.test('A call with a body is carried out before the calls that are pipelined behind it', async (t) => {
  const { port } = await start(t)
  const number = `${NUMBERS}/%2B14155558921`
  const body = (note: string) => JSON.stringify({ data: { note } })
  const calls: [line: string, body: string][] = [
    [`POST ${number}`, body('one')],
    [`GET ${number}`, ''],
    [`PATCH ${number}`, body('two')],
    [`GET ${number}`, ''],
    [`POST ${number}?verb=PATCH`, body('three')],
    [`GET ${number}`, '']
  ]
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.setEncoding('utf8').on('data', (text: string) => (received += text))
  socket.end(
    calls
      .map(
        ([line, text]) =>
          `${line} HTTP/1.1\r\nhost: x\r\nx-auth-token: t\r\ncontent-length: ${text.length}\r\n\r\n${text}`
      )
      .join('')
  )
  await once(socket, 'close')
  t.same(received.match(/(?<="note":")\w+/g), ['one', 'one', 'two', 'two', 'three', 'three'])
})

/** Sends requests over one connection, and breaks it off once `isReady` says so. */
async function leaveOnce(port: number, bytes: string, isReady: (received: string) => Promise<boolean> | boolean) {
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.setEncoding('utf8').on('data', (text: string) => (received += text))
  socket.write(bytes)
  while (!(await isReady(received))) await setImmediate()
  socket.resetAndDestroy()
}

const call = (line: string) => `${line} HTTP/1.1\r\nhost: x\r\nx-auth-token: t\r\n\r\n`

t.test('What I pipeline behind a call that waits is not carried out once I have left', async (t) => {
  const { app, port, sandboxes } = await start(t)
  const { journal, store, faults } = sandboxes.default
  faults.add({ name: 'slow', operation: 'list', delay_ms: 600_000, times: 1 })
  const number = `${NUMBERS}/%2B14155558921`
  const closed = new Promise((resolve) => {
    app.server.once('connection', (socket) => socket.once('close', resolve))
  })
  await leaveOnce(
    port,
    [`GET ${NUMBERS}`, `DELETE ${number}`, `DELETE ${number}`].map(call).join(''),
    () => faults.rules[0]?.hits === 1
  )
  await closed
  await sendBytes(port, request(SEARCH))
  sandboxes.default.cancelDelays()
  while (journal.size < 2) await setImmediate()
  t.equal(store.numbers.find('+14155558921')?.state, 'in_service')
  t.match(
    journal.entries().map(({ operation, status, answered }) => ({ operation, status, answered })),
    [
      { operation: 'search', status: 200 },
      { operation: 'list', status: 0, answered: null }
    ]
  )
})

const GARBAGE: [title: string, before: string][] = [
  ['a search', `${SEARCH} HTTP/1.1\r\nhost: x\r\n\r\n`],
  [
    'a call with a body',
    `POST ${NUMBERS}/%2B14155558921 HTTP/1.1\r\nhost: x\r\nx-auth-token: t\r\ncontent-length: 11\r\n\r\n{"data":{}}`
  ],
  ['a purchase that waits', `PUT ${NUMBERS}/%2B15005550504/activate HTTP/1.1\r\nhost: x\r\nx-auth-token: t\r\n\r\n`]
]

for (const [title, before] of GARBAGE) {
  t.test(`Garbage behind ${title} is answered after it`, async (t) => {
    const { port, sandboxes } = await start(t)
    const socket = connect(port, '127.0.0.1')
    let received = ''
    socket.setEncoding('utf8').on('data', (text: string) => (received += text))
    socket.write(`${before}garbage\r\n\r\n`)
    const closed = once(socket, 'close')
    const others = { call: (call: Call) => fetch(`http://127.0.0.1:${port}${call.url}`) }
    if (before.startsWith('PUT')) {
      t.ok(await stillHangs(others, closed), 'nothing is answered while it waits')
      socket.write('more garbage\r\n\r\n')
      t.ok(await stillHangs(others, closed), 'nor is more garbage')
    }
    sandboxes.default.cancelDelays()
    await closed
    const statuses = received.match(/(?<=HTTP\/1\.1 )\d{3}/g)
    t.same(statuses, [before.startsWith('PUT') ? '201' : '200', '400'])
    t.match(received, /"message":"parse_error"/)
  })
}
