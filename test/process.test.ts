import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, createServer, request, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { run } from '../src/cli/run.js'
import { readyLine } from '../src/cli/serve.js'
import { stateTable } from '../src/numbering/number-state.js'
import {
  flagOf,
  nearest,
  NAMES,
  readSettings,
  SETTINGS,
  settingsHelp,
  settingsTable,
  UsageError,
  variableOf
} from '../src/settings.js'
import { VERSION } from '../src/package.js'
import { DEMO, emulatorFor } from './harness/emulator-under-test.js'
import { BUILT, SOURCE, start, urlOf } from './harness/started-program.js'

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

/** What the program says and returns when it is run within this process. */
async function outcomeOf(argv: readonly string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const said = { stdout: '', stderr: '' }
  const code = await run(argv, environment, {
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) }
  })
  return { code, ...said }
}

t.test('nothing need be set', async (t) => {
  t.same(readSettings({}, {}), Object.fromEntries(NAMES.map((name) => [name, SETTINGS[name].initial])))
  t.match(readSettings({}, {}), {
    host: '127.0.0.1',
    port: 8000,
    json: false,
    dialect: 'oneuc',
    auth: 'documented',
    accounts: 'auto',
    e911: 'streets',
    aging_seconds: 0,
    log_level: 'warn'
  })
})

t.test('everything can be set by flag and by environment', async (t) => {
  const settable: [name: (typeof NAMES)[number], written: string, value: unknown][] = [
    ['host', '0.0.0.0', '0.0.0.0'],
    ['port', '0', 0],
    ['port', '65535', 65_535],
    ['port_file', '/tmp/port', '/tmp/port'],
    ['json', 'true', true],
    ['json', '1', true],
    ['json', 'false', false],
    ['json', '0', false],
    ['db', 'numbers.db', 'numbers.db'],
    ['fixtures', './mine', './mine'],
    ['dialect', 'kazoo-4.3', 'kazoo-4.3'],
    ['auth', 'strict', 'strict'],
    ['auth', 'off', 'off'],
    ['accounts', 'known', 'known'],
    ['e911', 'permissive', 'permissive'],
    ['aging_seconds', '60', 60],
    ['token_seconds', '1', 1],
    ['seed', '42', 42],
    ['clock', '2024-01-31T12:00:00Z', 1_706_702_400_000],
    ['clock', '2024-01-31T13:00:00.5+01:00', 1_706_702_400_500],
    ['clock', '2024-01-31', 1_706_659_200_000],
    ['log_level', 'info', 'info']
  ]
  for (const [name, written, value] of settable) {
    t.equal(readSettings({ [flagOf(name)]: written }, {})[name], value, `--${flagOf(name)} ${written}`)
    t.equal(readSettings({}, { [variableOf(name)]: written })[name], value, `${variableOf(name)}=${written}`)
  }
  for (const name of NAMES) t.match(variableOf(name), /^ONEUC_EMULATOR_[A-Z0-9_]+$/, name)
  t.equal(readSettings({ json: true }, {}).json, true)
})

t.test('a flag goes before a variable, and that before PORT', async (t) => {
  const environment = { ONEUC_EMULATOR_PORT: '2', PORT: '3' }
  t.equal(readSettings({ port: '1' }, environment).port, 1)
  t.equal(readSettings({}, environment).port, 2)
  t.equal(readSettings({}, { PORT: '3' }).port, 3)
  t.equal(readSettings({ json: false }, { ONEUC_EMULATOR_JSON: 'true' }).json, false)
})

t.test('an empty variable is one that nobody set', async (t) => {
  const empty = Object.fromEntries([...NAMES.map(variableOf), 'PORT'].map((variable) => [variable, '']))
  t.same(readSettings({}, empty), readSettings({}, {}))
  t.equal(readSettings({}, { ONEUC_EMULATOR_PORT: '', PORT: '3' }).port, 3)
})

