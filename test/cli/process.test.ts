/** The program as a process of its own: ready line, signals, exit codes, pipes, files. */
import { once } from 'node:events'
import { Agent, request, type IncomingMessage } from 'node:http'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot, VERSION } from '../../src/package.js'
import { start, urlOf } from '../harness/built-program.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { runInProcess } from '../harness/run-in-process.js'

/** The program from its sources, as tap runs tests, so that src/main.ts counts as covered. */
const SOURCE = [...process.execArgv, join(packageRoot(), 'src', 'main.ts')]

const TOKEN = { 'X-Auth-Token': 'secret-token', 'Content-Type': 'application/json' }

t.test('It prints one line when it listens, and stops at a signal, also when my terminal closes', async (t) => {
  const file = join(t.testdir(), 'port')
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    const started = start(t, ['--port', '0', '--port-file', file])
    const url = await urlOf(started)
    t.match(url, /^http/, 'the ready line')
    t.equal((await fetch(`${url}/__admin/ready`)).status, 200)
    t.equal((await fetch(`${url}/v2/phone_numbers?prefix=415`)).status, 200)
    started.child.kill(signal)
    const line = `oneuc-emulator is listening on ${url}\n`
    t.same(await started.ended, { code: 0, signal: null, stdout: line, stderr: '' }, signal)
    t.notOk(existsSync(file), signal)
  }
})

t.test('With --json and --port-file, programs learn the port', async (t) => {
  const file = join(t.testdir(), 'port')
  const started = start(t, ['--port', '0', '--json', '--port-file', file])
  const { port, ...line } = JSON.parse(await started.ready) as { port: number }
  const url = `http://127.0.0.1:${port}`
  t.same(line, { event: 'listening', url, admin_url: url, pid: started.child.pid, version: VERSION })
  t.equal(readFileSync(file, 'utf8'), `${port}\n`)
  started.child.kill('SIGINT')
  t.equal((await started.ended).code, 0)
})

t.test('The admin API may have a port of its own', async (t) => {
  const started = start(t, ['--port', '0', '--admin-port', '0', '--json'])
  const { url, admin_url } = JSON.parse(await started.ready) as { url: string; admin_url: string }
  t.not(admin_url, url)
  t.equal((await fetch(`${admin_url}/__admin/ready`)).status, 200)
  t.equal((await fetch(`${url}/__admin/ready`)).status, 404, 'and is not where the API is')
  t.equal((await fetch(`${url}/v2/phone_numbers?prefix=415`)).status, 200)
  t.equal((await fetch(`${admin_url}/v2/phone_numbers?prefix=415`)).status, 404, 'nor the API where the admin API is')
  t.match(await (await fetch(`${admin_url}/__admin/requests`)).json(), { meta: { total: 2 } })
  started.child.kill('SIGTERM')
  t.match(await started.ended, { code: 0, stderr: '' })
})

t.test('Idle connections and delayed responses do not keep it from stopping', async (t) => {
  for (const signals of [['SIGTERM'], ['SIGINT'], ['SIGINT', 'SIGTERM']] as const) {
    const started = start(t, ['--port', '0'])
    const url = await urlOf(started)
    const agent = new Agent({ keepAlive: true })
    t.teardown(() => {
      agent.destroy()
    })
    const idle = request(`${url}/__admin/health`, { agent }).end()
    const [health] = (await once(idle, 'response')) as [IncomingMessage]
    await once(health.resume(), 'end')
    const waiting = request(`${url}/v2/accounts/${DEMO}/phone_numbers/%2B15005550504/activate`, {
      agent,
      method: 'PUT',
      headers: TOKEN
    })
    waiting.on('error', () => undefined).end('{"data":{}}')
    await once(waiting, 'finish')
    await fetch(`${url}/__admin/health`)
    // It is halted meanwhile, and takes both signals at once, however busy the machine is.
    for (const signal of ['SIGSTOP', ...signals, 'SIGCONT'] as const) started.child.kill(signal)
    t.match(await started.ended, { code: 0, signal: null, stderr: '' }, signals.join(' and '))
  }
})

