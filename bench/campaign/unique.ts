import { Client } from './client.js'
import { jsonMessage, type Message } from './message.js'
import { onProgram, type Target, type Workload } from './run.js'
import { untilIdle } from '../processes.js'

const LANES = 8
const FIRST = 100_000
const LAST = 500_000
/** The resident set after the last request is at most this many times that after the first look. */
const MOST_TIMES = 1.2
/** A sandbox lives for so many requests; the program keeps 50 of them. */
const REQUESTS_A_SANDBOX = 100
const MAX_SANDBOXES = 50

/** 500,000 requests in which everything is new: nothing that is kept by a name of the client's may grow. */
export const unique: Workload = {
  name: 'memory',
  says: `${LAST} requests with unique everything`,
  share: 0,
  run: (run) =>
    onProgram(
      run,
      { flags: ['--max-sandboxes', String(MAX_SANDBOXES)], growthMegabytes: Number.POSITIVE_INFINITY },
      async (target) => {
        const first = await megabytesAfter(target, 0, FIRST)
        const last = await megabytesAfter(target, FIRST, LAST)
        run.figures
          .set(`MB after ${FIRST}`, first)
          .set(`MB after ${LAST}`, last)
          .set('times', last / first)
        if (last > first * MOST_TIMES) run.findings.note(`memory rose from ${first} to ${last} MB`, 'memory', '')
      }
    )
}

/** Sends the requests with these indexes, waits until the process rests, and reads its memory in megabytes. */
async function megabytesAfter(target: Target, from: number, to: number): Promise<number> {
  let next = from
  await Promise.all(
    Array.from({ length: LANES }, async (_, lane) => {
      const client = new Client(target, `memory-${lane}`)
      while (next < to && target.program.isAlive()) {
        const i = next++
        await client.ask(messageFor(i), 'api')
      }
      client.close()
    })
  )
  if (!target.program.isAlive()) return Number.NaN
  await untilIdle(target.program.pid)
  return target.memory.now()
}

/** A request in which account, number, token, request id, agent, field, origin and query are new. */
function messageFor(i: number): Message {
  const account = i.toString(16).padStart(32, 'a')
  const number = `%2B1${String(2_000_000_000 + i)}`
  const base = `/sandboxes/unique-${Math.floor(i / REQUESTS_A_SANDBOX)}/v2`
  const path = `${base}/accounts/${account}/phone_numbers`
  const body = { data: { [`field_${i}`]: `value ${i}`, note: { [`key_${i}`]: i } } }
  const rows: readonly [method: string, target: string, body?: object][] = [
    ['GET', `${base}/phone_numbers?prefix=${200 + (i % 800)}&quantity=${1 + (i % 50)}&offset=${i}&own_${i}=${i}`],
    ['GET', `${path}/${number}?own=${i}`],
    ['GET', `${path}?page_size=${1 + (i % 100)}&start_key=${number}`],
    ['PUT', `${path}/${number}/activate`, body],
    ['POST', `${path}/${number}`, body],
    ['DELETE', `${path}/${number}`],
    ['PUT', `${path}/collection/activate`, { data: { numbers: [`+1${String(3_000_000_000 + i)}`] } }],
    ['GET', `${base}/nothing-${i}/${i}`],
    ['PUT', `${base}/api_auth`, { data: { api_key: `key-${i}` } }],
    ['PUT', `${base}/user_auth`, { data: { credentials: account, account_name: `name ${i}` } }]
  ]
  const [method, target, sent] = rows[i % rows.length] ?? ['GET', base]
  const plain = jsonMessage(method, target, sent)
  return {
    ...plain,
    headers: [
      ['host', `host-${i}`],
      ['x-auth-token', `token-${i}`],
      ['x-request-id', `request-${i}`],
      ['user-agent', `client/${i}`],
      ['origin', `http://origin-${i}`],
      [`x-own-${i}`, String(i)],
      ...(plain.body === undefined ? [] : [['content-type', 'application/json'] as const])
    ]
  }
}
