import { Client } from './client.js'
import { JSON_HEADERS, jsonMessage, type Message } from './message.js'
import type { Random } from './random.js'
import { onProgram, type Target, type Workload } from './run.js'

const LANES = 2
/** So many requests, and the code of the program is loaded. */
const WARM_REQUESTS = 100
const LIMIT_BYTES = 8_000_000
const NUMBER = '/v2/accounts/d0c0ffeed0c0ffeed0c0ffeed0c0ffee/phone_numbers/%2B14155234712'
/**
 * The journal keeps 64 MB at most. A body under way is there as bytes, text, value and answer, of which the value of `[1,1,…]` takes
 * four times the bytes of its text (7 × 8 MB), and its sandbox keeps it as a row, with the pages of the row before (2 × 8 MB). There are
 * two lanes, and the collector may be one round late: 64 + 2 × 2 × 56 + 2 × 16. A journal that keeps whole bodies passes
 * this within 40 of them.
 */
const HELD_MEGABYTES = 320
/** All of it is there after the first third of the run. */
const GROWTH_MEGABYTES = 64

/** Bodies of the size of the limit: memory stays flat, whatever keeps them. */
export const large: Workload = {
  name: 'large',
  says: 'bodies of 8 MB',
  share: 3,
  run: (run) =>
    onProgram(run, { growthMegabytes: GROWTH_MEGABYTES, heldMegabytes: HELD_MEGABYTES }, async (target) => {
      const client = new Client(target, 'small')
      for (let i = 0; i < WARM_REQUESTS; i++) await client.ask(jsonMessage('GET', '/__admin/state'), 'admin')
      client.close()
      target.memory.mark()
      await Promise.all(Array.from({ length: LANES }, (_, i) => workInLane(target, `large-${i}`)))
    })
}

async function workInLane(target: Target, lane: string): Promise<void> {
  const random = target.run.random.fork(lane)
  const client = new Client(target, lane)
  while (target.goesOn()) {
    const [form, draw] = random.pick(BODIES)
    const message = draw(random)
    // A body beyond the limit may be refused before it is sent whole.
    await client.ask(inSandbox(lane, message), form, (message.body?.length ?? 0) > LIMIT_BYTES)
    if (random.once(10)) await client.ask(inSandbox(lane, jsonMessage('GET', '/__admin/requests?limit=1')), 'admin')
  }
  client.close()
}

const inSandbox = (name: string, message: Message): Message => ({
  ...message,
  target: `/sandboxes/${name}${message.target}`
})

/** Fills a text up to a number of bytes, between what stands before and after. */
function filled(method: string, target: string, before: string, filling: string, after: string, size: number): Message {
  const room = size - Buffer.byteLength(before) - Buffer.byteLength(after)
  const times = Math.floor(room / Buffer.byteLength(filling))
  return { method, target, headers: JSON_HEADERS, body: Buffer.from(before + filling.repeat(times) + after) }
}

/** Just within the limit, or a byte or more beyond. */
const size = (random: Random) =>
  random.once(5) ? LIMIT_BYTES + 1 + random.below(1_000_000) : LIMIT_BYTES - random.below(2_000)

type Draw = (random: Random) => Message
type Row = readonly [form: 'api' | 'admin', draw: Draw]

const BODIES: readonly [Row, ...Row[]] = [
  ['api', (random) => filled('POST', NUMBER, '{"data":{"note":"', 'x', '"}}', size(random))],
  ['api', (random) => filled('POST', NUMBER, '{"data":{"note":"', 'é', '"}}', size(random))],
  ['api', (random) => filled('POST', NUMBER, '{"data":{"note":"', '日本', '"}}', size(random))],
  ['api', (random) => filled('POST', NUMBER, '{"data":{"note":[1', ',1', ']}}', size(random))],
  ['api', (random) => filled('POST', NUMBER, '{"data":{"note":"', '\\u0041', '"}}', size(random))],
  ['api', (random) => filled('PUT', `${NUMBER}/activate`, '{"data":', ' ', '{}}', size(random))],
  ['api', (random) => filled('POST', '/v2/nothing', '', '[', '', size(random))],
  ['api', (random) => filled('PUT', '/v2/user_auth', '{"data":{"credentials":"', 'c', '"}}', size(random))],
  ['admin', (random) => filled('POST', '/__admin/numbers', '[', '{"e164":"+14155550000"},', '{}]', size(random))],
  ['admin', (random) => filled('PUT', '/__admin/state', '{"version":1,"numbers":"', 'x', '"}', size(random))],
  ['admin', (random) => filled('PUT', '/__admin/snapshots/one', '{"version":1,"x":"', 'x', '"}', size(random))],
  ['admin', (random) => filled('POST', '/__admin/requests/find', '{"url":"', 'x', '"}', size(random))],
  [
    'admin',
    (random) =>
      filled('POST', '/__admin/requests/find', '{"bodyPatterns":[{"equalToJson":[1', ',1', ']}]}', size(random))
  ],
  ['admin', (random) => filled('POST', '/__admin/faults', '{"status":503,"account":"', '1', '"}', size(random))]
]
