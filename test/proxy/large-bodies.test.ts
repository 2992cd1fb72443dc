/** Bodies that are larger than the API takes, on both ways through a proxy. */
import type { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { requestBodyOf } from '../../src/records/record.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { proxyFor, rawServiceFor, serviceFor } from '../harness/proxy-under-test.js'
import { JSON_TYPE, NUMBERS, SEARCH, answering, send } from './sent.js'

t.test('An answer without end passes as fast as its client reads it, and ends with it', async (t) => {
  const mebibyte = Buffer.alloc(2 ** 20, ' ')
  const [sent, read] = [{ bytes: 0 }, { bytes: 0 }]
  /** The most bytes that were on their way at a time: in the proxy, and in the buffers of both connections. */
  let mostKept = 0
  const [ended, end] = (() => {
    let resolve: () => void = () => undefined
    const promise = new Promise<void>((done) => (resolve = done))
    return [promise, resolve] as const
  })()
  const service = await serviceFor(t, (_, response) => {
    response.writeHead(200, JSON_TYPE)
    const more = () => {
      do {
        sent.bytes += mebibyte.length
        mostKept = Math.max(mostKept, sent.bytes - read.bytes)
      } while (response.write(mebibyte))
    }
    response.on('drain', more).on('close', end)
    more()
  })
  const { url, records, lines } = await proxyFor(t, service)
  const response = await fetch(url + SEARCH)
  for await (const chunk of response.body ?? []) {
    read.bytes += (chunk as Uint8Array).length
    if (read.bytes > 200 * mebibyte.length) break
    // A client that is slower than the service.
    await setImmediate()
  }
  await ended
  t.ok(mostKept < 60 * mebibyte.length, `${mostKept} bytes on their way`)
  t.match(records(), [{ response: { content: { text: '' } }, _outcome: null, _error: /longer than 8000000 bytes/ }])
  t.match(lines, [/the record has no answer/])
})

t.test('A long answer arrives whole', async (t) => {
  const long = Buffer.alloc(9_000_000, 'x')
  const { url, records } = await proxyFor(t, await serviceFor(t, answering(200, JSON_TYPE, long)))
  t.ok((await send(url)).bytes.equals(long))
  t.match(records(), [{ _error: /longer than 8000000 bytes/ }])
})

/** Bytes of the largest body that the API takes, and of the largest that the proxy does. */
const [MOST_TAKEN, MOST_PASSED] = [8_000_000, 16_000_000]

function updateOf(size: number) {
  const [head, tail] = ['{"data":{"note":"', '"}}']
  const body = head + 'x'.repeat(size - head.length - tail.length) + tail
  return { method: 'POST', path: `${NUMBERS}/%2B14155550100`, body }
}

t.test('A body that is larger than the API takes passes, and its record is whole', async (t) => {
  const service = await emulatorFor(t, { dialect: 'kazoo-4.3' })
  const { url, records } = await proxyFor(t, `http://127.0.0.1:${await service.listen()}`, { allow: 'update' })
  const headers = { 'x-auth-token': 'demo-token' }
  const replies: [status: number, message: string | undefined][] = []
  for (const size of [MOST_TAKEN, MOST_TAKEN + 1, MOST_PASSED]) {
    const { status, message } = await send(url, { ...updateOf(size), headers })
    replies.push([status, message])
  }
  t.match(replies, [[404], [400], [400]])
  const found = records().map((entry) => {
    const { bytes, isWhole } = requestBodyOf(entry)
    return [bytes.length, isWhole, entry._outcome, 'status' in entry._emulator && entry._emulator.status]
  })
  t.same(found, [
    [MOST_TAKEN, true, 'not_on_account', 404],
    [MOST_TAKEN + 1, true, 'too_large', 413],
    [MOST_PASSED, true, 'too_large', 413]
  ])
})

const REFUSAL = 'HTTP/1.1 413 Content Too Large\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}'

const READERS: [title: string, answer: (socket: Socket) => void][] = [
  ['closes the connection', (socket) => socket.once('data', () => socket.end(REFUSAL))],
  ['reads no more', (socket) => socket.once('data', () => socket.pause().end(REFUSAL, () => socket.destroy()))]
]

for (const [title, answer] of READERS) {
  t.test(`A service that refuses a large body and ${title} is heard`, async (t) => {
    const { url } = await proxyFor(t, await rawServiceFor(t, answer), { allow: 'update' })
    t.equal((await send(url, updateOf(MOST_PASSED))).status, 413)
  })
}
