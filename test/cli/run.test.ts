import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import t, { type Test } from 'tap'
import { settingsHelp } from '../../src/cli/flags.js'
import { healthcheck } from '../../src/cli/healthcheck.js'
import { run } from '../../src/cli/run.js'
import { placesText, readyText } from '../../src/cli/serve.js'
import { paintFor } from '../../src/cli/colour.js'
import { endAfterCrash, endWithoutReader, keepCompiledCode } from '../../src/cli/process.js'
import { stateTable } from '../../src/numbering/number-state.js'
import { VERSION } from '../../src/package.js'
import { readSettings } from '../../src/text/read-settings.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { runInProcess } from '../harness/run-in-process.js'

t.test('Help, version and the table of states go to standard output', async (t) => {
  for (const argv of [['--help'], ['-h'], ['serve', '--help'], ['--port', 'x', '--help']]) {
    const { code, stdout, stderr } = await runInProcess(argv)
    t.same([code, stderr], [0, ''], argv.join(' '))
    for (const said of [
      'oneuc-emulator [command] [flags]',
      '  serve ',
      '  healthcheck ',
      '  states ',
      '  delay=MILLISECONDS ',
      'is ONEUC_EMULATOR_PORT_FILE.',
      settingsHelp()
    ]) {
      t.ok(stdout.includes(said), `${argv.join(' ')} says ${said.split('\n')[0] ?? ''}`)
    }
    t.strictSame(
      stdout.split('\n').filter((line) => line.length > 80),
      [],
      'it fits a terminal of 80 columns'
    )
  }
  t.same(await runInProcess(['--version']), { code: 0, stdout: `${VERSION}\n`, stderr: '' })
  t.same(await runInProcess(['states']), { code: 0, stdout: `${stateTable()}\n`, stderr: '' })
})

t.test('Service variables of Kubernetes are ignored with a note', async (t) => {
  const links = { ONEUC_EMULATOR_PORT: 'tcp://10.0.0.1:8000', ONEUC_EMULATOR_SERVICE_HOST: '10.0.0.1' }
  t.same(await runInProcess(['states'], { ...links, ONEUC_EMULATOR_RANDOM_SEED: '1' }), {
    code: 0,
    stdout: `${stateTable()}\n`,
    stderr: `oneuc-emulator: ignored the service variables of Kubernetes: ${Object.keys(links).join(', ')}\n`
  })
})

t.test('A mistake ends the program with 2 and a suggestion', async (t) => {
  const folder = t.testdir({
    'notes.db': 'this is no database, but long enough to be looked at\n'.repeat(100),
    fixtures: {
      'accounts.json': '[{"id": "short"}]',
      'numbers.json': '[{"e164": "+14155550100", "state": "sold"}',
      'streets.json': '{"streets": [{}]}'
    },
    'charges.json': '[{"category": "phone_numbers", "item": "did", "rate": -1, "activation_charge": 1}]'
  })
  const wrong: [argv: string[], environment: Record<string, string>, message: RegExp][] = [
    [['--prot', '1'], {}, /^oneuc-emulator: --prot is not a flag; did you mean "--port"\?$/m],
    [['--seed', '1'], {}, /^oneuc-emulator: --seed is not a flag; did you mean "--random-seed"\?$/m],
    [['--hlep'], {}, /did you mean "--help"\?$/m],
    [['--no-prot'], {}, /^oneuc-emulator: --no-prot is not a flag; there are --host, --port, .*, --version$/m],
    [['-x'], {}, /^oneuc-emulator: Unknown option '-x'/m],
    [['--port'], {}, /^oneuc-emulator: Option '--port <value>' argument missing$/m],
    [['--json=yes'], {}, /^oneuc-emulator: Option '--json' does not take an argument$/m],
    [['sevre'], {}, /^oneuc-emulator: sevre is not a command; did you mean "serve"\?$/m],
    [['toString'], {}, /^oneuc-emulator: toString is not a command; there are serve, healthcheck, .*, states$/m],
    [['serve', 'now', 'please'], {}, /^oneuc-emulator: unexpected argument now please$/m],
    [['states'], { ONEUC_EMULATOR_PROT: '1' }, /did you mean "ONEUC_EMULATOR_PORT"\?$/m],
    [['--db', join(folder, 'notes.db')], {}, /^oneuc-emulator: .*notes\.db: file is not a database$/m],
    [['--fixtures', join(folder, 'none')], {}, /^oneuc-emulator: .*none: there is no such folder$/m],
    [['--charges', join(folder, 'charges.json')], {}, /charges\.json \/0\/rate: must be >= 0$/m],
    [['--port', '0', '--port-file', join(folder, 'none', 'port')], {}, /ENOENT: no such file or directory, open/],
    [['--host', '203.0.113.1', '--port', '0'], {}, /^oneuc-emulator: listen EADDRNOTAVAIL/m]
  ]
  for (const [argv, environment, message] of wrong) {
    const { code, stdout, stderr } = await runInProcess(argv, environment)
    t.same([code, stdout], [2, ''], argv.join(' '))
    t.match(stderr, message, String(message))
  }
  t.match((await runInProcess(['--prot'])).stderr, /^Try oneuc-emulator --help\.$/m)
  const { code, stderr } = await runInProcess(['--fixtures', join(folder, 'fixtures')])
  t.equal(code, 2)
  t.match(stderr, /accounts\.json \/0\/id: must NOT have fewer than 32 characters$/m, 'every fault is listed')
  t.match(stderr, /accounts\.json \/0: must have required property 'token'$/m)
  t.match(stderr, /numbers\.json: SyntaxError: /)
  t.match(stderr, /streets\.json \/streets\/0\/id: must be /)
})

