/** A client that sends and does not read costs no memory. */
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { emulatorFor } from '../harness/emulator-under-test.js'

const SEARCH = '/v2/phone_numbers?prefix=415&quantity=1'
const REQUEST = `GET ${SEARCH} HTTP/1.1\r\nhost: a\r\n`
/** Requests that are more bytes than the kernel takes for a connection. */
const MANY = 500_000
/** Requests that one read of a socket can bring, and some. */
const FEW = 10_000

t.test('A connection is read no further while many of its requests wait for a delayed one', async (t) => {
  const subject = await emulatorFor(t)
  const { app, sandbox } = subject
  let begun = 0
  app.server.on('request', () => begun++)
  const socket = connect(await subject.listen(), '127.0.0.1')
  let heard = 0
  socket.on('data', (data: Buffer) => (heard += data.length))
  socket.on('error', () => undefined)
  socket.write(`${REQUEST}prefer: delay=600000\r\n\r\n`)
  socket.write(`${REQUEST}\r\n`.repeat(MANY))
  const settle = async () => {
    for (let before = -1; before < begun;) {
      before = begun
      for (let turn = 0; turn < 50; turn++) await setImmediate()
    }
  }
  while (begun < 100) await setImmediate()
  await settle()
  t.ok(begun < FEW, `${begun} requests have been read`)
  t.equal(heard, 0)

  const stalled = begun
  sandbox.cancelDelays()
  while (begun < stalled + FEW) await setImmediate()
  t.ok(heard > 0, 'it goes on once they are answered')
  socket.destroy()
})