t.test('Event streams, waits and delays do not keep it from stopping', async (t) => {
  for (const [signal, flags] of [
    ['SIGTERM', []],
    ['SIGINT', ['--admin-port', '0']]
  ] as const) {
    const started = start(t, ['--port', '0', '--json', ...flags])
    const { url, admin_url: admin = url } = JSON.parse(await started.ready) as { url: string; admin_url?: string }
    const post = (path: string, body: object) =>
      fetch(`${admin}${path}`, { method: 'POST', body: JSON.stringify(body) })
    const list = { headers: TOKEN }
    await post('/__admin/faults', { operation: 'list', delay_ms: 600_000 })
    const streams = [fetch(`${admin}/__admin/events`), fetch(`${admin}/sandboxes/mine/__admin/events`)]
    for (const { status } of await Promise.all(streams)) t.equal(status, 200)
    const hits = async () => {
      const { faults } = (await (await fetch(`${admin}/__admin/faults`)).json()) as { faults: { hits: number }[] }
      return faults[0]?.hits
    }
    const held = [
      post('/__admin/requests/wait', { operation: 'buy', timeout_ms: 600_000 }),
      post('/sandboxes/mine/__admin/requests/wait', { operation: 'buy', timeout_ms: 600_000 }),
      fetch(`${url}/v2/accounts/${DEMO}/phone_numbers`, list),
      fetch(`${url}/v2/phone_numbers?prefix=415`, { headers: { prefer: 'delay=600000' } })
    ].map((answer) => answer.then(({ status }) => status).catch(() => 'cut off'))
    while ((await hits()) !== 1);
    started.child.kill(signal)
    t.match(await started.ended, { code: 0, signal: null, stderr: '' }, signal)
    for (const answer of await Promise.all(held)) t.match(String(answer), /^(?:200|503|cut off)$/)
  }
})

t.test('A database file keeps the numbers across restarts', async (t) => {
  const db = join(t.testdir(), 'numbers.db')
  const numbers = `/v2/accounts/${DEMO}/phone_numbers`
  const before = start(t, ['--port', '0', '--db', db])
  const url = await urlOf(before)
  await fetch(`${url}/v2/phone_numbers?prefix=415`)
  const bought = await fetch(`${url}${numbers}/%2B14152338397/activate`, {
    method: 'PUT',
    headers: TOKEN,
    body: '{"data":{"mine":true}}'
  })
  t.equal(bought.status, 201)
  before.child.kill('SIGTERM')
  await before.ended

  const after = start(t, ['--port', '0', '--db', db])
  const kept = await fetch(`${await urlOf(after)}${numbers}/%2B14152338397`, { headers: TOKEN })
  t.match(await kept.json(), { data: { id: '+14152338397', state: 'in_service', mine: true } })
  after.child.kill('SIGTERM')
  t.equal((await after.ended).code, 0)
})

t.test('A database file belongs to one process until that has ended', async (t) => {
  const db = join(t.testdir(), 'numbers.db')
  const first = start(t, ['--port', '0', '--db', db])
  await urlOf(first)
  t.match(await runInProcess(['--port', '0', '--db', db]), {
    code: 2,
    stderr: /numbers\.db: another process uses it \(database is locked\)$/m
  })
  first.child.kill('SIGKILL')
  await first.ended
  const second = start(t, ['--port', '0', '--db', db])
  t.match(await urlOf(second), /^http/, 'however the first one ended')
  second.child.kill('SIGTERM')
  t.equal((await second.ended).code, 0)
})

t.test('At level info, it logs one line for each request, and never a token', async (t) => {
  const started = start(t, ['--port', '0', '--log-level', 'info'])
  const url = await urlOf(started)
  const list = `/v2/accounts/${DEMO}/phone_numbers`
  await fetch(`${url}${list}?auth_token=secret-token&page_size=1`, {
    headers: { Authorization: 'Bearer secret-token' }
  })
  await fetch(`${url}${list}`, { headers: TOKEN })
  await fetch(`${url}${list}`)
  started.child.kill('SIGTERM')
  const { code, stderr } = await started.ended
  t.equal(code, 0)
  t.notMatch(stderr, /secret-token/)
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string; url: string; status: number })
    .filter(({ msg }) => msg === 'answered')
  t.same(
    lines.map(({ url: path, status }) => [path, status]),
    [
      [`${list}?auth_token=[redacted]&page_size=1`, 200],
      [list, 200],
      [list, 401]
    ]
  )
})

t.test('A reader who closes the pipe ends it quietly', async (t) => {
  const { child, ended } = start(t, ['openapi'])
  child.stdout?.destroy()
  t.match(await ended, { code: 0, stderr: '' })
})

t.test('A wrong flag ends it with 2', async (t) => {
  const { ended } = start(t, ['--prot'], SOURCE)
  t.match(await ended, { code: 2, stdout: '', stderr: /did you mean "--port"\?/ })
})
