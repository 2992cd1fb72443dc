/** Of bodies of a megabyte and more, eight are read at once; all others pass them by. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import t from 'tap'
import { DEMO, emulatorFor } from '../harness/emulator-under-test.js'

const PATH = `/v2/accounts/${DEMO}/phone_numbers/%2B14155234712`
const LARGE = `{"data":{"note":"${'x'.repeat(1_000_000)}"}}`
/** So many large bodies are read at once. */
const READ_AT_ONCE = 8
const SMALL = '{"data":{"note":"x"}}'

function send(port: number, body: string, headers = `content-length: ${body.length}`): Socket {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  socket.write(`POST ${PATH} HTTP/1.1\r\nhost: a\r\nx-auth-token: demo-token\r\n${headers}\r\n\r\n`)
  return socket
}

async function statusOf(socket: Socket): Promise<string> {
  const [data] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return data.toString().slice(9, 12)
}

t.test('A large body waits while eight others are read, and a small one does not', async (t) => {
  const subject = await emulatorFor(t)
  const port = await subject.listen()
  const stopped: Socket[] = []
  for (let i = 1; i < READ_AT_ONCE; i++) {
    stopped.push(send(port, LARGE))
    await once(subject.app.server, 'request')
  }
  const passing = send(port, LARGE)
  passing.write(LARGE)
  t.equal(await statusOf(passing), '200', 'clients that stop in the middle of their bodies do not stop another')
  const last = send(port, LARGE)
  await once(subject.app.server, 'request')

  const order: string[] = []
  const second = send(port, LARGE)
  second.write(LARGE)
  const chunked = send(port, SMALL, 'transfer-encoding: chunked')
  chunked.write(`${SMALL.length.toString(16)}\r\n${SMALL}\r\n0\r\n\r\n`)
  const others = [second, chunked].map((socket) => statusOf(socket).finally(() => order.push('other')))
  const leaver = send(port, LARGE)
  const small = send(port, SMALL)
  small.write(SMALL)
  t.equal(await statusOf(small), '200')
  leaver.destroy()
  t.strictSame(order, [], 'the large ones wait')

  last.destroy()
  t.strictSame(await Promise.all(others), ['200', '200'], 'a client that leaves makes room')
  for (const socket of stopped) socket.destroy()
})

t.test('A large body that is refused by its length makes room', async (t) => {
  const subject = await emulatorFor(t)
  const port = await subject.listen()
  const refused = send(port, '', 'content-length: 8000001')
  t.equal(await statusOf(refused), '413')
  const next = send(port, LARGE)
  next.write(LARGE)
  t.equal(await statusOf(next), '200')
})