t.test('what Kubernetes says of a service of this name is no setting', async (t) => {
  const links = {
    ONEUC_EMULATOR_PORT: 'tcp://10.0.0.1:8000',
    ONEUC_EMULATOR_PORT_8000_TCP: 'tcp://10.0.0.1:8000',
    ONEUC_EMULATOR_PORT_8000_TCP_ADDR: '10.0.0.1',
    ONEUC_EMULATOR_PORT_8000_TCP_PORT: '8000',
    ONEUC_EMULATOR_PORT_8000_TCP_PROTO: 'tcp',
    ONEUC_EMULATOR_SERVICE_HOST: '10.0.0.1',
    ONEUC_EMULATOR_SERVICE_PORT: '8000',
    ONEUC_EMULATOR_SERVICE_PORT_HTTP: '8000',
    ONEUC_EMULATOR_ADMIN_PORT: 'tcp://10.0.0.2:9000',
    ONEUC_EMULATOR_ADMIN_SERVICE_HOST: '10.0.0.2'
  }
  t.same(readSettings({}, links), readSettings({}, {}))
  t.equal(readSettings({}, { ...links, PORT: '3' }).port, 3, 'and leaves PORT to be read')
  t.equal(readSettings({ port: '1' }, links).port, 1)
  t.same(await outcomeOf(['states'], { ...links, ONEUC_EMULATOR_SEED: '1' }), {
    code: 0,
    stdout: `${stateTable()}\n`,
    stderr: `oneuc-emulator: ignored what Kubernetes says of its services: ${Object.keys(links).join(', ')}\n`
  })
  for (const [variable, value] of [
    ['ONEUC_EMULATOR_PORT', 'http://10.0.0.1:8000'],
    ['ONEUC_EMULATOR_SEED', 'tcp://10.0.0.1:8000'],
    ['ONEUC_EMULATOR_SERVICE', '10.0.0.1']
  ] as const) {
    t.throws(() => readSettings({}, { [variable]: value }), { name: 'UsageError' }, variable)
  }
})

t.test('what cannot be read is refused, all of it at once', async (t) => {
  const unreadable: [flags: Record<string, string>, environment: Record<string, string>, said: string][] = [
    [{ port: 'http' }, {}, '--port: "http" is not a whole number from 0 to 65535'],
    [{ port: '65536' }, {}, '--port: "65536" is not a whole number from 0 to 65535'],
    [{ port: '-1' }, {}, '--port: "-1" is not a whole number from 0 to 65535'],
    [{ port: '1e3' }, {}, '--port: "1e3" is not a whole number from 0 to 65535'],
    [{}, { PORT: 'x' }, 'PORT: "x" is not a whole number from 0 to 65535'],
    [{}, { ONEUC_EMULATOR_PORT: 'x' }, 'ONEUC_EMULATOR_PORT: "x" is not a whole number from 0 to 65535'],
    [{ 'token-seconds': '0' }, {}, '--token-seconds: "0" is not a whole number from 1 to 2147483647'],
    [{ dialect: 'kazoo' }, {}, '--dialect: "kazoo" is not one of oneuc, kazoo-4.3'],
    [{ auth: 'toString' }, {}, '--auth: "toString" is not one of documented, strict, off'],
    [{}, { ONEUC_EMULATOR_JSON: 'yes' }, 'ONEUC_EMULATOR_JSON: "yes" is not true or false'],
    [{}, { ONEUC_EMULATOR_JSON: 'constructor' }, 'ONEUC_EMULATOR_JSON: "constructor" is not true or false'],
    [{ db: '' }, {}, '--db: "" is not a path'],
    [{ host: '' }, {}, '--host: "" is not a text'],
    [{ clock: 'tomorrow 5' }, {}, '--clock: "tomorrow 5" is not a time such as 2024-01-31T12:00:00Z'],
    [{ clock: '2024-13-31' }, {}, '--clock: "2024-13-31" is not a time such as 2024-01-31T12:00:00Z'],
    [{ clock: '2024-01-31T12:00:00' }, {}, '--clock: "2024-01-31T12:00:00" is not a time such as 2024-01-31T12:00:00Z'],
    [
      {},
      { ONEUC_EMULATOR_DIALEKT: 'x' },
      'ONEUC_EMULATOR_DIALEKT is not a setting; did you mean ONEUC_EMULATOR_DIALECT?'
    ],
    [{}, { ONEUC_EMULATOR_: 'x' }, 'ONEUC_EMULATOR_ is not a setting; did you mean ONEUC_EMULATOR_DB?']
  ]
  for (const [flags, environment, said] of unreadable) {
    t.throws(() => readSettings(flags, environment), { name: 'UsageError', message: said }, said)
  }
  const flags = Object.assign({}, ...unreadable.slice(7, 9).map(([one]) => one)) as Record<string, string>
  t.throws(
    () => readSettings({ ...flags, port: 'x' }, { ONEUC_EMULATOR_SEED: 'x', ONEUC_EMULATOR_PROT: '1' }),
    new UsageError(
      [
        'ONEUC_EMULATOR_PROT is not a setting; did you mean ONEUC_EMULATOR_PORT?',
        '--port: "x" is not a whole number from 0 to 65535',
        '--dialect: "kazoo" is not one of oneuc, kazoo-4.3',
        '--auth: "toString" is not one of documented, strict, off',
        'ONEUC_EMULATOR_SEED: "x" is not a whole number from 0 to 2147483647'
      ].join('\n')
    )
  )
  t.same(readSettings({}, { ONEUC: 'x', ONEUC_BASE_URL: 'x', NODE_ENV: 'x' }), readSettings({}, {}), 'others may be')
})