t.test('A port that is taken ends the program with 2', async (t) => {
  const { port } = await listening(t, createServer())
  const { code, stdout, stderr } = await runInProcess(['--port', String(port)])
  t.same([code, stdout], [2, ''])
  t.match(
    stderr,
    new RegExp(`^oneuc-emulator: listen EADDRINUSE: address already in use 127\\.0\\.0\\.1:${port}$`, 'm')
  )
})

t.test('A defect is thrown', async (t) => {
  const stdout = {
    write() {
      throw new Error('the pipe is closed')
    }
  }
  const terminal = { stdout, stderr: stdout, env: {}, exit: () => undefined }
  await t.rejects(run(['--version'], {}, terminal), /the pipe is closed/)
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

t.test('A health check returns 0 for a ready emulator and 1 for all else', async (t) => {
  const { listen } = await emulatorFor(t)
  const ready = await listen()
  t.same(await runInProcess(['healthcheck', '--port', String(ready)]), { code: 0, stdout: '', stderr: '' })
  for (const host of ['0.0.0.0', '::']) {
    t.equal(
      (await runInProcess(['healthcheck', '--host', host], { PORT: String(ready) })).code,
      0,
      `${host} is asked at the loopback address`
    )
  }
  const { adminApp } = await emulatorFor(t, { adminPort: 0, adminToken: 'open sesame' })
  const admin = await adminApp?.listen({ host: '127.0.0.1', port: 0 })
  const { port: adminPort } = new URL(String(admin))
  const flags = ['healthcheck', '--admin-token', 'open sesame']
  t.match(await runInProcess([...flags, '--admin-port', adminPort]), { code: 0 }, 'with a token, and a port of its own')
  const portFile = join(t.testdir(), 'ports')
  const chosen = ['--admin-port', '0', '--port-file', portFile]
  t.match(await runInProcess([...flags, ...chosen]), {
    code: 1,
    stderr: `not ready: there is no port in ${portFile}\n`
  })
  writeFileSync(portFile, `${ready}\n${adminPort}\n`)
  t.match(await runInProcess([...flags, ...chosen]), { code: 0 }, 'with a port that the emulator chose')
  t.match(await runInProcess([...flags, '--admin-port', '0']), { code: 2, stderr: /name its --port-file$/m })
  const unready = createServer((_request, response) => {
    response.writeHead(503).end()
  })
  const { port: busy } = await listening(t, unready)
  t.same(await runInProcess(['healthcheck', '--port', String(busy)]), {
    code: 1,
    stdout: '',
    stderr: `not ready: status 503 from 127.0.0.1:${busy}\n`
  })
  const gone = createServer()
  const { port: free } = await listening(t, gone)
  gone.close()
  await once(gone, 'close')
  t.same(await runInProcess(['healthcheck', '--port', String(free)]), {
    code: 1,
    stdout: '',
    stderr: `not ready: no answer from 127.0.0.1:${free}\n`
  })
  const { port: silent } = await listening(
    t,
    createServer(() => undefined)
  )
  const terminal = { stdout: process.stdout, stderr: { write: () => undefined }, env: {}, exit: () => undefined }
  const code = await healthcheck({ ...readSettings({}, {}), port: silent }, terminal, 50)
  t.equal(code, 1, 'a silent server is not waited for')
})

t.test('The ready line names the address as a client writes it', async (t) => {
  const json = (host: string, ports: { api: number; admin: number }) =>
    JSON.parse(readyText({ host, json: true }, ports)) as unknown
  const lines: [host: string, ports: { api: number; admin: number }, text: string][] = [
    ['127.0.0.1', { api: 8000, admin: 8000 }, 'oneuc-emulator is listening on http://127.0.0.1:8000\n'],
    ['::1', { api: 8000, admin: 8000 }, 'oneuc-emulator is listening on http://[::1]:8000\n'],
    [
      '0.0.0.0',
      { api: 8000, admin: 9000 },
      'oneuc-emulator is listening on http://0.0.0.0:8000\nits admin API is listening on http://0.0.0.0:9000\n'
    ]
  ]
  for (const [host, ports, text] of lines) t.equal(readyText({ host, json: false }, ports), text)
  const said = { event: 'listening', url: 'http://[::1]:8000', port: 8000, pid: process.pid, version: VERSION }
  t.strictSame(json('::1', { api: 8000, admin: 8000 }), { ...said, admin_url: 'http://[::1]:8000' })
  t.strictSame(json('::1', { api: 8000, admin: 9000 }), { ...said, admin_url: 'http://[::1]:9000' })
})

t.test(
  'In a terminal, the start shows the inspector, the docs and how to stop; a program reads nothing more',
  async (t) => {
    const ports = { api: 8000, admin: 8000 }
    const write = () => undefined
    const terminal = { stdout: { write, isTTY: true }, env: { NO_COLOR: '1' } }
    const places = (admin: string) =>
      `\n  Inspector  ${admin}/__admin/ui/\n  API docs   http://127.0.0.1:8000/docs\n  Stop       Ctrl+C\n\n`
    const settings = { host: '0.0.0.0', json: false }
    t.equal(placesText(settings, ports, terminal), places('http://127.0.0.1:8000'))
    t.equal(placesText(settings, { ...ports, admin: 9000 }, terminal), places('http://127.0.0.1:9000'))
    t.match(placesText(settings, ports, { ...terminal, env: {} }), '\u001b[2mInspector')
    t.equal(placesText({ ...settings, json: true }, ports, terminal), '')
    t.equal(placesText(settings, ports, { stdout: { write }, env: {} }), '')
  }
)

t.test('Colours are shown where the terminal has them, unless the environment says otherwise', async (t) => {
  const cases: [isTTY: boolean, env: Record<string, string>, isColoured: boolean][] = [
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: '', NO_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false]
  ]
  for (const [isTTY, env, isColoured] of cases) {
    const paint = paintFor({ write: () => undefined, isTTY }, env)
    t.equal(paint('green', 'seen'), isColoured ? '\u001b[32mseen\u001b[39m' : 'seen', JSON.stringify({ isTTY, env }))
  }
})

t.test('exec colours its report, and says the same without', async (t) => {
  const command = ['exec', '--min-coverage', '1', '--', process.execPath, '-e', '']
  const [plain, coloured] = [
    await runInProcess(command, { NO_COLOR: '1' }),
    await runInProcess(command, { FORCE_COLOR: '1' })
  ]
  t.notMatch(plain.stderr, '\u001b')
  t.match(coloured.stderr, '\u001b[1mContract: 0 requests')
  t.match(coloured.stderr, '\u001b[31moneuc-emulator: gate failed')
  t.equal(stripVTControlCharacters(coloured.stderr), plain.stderr)
})

t.test('serve stops at a signal, and ends the process if something in it stays open', async (t) => {
  const file = join(t.testdir(), 'port')
  const ended: number[] = []
  const flags = ['--port', '0', '--admin-port', '0', '--json', '--port-file', file]
  const emitSignal = () => process.emit('SIGTERM', 'SIGTERM')
  const { code, stdout, stderr } = await runInProcess(['serve', ...flags], {}, emitSignal, (status) =>
    ended.push(status)
  )
  t.same([code, stderr], [0, ''])
  const { url, port, admin_url } = JSON.parse(stdout) as { url: string; port: number; admin_url: string }
  t.same(url, `http://127.0.0.1:${port}`)
  t.equal(readFileSync(file, 'utf8'), `${port}\n${new URL(admin_url).port}\n`, 'both ports are in the file')
  t.not(admin_url, url)
  await t.rejects(fetch(`${url}/__admin/ready`), 'nothing listens any more')
  while (ended.length === 0) await sleep(20)
  t.same(ended, [0], 'this process is still alive')
})

t.test('exec tells the command where the API and the admin API are', async (t) => {
  const folder = t.testdir()
  const [seen, portFile] = [join(folder, 'seen'), join(folder, 'ports')]
  const script = `Promise.all([process.env.ONEUC_BASE_URL + '/v2/phone_numbers?prefix=415',
      process.env.ONEUC_ADMIN_URL + '/__admin/ready'].map((url) => fetch(url).then(({ status }) => status)))
    .then((statuses) => require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify([...statuses,
      new URL(process.env.ONEUC_BASE_URL).port, new URL(process.env.ONEUC_ADMIN_URL).port])))`
  for (const flags of [[], ['--admin-port', '0', '--host', '0.0.0.0']]) {
    const command = ['exec', ...flags, '--port-file', portFile, '--', process.execPath, '-e', script]
    t.equal((await runInProcess(command)).code, 0, flags.join(' '))
    const [found, asked, api, admin] = JSON.parse(readFileSync(seen, 'utf8')) as [number, number, string, string]
    t.strictSame([found, asked], [200, 200])
    t.equal(readFileSync(portFile, 'utf8'), api === admin ? `${api}\n` : `${api}\n${admin}\n`)
    t.equal(api === admin, flags.length === 0)
  }
  t.match(await runInProcess(['exec', '--port-file', join(folder, 'none', 'port'), '--', 'true']), {
    code: 2,
    stderr: /^oneuc-emulator: ENOENT: no such file or directory, open/
  })
})

t.test('exec passes a signal on to the command', async (t) => {
  const marker = join(t.testdir(), 'started')
  const script = `process.on('SIGHUP', () => process.exit(9)); setInterval(() => {}, 1000)
    require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`
  const running = runInProcess(['exec', '--', process.execPath, '-e', script])
  while (!existsSync(marker)) await sleep(20)
  process.emit('SIGHUP', 'SIGHUP')
  t.match(await running, { code: 9, stderr: /0 of 14 documented outcomes seen/ })
})

t.test('A closed pipe ends the program quietly, and any other error of the output is thrown', async (t) => {
  const { terminal, ended } = recordedTerminal()
  endWithoutReader(terminal, Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
  t.same(ended, { codes: [0], stderr: '' })
  t.throws(() => {
    endWithoutReader(terminal, Object.assign(new Error('no space'), { code: 'ENOSPC' }))
  }, /no space/)
})

t.test('The compiled code is kept where Node can keep it', async (t) => {
  const calls: string[] = []
  keepCompiledCode({ enableCompileCache: () => calls.push('kept') })
  keepCompiledCode({})
  t.same(calls, ['kept'])
})

t.test('A crash prints its stack and ends the program with 1', async (t) => {
  const { terminal, ended } = recordedTerminal()
  endAfterCrash(terminal, new Error('a defect'))
  t.match(ended, { codes: [1], stderr: /^Error: a defect\n +at .*run\.test\.ts:\d+:\d+/ })
})

function recordedTerminal() {
  const ended = { codes: [] as number[], stderr: '' }
  const terminal = {
    stdout: process.stdout,
    stderr: { write: (text: string) => (ended.stderr += text) },
    env: {},
    exit: (code: number) => ended.codes.push(code)
  }
  return { terminal, ended }
}
