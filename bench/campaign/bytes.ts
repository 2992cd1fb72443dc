import { Connection } from './connection.js'
import { isThere } from './client.js'
import { judge, type Answer } from './judge.js'
import { onProgram, type Target, type Workload } from './run.js'
import type { Random } from './random.js'

const LANES = 3
const LIST = '/v2/accounts/d0c0ffeed0c0ffeed0c0ffeed0c0ffee/phone_numbers'
/** Connections come and go and nothing is kept of them; the journal of the default sandbox holds 1,000 requests without bodies. */
const GROWTH_MEGABYTES = 64

/** Bytes for one connection, and how many answers they must get: `any` where the program may close it instead. */
interface Attack {
  name: string
  bytes: Buffer
  answers: number | 'any'
}

/** Bytes on a socket that no client library would send. */
export const bytes: Workload = {
  name: 'bytes',
  says: 'raw bytes on sockets',
  share: 2,
  run: (run) =>
    onProgram(run, { growthMegabytes: GROWTH_MEGABYTES }, async (target) => {
      await Promise.all(Array.from({ length: LANES }, (_, i) => workInLane(target, `bytes-${i}`)))
    })
}

async function workInLane(target: Target, lane: string): Promise<void> {
  const random = target.run.random.fork(lane)
  for (let step = 1; target.goesOn(); step++) {
    const attack = random.pick(ATTACKS)(random)
    target.inFlight.set(lane, attack.bytes)
    await attempt(target, attack, `${lane}, attack ${step}`)
    if (target.program.isAlive()) target.inFlight.delete(lane)
  }
}

/** Sends the bytes in one or two pieces, ends the connection and reads every answer. */
async function attempt({ program, run }: Target, { name, bytes, answers }: Attack, where: string): Promise<void> {
  const { findings, random } = run
  const connection = new Connection(program.port)
  const cut = random.fork(where).below(bytes.length + 1)
  connection.send(bytes.subarray(0, cut))
  connection.send(bytes.subarray(cut))
  connection.end()
  let received = 0
  for (;;) {
    const reply = await connection.next('GET')
    if (reply.kind === 'answer') {
      received++
      findings.count(`answer ${Math.floor(reply.status / 100)}xx`)
      const wrong = judgeEither(reply)
      if (wrong !== undefined) findings.note(`${wrong}: ${reply.text.slice(0, 200)}`, where, bytes)
      continue
    }
    findings.count(reply.kind)
    const isWrong = reply.kind !== 'closed' || reply.text !== ''
    if (isWrong) findings.note(`${name}: ${reply.kind} ${reply.text.slice(0, 200)}`, where, bytes)
    break
  }
  connection.close()
  if (answers !== 'any' && received !== answers && (await isThere(program))) {
    findings.note(`${name}: ${received} answers instead of ${answers}`, where, bytes, name)
  }
}

/** The bytes may be for either API, or for none; then the answer has the form of the API. */
function judgeEither(answer: Answer): string | undefined {
  const wrong = judge('api', 'GET', answer)
  return wrong === undefined || judge('admin', 'GET', answer) === undefined ? undefined : wrong
}

const get = (target: string, ...headers: string[]) =>
  `GET ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-auth-token: t\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`
const post = (target: string, body: string, ...headers: string[]) =>
  `POST ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-auth-token: t\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n${body}`

const TARGETS = [
  LIST,
  '/v2/phone_numbers?prefix=415',
  '/__admin/health',
  '/sandboxes/raw/v2/phone_numbers?prefix=212',
  '/nothing'
] as const

const noise = (random: Random, length: number) => Buffer.from(Array.from({ length }, () => random.below(256)))

/** A good request whose bytes are damaged in a few places. */
function flipped(random: Random): Buffer {
  const good = Buffer.from(random.pick([get(random.pick(TARGETS)), post(LIST, '{"data":{}}', 'content-length: 11')]))
  for (let i = 1 + random.below(3); i > 0; i--) good[random.below(good.length)] = random.below(256)
  return good
}

const attack = (name: string, text: string | Buffer, answers: number | 'any' = 1): Attack => ({
  name,
  bytes: typeof text === 'string' ? Buffer.from(text, 'latin1') : text,
  answers
})