t.test('the nearest name is the one that takes the fewest changes', async (t) => {
  const names = ['port', 'port-file', 'json', 'db']
  const nearests: [written: string, meant: string][] = [
    ['prot', 'port'],
    ['portfile', 'port-file'],
    ['jsno', 'json'],
    ['d', 'db'],
    ['port', 'port'],
    ['', 'db']
  ]
  for (const [written, meant] of nearests) t.equal(nearest(written, names), meant, written)
})

t.test('the help and the table of the README say the same', async (t) => {
  const help = settingsHelp().split('\n')
  const table = settingsTable().split('\n').slice(2)
  t.equal(help.length, NAMES.length)
  t.equal(table.length, NAMES.length)
  for (const [i, name] of NAMES.entries()) {
    for (const line of [help[i], table[i]]) {
      t.ok(line?.includes(`--${flagOf(name)}`), `${name}: flag`)
      t.ok(line?.includes(variableOf(name)), `${name}: variable`)
      t.ok(line?.includes(SETTINGS[name].help), `${name}: help`)
    }
  }
  t.match(settingsHelp(), /^ {2}--port N +port to listen on; 0 takes a free one \(ONEUC_EMULATOR_PORT; 8000\)$/m)
  t.match(settingsHelp(), /^ {2}--json +print the ready line as a JSON object \(ONEUC_EMULATOR_JSON; false\)$/m)
  t.match(
    settingsTable(),
    /^\| `--db FILE` \| `ONEUC_EMULATOR_DB` \| in memory \| keep the numbers in this SQLite file \|$/m
  )
  t.match(settingsTable(), /^\| `--auth documented\\\|strict\\\|off` \|/m)
  t.match(settingsTable(), /^\| `--port-file FILE` \| `ONEUC_EMULATOR_PORT_FILE` \| none \|/m)
})

t.test('help, version and the table of states go to standard output', async (t) => {
  for (const argv of [['--help'], ['-h'], ['serve', '--help'], ['--port', 'x', '--help']]) {
    const { code, stdout, stderr } = await outcomeOf(argv)
    t.same([code, stderr], [0, ''], argv.join(' '))
    for (const said of [
      'oneuc-emulator [command] [flags]',
      '  serve ',
      '  healthcheck ',
      '  states ',
      settingsHelp()
    ]) {
      t.ok(stdout.includes(said), `${argv.join(' ')} says ${said.split('\n')[0] ?? ''}`)
    }
  }
  t.same(await outcomeOf(['--version']), { code: 0, stdout: `${VERSION}\n`, stderr: '' })
  t.same(await outcomeOf(['states']), { code: 0, stdout: `${stateTable()}\n`, stderr: '' })
})

