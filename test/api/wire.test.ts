import t, { type Test } from 'tap'
import { checkEnvelope, numbersIn } from '../harness/answer.js'
import { buy, numbersOf, search, STRANGER, TOKEN } from '../harness/calls.js'
import { emulatorFor, type Subject } from '../harness/emulator-under-test.js'
import { storedNumbers } from '../harness/play.js'
import { exchange, type RawReply } from '../harness/raw-connection.js'
import { WIRE_CASES } from './wire.cases.js'

const FIRST_FAILURE = 400
const OK = 200

async function listening(t: Test): Promise<Subject & { port: number }> {
  const subject = await emulatorFor(t)
  return { ...subject, port: await subject.listen() }
}

t.test('bytes that arrive', async (t) => {
  const subject = await listening(t)
  for (const { title, bytes, status, message } of WIRE_CASES) {
    await t.test(title, async (t) => {
      subject.reset()
      const before = await storedNumbers(subject)
      const reply = await exchange(subject.port, bytes)
      t.equal(reply.status, status, `it answers ${status}`)
      checkEnvelope(t, reply, OK)
      if (message !== undefined) t.equal(reply.body.message, message, 'the message')
      if (status >= FIRST_FAILURE) t.strictSame(await storedNumbers(subject), before, 'a refusal changes nothing')
    })
  }
})

t.test('HEAD is refused without a body', async (t) => {
  const { port } = await listening(t)
  const { status, text } = await exchange(port, 'HEAD /v2/phone_numbers HTTP/1.1\r\nConnection: close\r\n\r\n')
  t.equal(status, 405)
  t.equal(text, '')
})

t.test('a client that goes away in the middle of its body leaves nothing behind', async (t) => {
  const subject = await listening(t)
  const before = await storedNumbers(subject)
  const head = `POST ${numbersOf()}/+14155558921 HTTP/1.1\r\nHost: x\r\nX-Auth-Token: x\r\nContent-Length: 100\r\n\r\n`
  await exchange(subject.port, `${head}{"data":{"team":`, 'leaves')
  t.strictSame(await storedNumbers(subject), before)
})

t.test('0599 closes the connection without an answer', async (t) => {
  const subject = await listening(t)
  await subject.call(search('500', 20))
  for (const path of ['%2B15005550599/activate', 'collection/activate']) {
    const body = JSON.stringify({ data: { numbers: ['+15005550599', '+15005550200'] } })
    const head = `PUT ${numbersOf()}/${path} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${TOKEN}\r\nContent-Length: ${body.length}`
    t.equal((await exchange(subject.port, `${head}\r\n\r\n${body}`)).status, 0, `${path} answers nothing`)
  }
  const { body } = await subject.call({ method: 'GET', url: `${numbersOf()}?prefix=500555&quantity=20`, token: TOKEN })
  t.notMatch(JSON.stringify(body.data), 'in_service', 'nothing is bought')
})

/** Calls something else often enough that a call which does not hang would be answered by now. */
async function stillHangs(subject: Subject, call: Promise<unknown>): Promise<boolean> {
  let answered = false
  void call.then(() => (answered = true))
  for (let i = 0; i < 20; i++) await subject.call(search('212'))
  return !answered
}

t.test('0504 answers nothing until the emulator is reset', async (t) => {
  const subject = await emulatorFor(t)
  await subject.call(search('500', 20))
  const hanging = subject.call(buy('+15005550504'))
  t.ok(await stillHangs(subject, hanging), 'others are served meanwhile')
  await subject.call({ method: 'POST', url: '/__admin/reset' })
  checkEnvelope(t, await hanging, 201)
  const list = await subject.call({ method: 'GET', url: numbersOf(), token: TOKEN })
  t.equal(numbersIn(list.body).length, 3, 'it buys nothing in the world after')
})

t.test('0504 does not keep the emulator from closing', async (t) => {
  let hanging: Promise<RawReply> | undefined
  await t.test('while it hangs', async (t) => {
    const subject = await listening(t)
    await subject.call(search('500', 20))
    const head = `PUT ${numbersOf(STRANGER)}/+15005550504/activate HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${TOKEN}\r\n\r\n`
    hanging = exchange(subject.port, head)
    t.ok(await stillHangs(subject, hanging))
  })
  // The emulator is closed by now: the connection ends, with or without the answer.
  t.ok(await hanging)
})
