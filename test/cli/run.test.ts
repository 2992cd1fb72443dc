import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import t, { type Test } from 'tap'
import { settingsHelp } from '../../src/cli/flags.js'
import { COMMANDS } from '../../src/cli/commands.js'
import { healthcheck } from '../../src/cli/healthcheck.js'
import { listen } from '../../src/cli/listen.js'
import { run } from '../../src/cli/run.js'
import { placesText, readyText } from '../../src/cli/serve.js'
import { paintFor } from '../../src/cli/colour.js'
import { endAfterCrash, endWithoutReader, keepCompiledCode, startOn } from '../../src/cli/process.js'
import { stateTable } from '../../src/numbering/number-state.js'
import { packageRoot, VERSION } from '../../src/package.js'
import { NAMES } from '../../src/settings.js'
import { flagOf } from '../../src/text/setting.js'
import { readSettings } from '../../src/text/read-settings.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { runInProcess } from '../harness/run-in-process.js'

/** The lines of a text that do not fit a terminal of 80 columns. */
const tooLong = (text: string) => text.split('\n').filter((line) => line.length > 80)

t.test('Help, version and the table of states go to standard output', async (t) => {
  for (const argv of [['--help'], ['-h'], ['help'], ['--port', 'x', '--help']]) {
    const { code, stdout, stderr } = await runInProcess(argv)
    t.same([code, stderr], [0, ''], argv.join(' '))
    for (const [name, { help, example, own }] of COMMANDS) {
      t.match(stdout, new RegExp(`^  ${name} +${help.slice(0, 12)}`, 'm'), `${name} is in the list`)
      t.ok(stdout.includes(`\n${name}:\n  ${example}\n`), `${name} has an example`)
      if (own.length > 0) t.ok(stdout.includes(`  ${example}\n${settingsHelp(own)}\n`), `${name} has its flags`)
    }
    t.match(stdout, '  delay=MILLISECONDS ')
    t.match(stdout, 'is ONEUC_EMULATOR_PORT_FILE.')
    t.strictSame(tooLong(stdout), [])
  }
  for (const argv of [['--version'], ['-v'], ['serve', '-v']]) {
    t.same(await runInProcess(argv), { code: 0, stdout: `${VERSION}\n`, stderr: '' }, argv.join(' '))
  }
  t.same(await runInProcess(['states']), { code: 0, stdout: `${stateTable()}\n`, stderr: '' })
})

t.test('Every command has a help of its own, with an example and all of its flags', async (t) => {
  const flagsIn = (text: string) => [...text.matchAll(/^ {2}(?:-[a-z], )?--([a-z0-9-]+)/gm)].map(([, flag]) => flag)
  const listed: unknown[] = []
  for (const [name, { example, own, reads }] of COMMANDS) {
    const { code, stdout, stderr } = await runInProcess([name, '--help'])
    t.same([code, stderr], [0, ''], name)
    t.match(stdout, new RegExp(`^oneuc-emulator ${name}`))
    t.ok(stdout.includes(`\n  ${example}\n`), `${name} has an example`)
    t.ok(example.startsWith(`oneuc-emulator ${name}`), example)
    t.same(flagsIn(stdout), [...own, ...reads].map(flagOf), name)
    t.strictSame(tooLong(stdout), [])
    for (const argv of [
      ['help', name],
      [name, '-h'],
      ['-h', name]
    ]) {
      t.same(await runInProcess(argv), { code, stdout, stderr }, argv.join(' '))
    }
    listed.push(...own, ...reads)
  }
  t.same([...new Set(listed)].sort(), [...NAMES].sort(), 'every flag belongs to a command')
  t.match((await runInProcess(['exec', '-h'])).stdout, /^ {2}-p, --port N .* \(0\)$/m, 'exec takes a free port')
})