t.test('what is asked wrongly is answered with 2 and what was meant', async (t) => {
  const folder = t.testdir({
    'notes.db': 'this is no database, but long enough to be looked at\n'.repeat(100),
    fixtures: {
      'accounts.json': '[{"id": "short"}]',
      'numbers.json': '[{"e164": "+14155550100", "state": "sold"}',
      'streets.json': '{"streets": [{}]}'
    },
    'charges.json': '[{"category": "phone_numbers", "item": "did", "rate": -1, "activation_charge": 1}]'
  })
  const wrong: [argv: string[], environment: Record<string, string>, said: RegExp][] = [
    [['--prot', '1'], {}, /^oneuc-emulator: --prot is not a flag; did you mean --port\?$/m],
    [['--no-prot'], {}, /^oneuc-emulator: --no-prot is not a flag; did you mean --/m],
    [['-x'], {}, /^oneuc-emulator: Unknown option '-x'/m],
    [['--port'], {}, /^oneuc-emulator: Option '--port <value>' argument missing$/m],
    [['--json=yes'], {}, /^oneuc-emulator: Option '--json' does not take an argument$/m],
    [['sevre'], {}, /^oneuc-emulator: sevre is not a command; did you mean serve\?$/m],
    [['toString'], {}, /^oneuc-emulator: toString is not a command; did you mean /m],
    [['serve', 'now', 'please'], {}, /^oneuc-emulator: unexpected argument now please$/m],
    [['states'], { ONEUC_EMULATOR_PROT: '1' }, /did you mean ONEUC_EMULATOR_PORT\?$/m],
    [['--db', join(folder, 'notes.db')], {}, /^oneuc-emulator: .*notes\.db: file is not a database$/m],
    [['--fixtures', join(folder, 'none')], {}, /^oneuc-emulator: .*none: there is no such folder$/m],
    [['--charges', join(folder, 'charges.json')], {}, /charges\.json \/0\/rate: must be >= 0$/m],
    [['--port', '0', '--port-file', join(folder, 'none', 'port')], {}, /ENOENT: no such file or directory, open/],
    [['--host', '203.0.113.1', '--port', '0'], {}, /^oneuc-emulator: listen EADDRNOTAVAIL/m]
  ]
  for (const [argv, environment, said] of wrong) {
    const { code, stdout, stderr } = await outcomeOf(argv, environment)
    t.same([code, stdout], [2, ''], argv.join(' '))
    t.match(stderr, said, String(said))
  }
  t.match((await outcomeOf(['--prot'])).stderr, /^Try oneuc-emulator --help\.$/m)
  const { code, stderr } = await outcomeOf(['--fixtures', join(folder, 'fixtures')])
  t.equal(code, 2)
  t.match(stderr, /accounts\.json \/0\/id: must NOT have fewer than 32 characters$/m, 'every fault is listed')
  t.match(stderr, /accounts\.json \/0: must have required property 'token'$/m)
  t.match(stderr, /numbers\.json: SyntaxError: /)
  t.match(stderr, /streets\.json \/streets\/0\/id: must be /)
})

t.test('a port that is taken is said with 2', async (t) => {
  const { port } = await listening(t, createServer())
  const { code, stdout, stderr } = await outcomeOf(['--port', String(port)])
  t.same([code, stdout], [2, ''])
  t.match(
    stderr,
    new RegExp(`^oneuc-emulator: listen EADDRINUSE: address already in use 127\\.0\\.0\\.1:${port}$`, 'm')
  )
})

t.test('what is nobody’s mistake is thrown', async (t) => {
  const stdout = {
    write() {
      throw new Error('the pipe is closed')
    }
  }
  await t.rejects(run(['--version'], {}, { stdout, stderr: stdout }), /the pipe is closed/)
})

/** A server on a free port, closed with the test. */
async function listening(t: Test, server: Server): Promise<{ port: number }> {
  server.listen(0, '127.0.0.1')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return server.address() as AddressInfo
}

t.test('a health check is 0 when the emulator is ready and 1 when it is not', async (t) => {
  const { listen } = await emulatorFor(t)
  const ready = await listen()
  t.same(await outcomeOf(['healthcheck', '--port', String(ready)]), { code: 0, stdout: '', stderr: '' })
  for (const host of ['0.0.0.0', '::']) {
    t.equal(
      (await outcomeOf(['healthcheck', '--host', host], { PORT: String(ready) })).code,
      0,
      `${host} is asked here`
    )
  }
  const unready = createServer((_request, response) => {
    response.writeHead(503).end()
  })
  const { port: busy } = await listening(t, unready)
  t.same(await outcomeOf(['healthcheck', '--port', String(busy)]), {
    code: 1,
    stdout: '',
    stderr: `not ready: status 503 from 127.0.0.1:${busy}\n`
  })
  const gone = createServer()
  const { port: free } = await listening(t, gone)
  gone.close()
  await once(gone, 'close')
  t.same(await outcomeOf(['healthcheck', '--port', String(free)]), {
    code: 1,
    stdout: '',
    stderr: `not ready: no answer from 127.0.0.1:${free}\n`
  })
  const { port: silent } = await listening(
    t,
    createServer(() => undefined)
  )
  t.equal((await outcomeOf(['healthcheck', '--port', String(silent)])).code, 1, 'and does not wait for ever')
})

