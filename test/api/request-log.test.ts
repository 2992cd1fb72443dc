/** The log has one line for each request: JSON for programs, text for people. */
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { createLogger } from '../../src/api/logger.js'
import { composeEmulator } from '../../src/emulator.js'
import type { Settings } from '../../src/settings.js'
import { readSettings } from '../../src/text/read-settings.js'
import { DEMO } from '../harness/emulator-under-test.js'

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const ACTIVATE = `${NUMBERS}/%2B14152338397/activate`
const TOKEN = { 'x-auth-token': 'demo-token' }

interface Line {
  level: number
  msg: string
  request_id?: string
  milliseconds?: number
  [fact: string]: unknown
}

async function logged(t: Test, level: string, settings: Partial<Settings> = {}) {
  const lines: Line[] = []
  const logger = pino({ level }, { write: (line) => lines.push(JSON.parse(line) as Line) })
  const emulator = await composeEmulator({ ...readSettings({}, {}), ...settings }, logger)
  t.teardown(emulator.close)
  /** Returns the lines about requests without what differs from run to run, once there are as many. */
  async function answered(count: number) {
    const found = () => lines.filter(({ msg }) => msg === 'answered')
    while (found().length < count) await new Promise((resolve) => setImmediate(resolve))
    return found().map(({ milliseconds, time: _, pid: _pid, hostname: _host, msg: _msg, ...line }) => {
      t.type(milliseconds, 'number')
      return line
    })
  }
  return { ...emulator, lines, answered }
}

const [DEBUG, INFO] = [20, 30]

t.test('Each request has one line with its id, sandbox, operation and outcome', async (t) => {
  const { app, answered } = await logged(t, 'info')
  const calls = [
    { url: '/v2/phone_numbers?prefix=415&auth_token=secret' },
    { method: 'PUT', url: `/sandboxes/mine${ACTIVATE}`, headers: TOKEN },
    { url: `${NUMBERS}/carriers_info`, headers: { ...TOKEN, 'x-request-id': 'build-17' } },
    { url: '/v2/nothing' },
    { url: '/v2/phone_numbers?prefix=415', headers: { prefer: 'example=too_many_requests' } },
    { method: 'POST', url: `${NUMBERS}?verb=GET`, headers: TOKEN, payload: { data: {} } },
    { method: 'POST', url: '/__admin/reset', headers: { 'x-request-id': 'mine' } },
    { url: '/sandboxes/mine/__admin/clock' },
    { url: '/__admin/clock', headers: { host: 'evil.example' } },
    { url: '/docs' },
    { url: '/sandboxes/-wrong/v2/phone_numbers?prefix=415' }
  ] as const
  const ids: unknown[] = []
  for (const call of calls) ids.push((await app.inject(call)).headers['x-request-id'])
  const lines = await answered(calls.length)
  t.strictSame(
    lines.map(({ request_id }) => request_id),
    ids,
    'the id is that of the answer'
  )
  t.equal(new Set(ids).size, calls.length)
  t.match(ids, [
    /^\w{32}$/,
    /^\w{32}$/,
    'build-17',
    /^\w{32}$/,
    /^\w{32}$/,
    /^\w{32}$/,
    'mine',
    /^req-/,
    /^req-/,
    /^req-/,
    /^\w{32}$/
  ])
  const api = { level: INFO, sandbox: 'default' }
  t.match(lines, [
    { ...api, method: 'GET', status: 200, operation: 'search', outcome: 'success', url: /auth_token=\[redacted\]$/ },
    { ...api, method: 'PUT', status: 500, sandbox: 'mine', operation: 'buy', outcome: 'missing_provider_url' },
    { ...api, status: 200, request_id: 'build-17' },
    { ...api, status: 404, outcome: 'not_found' },
    { ...api, status: 429, operation: 'search', outcome: 'too_many_requests', fault: 'too_many_requests' },
    { ...api, method: 'POST', status: 200, operation: 'list', outcome: 'success' },
    { ...api, method: 'POST', status: 200, url: '/__admin/reset' },
    { ...api, status: 200, sandbox: 'mine', url: '/__admin/clock' },
    { ...api, status: 403, url: '/__admin/clock' },
    { ...api, status: 200, url: '/docs' },
    { ...api, status: 400, outcome: 'sandbox_malformed' }
  ])
  t.equal(lines.length, calls.length, 'and no other line')
})