/** Arguments that are wrong, and the help that shows what would be right, if one does. */
const HINTS: [argv: string[], hint: string][] = [
  [['--prot'], '--help'],
  [['-x'], '--help'],
  [['sevre'], '--help'],
  [['help', 'sevre'], '--help'],
  [['serve', 'now'], 'serve --help'],
  [['exec'], 'exec --help'],
  [['verify', '--token', 'x'], 'verify --help'],
  [['--port', 'x'], ''],
  [['--fixtures', '/no/such/folder'], ''],
  [['--host', '203.0.113.1', '--port', '0'], '']
]
t.test('An error names the help that shows what would be right, and no other help', async (t) => {
  for (const [argv, hint] of HINTS) {
    const { code, stderr } = await runInProcess(argv)
    t.equal(code, 2, argv.join(' '))
    t.same(/^Try .*$/m.exec(stderr)?.[0], hint === '' ? undefined : `Try oneuc-emulator ${hint}.`, argv.join(' '))
  }
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
    [['--port'], {}, /^oneuc-emulator: Option '-p, --port <value>' argument missing$/m],
    [['--json=yes'], {}, /^oneuc-emulator: Option '--json' does not take an argument$/m],
    [['sevre'], {}, /^oneuc-emulator: sevre is not a command; did you mean "serve"\?$/m],
    [['hlep'], {}, /^oneuc-emulator: hlep is not a command; did you mean "help"\?$/m],
    [['toString'], {}, /^oneuc-emulator: toString is not a command; there are serve, exec, .*, states, help$/m],
    [['serve', 'now', 'please'], {}, /^oneuc-emulator: unexpected argument now please$/m],
    [['states'], { ONEUC_EMULATOR_PROT: '1' }, /did you mean "ONEUC_EMULATOR_PORT"\?$/m],
    [['--db', join(folder, 'notes.db')], {}, /^oneuc-emulator: .*notes\.db: file is not a database$/m],
    [['--fixtures', join(folder, 'none')], {}, /^oneuc-emulator: .*none: there is no such folder$/m],
    [['--charges', join(folder, 'charges.json')], {}, /charges\.json \/0\/rate: must be >= 0$/m],
    [
      ['--port', '0', '--port-file', join(folder, 'none', 'port')],
      {},
      /^oneuc-emulator: --port-file: cannot write .*none\/port: ENOENT/m
    ],
    [
      ['--host', '203.0.113.1', '--port', '0'],
      {},
      /^oneuc-emulator: --host: this machine has no address 203\.0\.113\.1; /m
    ]
  ]
  for (const [argv, environment, message] of wrong) {
    const { code, stdout, stderr } = await runInProcess(argv, environment)
    t.same([code, stdout], [2, ''], argv.join(' '))
    t.match(stderr, message, String(message))
  }
  const { code, stderr } = await runInProcess(['--fixtures', join(folder, 'fixtures')])
  t.equal(code, 2)
  t.match(stderr, /accounts\.json \/0\/id: must NOT have fewer than 32 characters$/m, 'every fault is listed')
  t.match(stderr, /accounts\.json \/0: must have required property 'token'$/m)
  t.match(stderr, /numbers\.json: line 1, column 43: the text ends where a comma or \] should be$/m)
  t.match(stderr, /streets\.json \/streets\/0\/id: must be /)
})

t.test('A port that is taken ends the program with 2', async (t) => {
  const { port } = await listening(t, createServer())
  const cases: [argv: string[], flag: string][] = [
    [['-p', String(port)], '--port'],
    [['exec', '--port', String(port), '--', 'true'], '--port'],
    [['--port', '0', '--admin-port', String(port)], '--admin-port']
  ]
  for (const [argv, flag] of cases) {
    t.same(await runInProcess(argv), {
      code: 2,
      stdout: '',
      stderr: `oneuc-emulator: port ${port} of 127.0.0.1 is taken: stop the program that uses it, or give ${flag} 0, which takes a free one\n`
    })
  }
})