const TOKEN = { 'X-Auth-Token': 'secret-token', 'Content-Type': 'application/json' }

t.test('it listens, says so in one line and nothing else, and stops on a signal', async (t) => {
  const started = start(t, ['--port', '0'])
  const url = await urlOf(started)
  t.match(url, /^http/, 'the ready line')
  t.equal((await fetch(`${url}/__admin/ready`)).status, 200)
  t.equal((await fetch(`${url}/v2/phone_numbers?prefix=415`)).status, 200)
  started.child.kill('SIGTERM')
  const line = `oneuc-emulator is listening on ${url}\n`
  t.same(await started.ended, { code: 0, signal: null, stdout: line, stderr: '' })
})

t.test('it says where it listens to programs too', async (t) => {
  const file = join(t.testdir(), 'port')
  const started = start(t, ['--port', '0', '--json', '--port-file', file])
  const line = JSON.parse(await started.ready) as { port: number }
  t.same(line, { event: 'listening', url: `http://127.0.0.1:${line.port}`, port: line.port, version: VERSION })
  t.equal(readFileSync(file, 'utf8'), `${line.port}\n`)
  started.child.kill('SIGINT')
  t.equal((await started.ended).code, 0)
})

t.test('the ready line names the address as a client writes it', async (t) => {
  const lines: [host: string, json: boolean, ports: { api: number; admin?: number }, line: string][] = [
    ['127.0.0.1', false, { api: 8000 }, 'oneuc-emulator is listening on http://127.0.0.1:8000'],
    ['0.0.0.0', false, { api: 8000, admin: 9000 }, 'oneuc-emulator is listening on http://0.0.0.0:8000'],
    ['::1', false, { api: 8000 }, 'oneuc-emulator is listening on http://[::1]:8000'],
    ['::1', true, { api: 8000 }, `{"event":"listening","url":"http://[::1]:8000","port":8000,"version":"${VERSION}"}`]
  ]
  for (const [host, json, ports, line] of lines) t.equal(readyLine({ host, json }, ports), line)
})

t.test('the admin API may have a port of its own', async (t) => {
  const started = start(t, ['--port', '0', '--admin-port', '0', '--json'], SOURCE)
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

t.test('nobody who waits or stays connected keeps it from stopping', async (t) => {
  for (const signals of [['SIGTERM'], ['SIGINT'], ['SIGINT', 'SIGTERM']] as const) {
    const started = start(t, ['--port', '0'], signals.length > 1 ? SOURCE : BUILT)
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
    for (const signal of signals) started.child.kill(signal)
    // It would return 1 if it took longer than its 400 milliseconds.
    t.match(await started.ended, { code: 0, signal: null, stderr: '' }, signals.join(' and '))
  }
})

t.test('nobody who listens, waits for a request or for a late answer keeps it from stopping', async (t) => {
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
    for (const answer of await Promise.all(held)) t.match(String(answer), /^(?:200|408|cut off)$/)
  }
})

t.test('a database file keeps the numbers across restarts', async (t) => {
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

t.test('a database file is that of one process, until that is over', async (t) => {
  const db = join(t.testdir(), 'numbers.db')
  const first = start(t, ['--port', '0', '--db', db])
  await urlOf(first)
  t.match(await outcomeOf(['--port', '0', '--db', db]), {
    code: 2,
    stderr: /numbers\.db: another process uses it \(database is locked\)$/m
  })
  first.child.kill('SIGKILL')
  await first.ended
  const second = start(t, ['--port', '0', '--db', db])
  t.match(await urlOf(second), /^http/, 'however it ended')
  second.child.kill('SIGTERM')
  t.equal((await second.ended).code, 0)
})

t.test('it logs a line a request when it is told to, and never a token', async (t) => {
  const started = start(t, ['--port', '0', '--log-level', 'info'], SOURCE)
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

t.test('whoever has read enough of what it prints ends it, and not with a defect', async (t) => {
  const { child, ended } = start(t, ['openapi'], SOURCE)
  child.stdout?.destroy()
  t.match(await ended, { code: 0, stderr: '' })
})

t.test('the built program says what is wrong and returns 2', async (t) => {
  const { ended } = start(t, ['--prot'], SOURCE)
  t.match(await ended, { code: 2, stdout: '', stderr: /did you mean --port\?/ })
})
