import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { pino } from 'pino'
import t from 'tap'
import { openConnection } from '../../db/connection.js'
import { composeEmulator } from '../../src/emulator.js'
import { VERSION } from '../../src/package.js'
import { readSettings } from '../../src/text/read-settings.js'
import { adminFor, NUMBERS, wireTo } from './admin-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`

t.test('A client that listens to the events', async (t) => {
  const subject = await adminFor(t)
  const { port } = await wireTo(subject)
  const listen = async (path = '') => {
    const over = new AbortController()
    const { headers, body } = await fetch(`http://127.0.0.1:${port}${path}/__admin/events`, { signal: over.signal })
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
    const next = async (part: string) => {
      let text = ''
      while (!text.includes(part)) {
        const piece = await reader?.read()
        if (piece?.done !== false) throw new Error(`the stream ended without ${part}`)
        text += piece.value
      }
      return text
    }
    await next(': listening')
    return {
      headers,
      next,
      end: () => {
        over.abort()
      },
      ended: async () => (await reader?.read())?.done
    }
  }
  const events = await listen()
  t.equal(events.headers.get('content-type'), 'text/event-stream')
  t.equal(events.headers.get('x-emulator'), VERSION)

  await t.test('hears of requests, and of what they change', async (t) => {
    await subject.api('DELETE', OWN)
    const text = await events.next('event: request')
    t.match(text, /^id: 1\nevent: change\ndata: \{"e164":"\+14155234712","from":"in_service","to":"available"\}\n\n/)
    t.match(text, '"x-auth-token":"[redacted]"')
  })
  await t.test('hears of faults', async (t) => {
    await subject.api('GET', OWN, undefined, { prefer: 'code=500' })
    t.match(await events.next('event: request'), 'event: fault\ndata: {"name":"status 500","request":"2"}')
  })
  await t.test('hears of what falls due by the clock, without a further request', async (t) => {
    await subject.admin('PUT', '/timing', { aging: { after_seconds: 1 } })
    await subject.api('DELETE', `${NUMBERS}/%2B14155558921`)
    t.ok(await events.next('{"e164":"+14155558921","from":"aging","to":"available"}'))
  })
  await t.test('hears of resets', async (t) => {
    await subject.admin('POST', '/reset?only=faults,clock')
    t.match(await events.next('event: reset'), '{"parts":["faults","clock"],"to":"fixtures"}')
    await subject.admin('POST', '/reset?to=empty')
    t.match(await events.next('event: reset'), '{"parts":["everything"],"to":"empty"}')
  })
  await t.test('hears that a state document or a snapshot has taken the place of all', async (t) => {
    await subject.admin('PUT', '/state', (await subject.admin('GET', '/state')).body)
    t.match(await events.next('event: reset'), '{"parts":["numbers","faults","clock"],"to":"state"}')
    await subject.admin('PUT', '/snapshots/now')
    await subject.admin('POST', '/snapshots/now')
    t.match(await events.next('event: reset'), '{"parts":["numbers","faults","clock"],"to":"state"}')
  })
  await t.test('is let go when the sandbox is dropped', async (t) => {
    const other = await listen('/sandboxes/other')
    await subject.call({ method: 'DELETE', url: '/__admin/sandboxes/other' })
    t.equal(await other.ended(), true)
  })
  await t.test('is one of at most a hundred, and leaves room when it goes', async (t) => {
    const crowd = await Promise.all(Array.from({ length: 99 }, () => listen()))
    t.match(await subject.admin('GET', '/events'), { status: 429, body: { error: 'too_many_streams' } })
    crowd.forEach((one) => {
      one.end()
    })
    let room = false
    while (!room) {
      await setImmediate()
      room = await listen().then(
        () => true,
        () => false
      )
    }
    t.ok(room)
  })
  await t.test('hears how much it has lost where it does not read', async (t) => {
    const silent = connect(port, '127.0.0.1')
    silent.write(`GET /sandboxes/full/__admin/events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`)
    await new Promise((resolve) => silent.once('readable', resolve))
    const note = 'x'.repeat(200_000)
    for (let i = 0; i < 100; i++) {
      await subject.call({
        method: 'POST',
        url: `/sandboxes/full${OWN}`,
        token: 'demo-token',
        body: { data: { note } }
      })
    }
    let text = ''
    while (!text.includes('event: lost')) {
      const [piece] = (await once(silent, 'data')) as [Buffer]
      text = text.slice(-20) + piece.toString('latin1')
    }
    silent.destroy()
    t.match(text, /id: \d+\nevent: lost\ndata: \{"events":\d+\}/)
  })
})

t.test('Streams stay open where what falls due cannot be read, and the log says why, once until it can', async (t) => {
  const db = join(t.testdir(), 'numbers.db')
  let log = ''
  const logger = pino({ level: 'error' }, { write: (line) => (log += line) })
  const emulator = await composeEmulator({ ...readSettings({}, {}), db }, logger)
  t.teardown(emulator.close)
  const port = await emulator.listen({ host: '127.0.0.1', port: 0 })
  // Node closes the connection of a response that is collected before its body has a reader.
  const listen = async () => {
    const { body } = await fetch(`http://127.0.0.1:${port}/__admin/events`)
    return body?.pipeThrough(new TextDecoderStream()).getReader()
  }
  const readers = [await listen(), await listen()]
  const { clock } = emulator.sandboxes.default
  const now = clock.now.bind(clock)
  let looks = 0
  clock.now = () => {
    looks++
    return now()
  }
  const lookAgain = async (times: number) => {
    for (const before = looks; looks < before + times;) await setImmediate()
  }
  const connection = openConnection(db)
  t.teardown(() => connection.close())
  for (const failures of [1, 2]) {
    connection.exec('ALTER TABLE number RENAME TO away')
    await lookAgain(6)
    t.equal(log.match(/\n/g)?.length, failures)
    connection.exec('ALTER TABLE away RENAME TO number')
    await lookAgain(1)
  }
  emulator.sandboxes.default.resetParts(['requests'], 'fixtures')
  for (const reader of readers) {
    let text = ''
    while (!text.includes('event: reset')) text += (await reader?.read())?.value ?? ''
    t.ok(text)
  }
})