/** Errors of the operating system, and what the program says. */
const REFUSALS: [error: object, says: RegExp][] = [
  [{ code: 'EACCES' }, /^port 80 of nowhere is not for this user: give --port one from 1024 on, or 0/],
  [{ code: 'ENOTFOUND' }, /^--host: this machine has no address nowhere; /],
  [{ code: 'EMFILE', message: 'too many open files' }, /^too many open files$/]
]
t.test('A port that cannot be had is told in the words of the flags', async (t) => {
  for (const [error, says] of REFUSALS) {
    const emulator = { listen: () => Promise.reject(Object.assign(new Error(), error)), adminApp: undefined }
    const settings = readSettings({ port: '80', host: 'nowhere' }, {})
    await t.rejects(listen(emulator, settings), { name: 'UsageError', message: says })
  }
})

t.test('--fixtures says which files it has taken, and refuses names that are none', async (t) => {
  const folder = t.testdir({
    own: { 'numbers.yaml': '[]', 'charges.json': '[]', 'README.md': 'mine', schema: {} },
    misspelt: { 'number.json': '[]', 'street.yml': '' },
    none: {}
  })
  const run = (name: string) =>
    runInProcess(['exec', '--fixtures', join(folder, name), '--', process.execPath, '-e', ''])
  const own = await run('own')
  t.equal(own.code, 0)
  t.match(own.stderr, /fixtures from .*own: numbers\.yaml; built in: accounts, rate-centers, .*, streets$/m)
  t.match((await run('none')).stderr, /fixtures from .*none: none; built in: accounts, numbers, /)
  const misspelt = await run('misspelt')
  t.equal(misspelt.code, 2)
  t.match(misspelt.stderr, /number\.json: is no fixture; did you mean "numbers"\?$/m)
  t.match(misspelt.stderr, /street\.yml: is no fixture; did you mean "streets"\?$/m)
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

t.test('A health check waits until the emulator is ready, and not for ever', async (t) => {
  let asked = 0
  const statuses = [503, 503, 200]
  const slow = createServer((_request, response) => response.writeHead(statuses[asked++] ?? 500).end())
  const { port } = await listening(t, slow)
  const wait = (seconds: string, where: string[]) => runInProcess(['healthcheck', '--wait', seconds, ...where])
  t.same(await wait('600', ['--port', String(port)]), { code: 0, stdout: '', stderr: '' })
  t.equal(asked, 3)
  const file = join(t.testdir(), 'port')
  const late = wait('600', ['--port', '0', '--port-file', file])
  statuses.push(200)
  writeFileSync(file, `${port}\n`)
  t.same(await late, { code: 0, stdout: '', stderr: '' }, 'a port file comes later too')
  t.match(await wait('1', ['--port', String(port)]), { code: 1, stderr: /^not ready: / })
  t.match(await wait('3601', []), { code: 2, stderr: /--wait: "3601" is not a whole number from 0 to 3600/ })
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
  const flags = ['--port', '0', '--admin-port', '0', '--json', '--port-file', file, '--stop-with-parent']
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
    stderr: /^oneuc-emulator: --port-file: cannot write .*: ENOENT/
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

t.test('A missing driver is told in one sentence', async (t) => {
  const { terminal, ended } = recordedTerminal()
  endAfterCrash(terminal, new Error("Cannot find package 'better-sqlite3' imported from /somewhere"))
  t.same(ended, {
    codes: [2],
    stderr: 'oneuc-emulator: the SQLite driver is not installed: run npm install better-sqlite3\n'
  })
})

t.test('A Node that is too old is told in one sentence, before anything else', async (t) => {
  const { engines } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { engines: object }
  t.same(engines, { node: '>=20.19' }, 'as the package says')
  for (const [version, isStarted] of [
    ['v14.21.3', false],
    ['v20.18.9', false],
    ['v20.19.0', true],
    ['v22.0.0', true],
    ['v100.1.0', true]
  ] as const) {
    const { terminal, ended } = recordedTerminal()
    const started: true[] = []
    startOn(version, terminal, () => started.push(true))
    const says = `oneuc-emulator: it needs Node 20.19 or newer, and this is ${version}\n`
    t.same(started.length, isStarted ? 1 : 0, version)
    t.same(ended, isStarted ? { codes: [], stderr: '' } : { codes: [2], stderr: says }, version)
  }
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
