import { Client } from './client.js'
import { Connection } from './connection.js'
import { bytesOf, jsonMessage } from './message.js'
import { onProgram, type Run, type Target, type Workload } from './run.js'

const STREAMS = 100
const PIPELINES = 100
const LISTS_A_PIPELINE = 250
/** Numbers that make a list of about 10 kB. */
const NUMBERS = 50
/** So many requests, and the code of the program is compiled. */
const WARM_REQUESTS = 300
const ACCOUNT = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'
const LIST = `/v2/accounts/${ACCOUNT}/phone_numbers?page_size=${NUMBERS}`
/**
 * A connection that is not read may hold what Node buffers for it and a backlog of its own, 1 MB together for each of 100. What the
 * kernel buffers does not count in the process.
 */
const HELD_MEGABYTES = 128
/** Nothing more comes once the connections are full. */
const GROWTH_MEGABYTES = 64

/** Event streams that are never read. */
export const streams: Workload = {
  name: 'streams',
  says: `${STREAMS} event streams that are never read`,
  share: 1,
  run: (run) => besideUnread(run, STREAMS, bytesOf(jsonMessage('GET', '/__admin/events')))
}

/** Pipelined lists that are never read. */
export const pipelines: Workload = {
  name: 'pipelines',
  says: `${PIPELINES} pipelines of ${LISTS_A_PIPELINE} lists that are never read`,
  share: 1,
  run: (run) => {
    const list = bytesOf(jsonMessage('GET', LIST))
    return besideUnread(run, PIPELINES, Buffer.concat(Array.from({ length: LISTS_A_PIPELINE }, () => list)))
  }
}

/**
 * Opens connections that send these bytes and never read, while another client goes on working. What they make the program hold
 * comes on top of what it holds before them. It is stopped with all of them open.
 */
async function besideUnread(run: Run, connections: number, bytes: Buffer): Promise<void> {
  const opened: Connection[] = []
  await onProgram(run, { growthMegabytes: GROWTH_MEGABYTES, heldMegabytes: HELD_MEGABYTES }, async (target) => {
    const { memory, program } = target
    const client = new Client(target, 'beside')
    await client.ask(jsonMessage('POST', '/__admin/numbers', numbers()), 'admin')
    for (let i = 0; i < WARM_REQUESTS; i++) await client.ask(change('warm'), 'api')
    memory.mark()
    for (let i = 0; i < connections; i++) {
      const connection = new Connection(program.port)
      connection.pause()
      connection.send(bytes)
      opened.push(connection)
    }
    run.findings.count('connections that are never read', connections)
    await workBeside(target, client)
    client.close()
  })
  for (const connection of opened) connection.close()
}

function numbers(): object[] {
  return Array.from({ length: NUMBERS }, (_, i) => ({
    e164: `+1312555${String(1000 + i)}`,
    state: 'in_service',
    owner: ACCOUNT
  }))
}

const change = (note: string) =>
  jsonMessage('POST', `/v2/accounts/${ACCOUNT}/phone_numbers/%2B14155234712`, { data: { note } })

/** Works on as any client does; each request is an event for every stream. */
async function workBeside(target: Target, client: Client): Promise<void> {
  const random = target.run.random.fork('beside')
  while (target.goesOn()) {
    await client.ask(change('n'.repeat(random.below(4000))), 'api')
    if (random.once(50)) await client.ask(jsonMessage('GET', '/__admin/health'), 'admin')
  }
}