t.test('A request whose connection breaks has a line, too', async (t) => {
  const { listen, sandboxes, answered } = await logged(t, 'info')
  const url = `http://127.0.0.1:${await listen({ host: '127.0.0.1', port: 0 })}`
  sandboxes.default.faults.add({ name: 'reset', fault: 'CONNECTION_RESET_BY_PEER', operation: 'list' })
  sandboxes.default.faults.add({ name: 'cut', truncate_bytes: 5, operation: 'read' })
  await t.rejects(fetch(url + NUMBERS, { headers: TOKEN }))
  await t.rejects(fetch(`${url}${NUMBERS}/%2B14155234712`, { headers: TOKEN }).then((response) => response.text()))
  const after = { operation: 'list', phase: 'after' } as const
  for (const rule of [{ status: 503 }, { fault: 'EMPTY_RESPONSE' as const }]) {
    sandboxes.default.faults.restore([])
    sandboxes.default.faults.add({ ...after, ...rule, name: 'lost' })
    await fetch(url + NUMBERS, { headers: TOKEN }).catch(() => undefined)
  }
  const stream = await fetch(`${url}/__admin/events`)
  await stream.body?.cancel()
  t.match(await answered(5), [
    { status: 0, operation: 'list', outcome: undefined, fault: 'reset', fault_phase: undefined },
    { status: 200, operation: 'read', outcome: 'success', fault: 'cut', fault_phase: 'after', answered: null },
    { status: 503, outcome: 'success', fault: 'lost', fault_phase: 'after', answered: 'datastore_unreachable' },
    { status: 0, outcome: 'success', fault: 'lost', fault_phase: 'after', answered: null },
    { status: 200, url: '/__admin/events', request_id: String(stream.headers.get('x-request-id')) }
  ])
})

t.test('Probes are logged at debug only', async (t) => {
  for (const [level, expected] of [
    ['info', [INFO]],
    ['debug', [DEBUG, DEBUG, INFO]],
    ['warn', []]
  ] as const) {
    const { app, answered } = await logged(t, level)
    for (const url of ['/__admin/ready', '/__admin/health', '/__admin/clock']) await app.inject(url)
    const levels = (await answered(expected.length)).map((line) => line.level)
    t.strictSame(levels, expected, level)
  }
})

t.test('With a port of its own, the admin API logs one line for each call, too', async (t) => {
  const { adminApp, answered } = await logged(t, 'info', { adminPort: 0 })
  await adminApp?.inject({ method: 'POST', url: '/__admin/reset' })
  t.match(await answered(1), [{ url: '/__admin/reset', sandbox: 'default' }])
})

t.test('A defect is logged with its stack and the id of the request', async (t) => {
  const { app, sandboxes, lines } = await logged(t, 'warn')
  t.capture(sandboxes.default.store.numbers, 'find', () => {
    throw new Error('the disk is full')
  })
  const url = `${NUMBERS}/%2B14155234712`
  const { headers } = await app.inject({ url, headers: TOKEN })
  t.match(lines, [
    { request_id: headers['x-request-id'], err: { message: 'the disk is full', stack: /store|find|at / } }
  ])
})

t.test('On a terminal, the log is for people, and JSON everywhere else', async (t) => {
  const logTo = (isTerminal: boolean) => {
    const lines: string[] = []
    const logger = createLogger('info', isTerminal, { write: (line) => lines.push(line) })
    logger.warn({ sandbox: 'mine' }, 'dropped it')
    logger.info({ method: 'GET', url: '/a\u009bb', status: 200, operation: 'search' }, 'answered')
    logger.error({ request_id: '17', err: new Error('a defect') })
    logger.debug('nothing')
    return lines
  }
  const [dropped, answered, defect, ...others] = logTo(true)
  const time = /^\d\d:\d\d:\d\d\.\d{3}Z /
  for (const line of [dropped, answered, defect]) t.match(line, time)
  t.equal(dropped?.replace(time, ''), 'warn  dropped it sandbox=mine\n')
  t.equal(answered?.replace(time, ''), 'info  GET /a?b 200 operation=search\n', 'without what would steer the terminal')
  t.match(defect?.replace(time, ''), /^error a defect request_id=17\nError: a defect\n +at /)
  t.strictSame(others, [])
  const json = logTo(false).map((line) => JSON.parse(line) as Line)
  t.match(json, [{ msg: 'dropped it' }, { msg: 'answered', status: 200 }, { msg: 'a defect' }])
})