const ATTACKS: readonly [(random: Random) => Attack, ...((random: Random) => Attack)[]] = [
  (random) => {
    const whole = get(random.pick(TARGETS))
    // Without an end there is no request; the client has gone, and needs no answer.
    return attack('half a request', whole.slice(0, random.below(whole.length - 1)), 'any')
  },
  () => attack('half a body', post(LIST, '{"data"', 'content-length: 100'), 'any'),
  (random) => attack('garbage', noise(random, 1 + random.below(400)), 'any'),
  (random) => attack('damaged bytes', flipped(random), 'any'),
  (random) => {
    const many = 2 + random.below(30)
    return attack('pipelined', Array.from({ length: many }, () => get(random.pick(TARGETS))).join(''), many)
  },
  (random) => {
    const many = 1 + random.below(4)
    const good = Array.from({ length: many }, () => get(random.pick(TARGETS))).join('')
    return attack('garbage after good requests', `${good}\x01\x02\r\n\r\n`, many + 1)
  },
  (random) =>
    attack(
      'absolute form',
      get(`http://${random.pick(['127.0.0.1', 'api.oneuc.com', 'x y'])}${random.pick(TARGETS)}`),
      'any'
    ),
  (random) => attack('absolute form of a good host', get(`http://api.oneuc.com${random.pick(TARGETS)}`)),
  () => attack('CONNECT', 'CONNECT api.oneuc.com:443 HTTP/1.1\r\nhost: api.oneuc.com:443\r\n\r\n'),
  () => attack('CONNECT without a host', 'CONNECT / HTTP/1.1\r\n\r\n', 'any'),
  (random) => attack('huge header', get(LIST, `x-huge: ${'a'.repeat(10_000 + random.below(60_000))}`)),
  (random) =>
    attack(
      'many headers',
      get(LIST, ...Array.from({ length: 500 + random.below(3000) }, (_, i) => `x-${i}: 1`)),
      'any'
    ),
  (random) => attack('huge target', get(`${LIST}?x=${'a'.repeat(5_000 + random.below(40_000))}`)),
  () => attack('huge parameter', get(`/v2/accounts/${'a'.repeat(5_000)}/phone_numbers`)),
  () => attack('no host', `GET ${LIST} HTTP/1.1\r\nx-auth-token: t\r\n\r\n`),
  () => attack('no host for the admin API', 'GET /__admin/requests HTTP/1.1\r\n\r\n'),
  () => attack('HTTP/1.0', `GET ${LIST} HTTP/1.0\r\n\r\n`),
  () => attack('HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'any'),
  () => attack('TLS', Buffer.from('16030100a5010000a10303', 'hex'), 'any'),
  () => attack('two lengths', post(LIST, '{}', 'content-length: 2', 'content-length: 3'), 'any'),
  () => attack('length and chunks', post(LIST, '0\r\n\r\n', 'content-length: 5', 'transfer-encoding: chunked'), 'any'),
  () => attack('negative length', post(LIST, '', 'content-length: -1'), 'any'),
  () => attack('length beyond all measure', post(LIST, '', 'content-length: 99999999999'), 'any'),
  () => attack('broken chunks', post(LIST, 'zz\r\nhello\r\n', 'transfer-encoding: chunked'), 'any'),
  () =>
    attack(
      'chunks',
      post(`${LIST}/check`, '5\r\n{"dat\r\n4;x=y\r\na":{\r\n2\r\n}}\r\n0\r\n\r\n', 'transfer-encoding: chunked')
    ),
  () => attack('unknown coding', post(LIST, '{}', 'content-length: 2', 'content-encoding: gzip')),
  () => attack('Expect', post(`${LIST}/check`, '{"data":{}}', 'content-length: 11', 'expect: 100-continue')),
  () => attack('Expect of too much', post(LIST, '', 'content-length: 90000000', 'expect: 100-continue')),
  () => attack('unknown Expect', get(LIST, 'expect: 200-maybe')),
  () => attack('Upgrade', get(LIST, 'connection: upgrade', 'upgrade: websocket')),
  () =>
    attack(
      'Upgrade to h2c',
      get(LIST, 'connection: Upgrade, HTTP2-Settings', 'upgrade: h2c', 'http2-settings: AAMAAABk')
    ),
  (random) =>
    attack(
      'unknown method',
      get(LIST).replace('GET', random.pick(['BREW', 'PROPFIND', 'TRACE', 'get', 'G\xe9T'])),
      'any'
    ),
  () => attack('star form', 'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n'),
  () => attack('bare line feeds', get(LIST).replaceAll('\r\n', '\n'), 'any'),
  () => attack('folded header', get(LIST, 'x-a: 1', ' 2'), 'any'),
  () => attack('header without a name', get(LIST, ': 1'), 'any'),
  (random) =>
    attack(
      'Latin-1 in the target',
      get(`/v2/phone_numbers?prefix=${random.pick(['\xe9', '\xff\xfe', '%ff', '%'])}`),
      'any'
    ),
  () => attack('percent signs in the path', get('/v2/accounts/%zz/phone_numbers')),
  () => attack('percent signs in the admin path', get('/__admin/snapshots/%zz')),
  () => attack('sandbox without a name', get('/sandboxes//v2/phone_numbers?prefix=415')),
  () => attack('sandbox with a wrong name', get('/sandboxes/%00/v2/phone_numbers?prefix=415')),
  () => attack('dots in the path', get('/v2/../__admin/health')),
  () => attack('fragment', get('/v2/phone_numbers#x'), 'any')
]
