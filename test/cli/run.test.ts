import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import t from 'tap'
import { settingsHelp } from '../../src/cli/flags.js'
import { COMMANDS } from '../../src/cli/commands.js'
import { placesText, readyText } from '../../src/cli/serve.js'
import { paintFor } from '../../src/cli/colour.js'
import { endWithoutReader, keepCompiledCode } from '../../src/cli/process.js'
import { stateTable } from '../../src/numbering/number-state.js'
import { VERSION } from '../../src/package.js'
import { NAMES } from '../../src/settings.js'
import { flagOf } from '../../src/text/setting.js'
import { commandOf } from '../harness/built-program.js'
import { recordedTerminal } from '../harness/recorded-terminal.js'
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
  for (const [name, { help, example, own, reads }] of COMMANDS) {
    const { code, stdout, stderr } = await runInProcess([name, '--help'])
    t.same([code, stderr], [0, ''], name)
    t.match(stdout, new RegExp(`^oneuc-emulator ${name}`))
    const [, , ...words] = stdout.split('\n')
    t.ok(words.join(' ').toLowerCase().startsWith(`${help.toLowerCase()}.`), 'it begins with what the command does')
    t.match(words[0], /^[A-Z]/)
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

t.test('What a command says of a flag is true for this command', async (t) => {
  const names = [...COMMANDS.keys()].filter((name) => name !== 'states')
  const listening = ['serve', 'exec', 'proxy']
  for (const name of COMMANDS.keys()) {
    const { stdout } = await runInProcess([name, '--help'])
    const table = stdout.slice(stdout.search(/^Flags/m)).replaceAll(/\s+/g, ' ')
    const flags = new Set([...stdout.matchAll(/^ {2}(?:-[a-z], )?--([a-z0-9-]+)/gm)].map(([, flag]) => flag))
    for (const [, flag] of table.matchAll(/--([a-z][a-z0-9-]*)/g)) t.ok(flags.has(flag), `${name} has --${flag}`)
    for (const [, variable = ''] of table.matchAll(/ONEUC_EMULATOR_(\w+)/g)) {
      t.ok(flags.has(variable.toLowerCase().replaceAll('_', '-')), `${name} reads ${variable}`)
    }
    const others = names.filter((other) => other !== name && new RegExp(`(?<![-\\w])${other}(?![-\\w])`).test(table))
    t.same(others, name === 'fidelity' ? ['verify'] : [], `${name} tells nothing of other commands`)
    if (!listening.includes(name)) t.notMatch(table, /listen|ready line|takes a free one/, `${name} does not listen`)
  }
  t.match((await runInProcess(['healthcheck', '-h'])).stdout, / port of the emulator, where it writes no --port-file/)
})

t.test('Service variables of Kubernetes are ignored with a note', async (t) => {
  const links = { ONEUC_EMULATOR_PORT: 'tcp://10.0.0.1:8000', ONEUC_EMULATOR_SERVICE_HOST: '10.0.0.1' }
  t.same(await runInProcess(['states'], { ...links, ONEUC_EMULATOR_RANDOM_SEED: '1' }), {
    code: 0,
    stdout: `${stateTable()}\n`,
    stderr: `oneuc-emulator: ignored the service variables of Kubernetes: ${Object.keys(links).join(', ')}\n`
  })
})

t.test('A command that serves nothing leaves the files of my emulator alone', async (t) => {
  const [folder, records] = [t.testdir({ files: {}, records: {} }), join(t.testdirName, 'records')]
  const file = (name: string) => join(folder, 'files', name)
  const environment = {
    ONEUC_EMULATOR_DB: file('numbers.db'),
    ONEUC_EMULATOR_SNAPSHOTS: file('snapshots'),
    ONEUC_EMULATOR_PORT_FILE: file('port'),
    ONEUC_EMULATOR_ADMIN_PORT: '0',
    ONEUC_EMULATOR_ADMIN_TOKEN: 'secret'
  }
  const cases: [argv: string[], code: number][] = [
    [['openapi'], 0],
    [['states'], 0],
    [['fidelity'], 0],
    [['healthcheck'], 1],
    [['verify', '--replay', records], 2]
  ]
  for (const [argv, code] of cases) {
    const [named = ''] = argv
    t.equal((await runInProcess(argv, environment)).code, code, named)
    t.strictSame(readdirSync(join(folder, 'files')), [], named)
  }
  const serving = ['serve', 'exec', 'proxy']
  t.same(
    [...COMMANDS.keys()].filter((name) => !serving.includes(name)).sort(),
    cases.map(([[name]]) => name).sort(),
    'these are all'
  )
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
  const command = ['exec', '--min-coverage', '1', '--', ...commandOf('')]
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
  let ports = ''
  const emitSignal = () => {
    ports = readFileSync(file, 'utf8')
    process.emit('SIGTERM', 'SIGTERM')
  }
  const { code, stdout, stderr } = await runInProcess(['serve', ...flags], {}, emitSignal, (status) =>
    ended.push(status)
  )
  t.same([code, stderr], [0, ''])
  const { url, port, admin_url } = JSON.parse(stdout) as { url: string; port: number; admin_url: string }
  t.same(url, `http://127.0.0.1:${port}`)
  t.equal(ports, `${port}\n${new URL(admin_url).port}\n`, 'both ports are in the file')
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
      new URL(process.env.ONEUC_BASE_URL).port, new URL(process.env.ONEUC_ADMIN_URL).port,
      require('node:fs').readFileSync(${JSON.stringify(portFile)}, 'utf8')])))`
  for (const flags of [[], ['--admin-port', '0', '--host', '0.0.0.0']]) {
    const command = ['exec', ...flags, '--port-file', portFile, '--', ...commandOf(script)]
    t.equal((await runInProcess(command)).code, 0, flags.join(' '))
    const [found, asked, api, admin, ports] = JSON.parse(readFileSync(seen, 'utf8')) as [
      ...[number, number],
      ...[string, string, string]
    ]
    t.strictSame([found, asked], [200, 200])
    t.equal(ports, api === admin ? `${api}\n` : `${api}\n${admin}\n`)
    t.equal(api === admin, flags.length === 0)
  }
  t.match(await runInProcess(['exec', '--port-file', join(folder, 'none', 'port'), '--', 'true']), {
    code: 2,
    stderr: /^oneuc-emulator: --port-file: cannot write .*: ENOENT/
  })
})

t.test(
  'exec says that my command has not called it, since a client with another base URL passes every gate',
  async (t) => {
    const command = (script: string) => ['exec', '--fail-on-warning', '--', ...commandOf(script)]
    const note = /^oneuc-emulator: no request came: .* ONEUC_BASE_URL$/m
    const silent = await runInProcess(command(''))
    t.equal(silent.code, 0)
    t.match(silent.stderr, note)
    const { stderr } = await runInProcess(command("fetch(process.env.ONEUC_BASE_URL + '/v2/phone_numbers?prefix=415')"))
    t.notMatch(stderr, note)
  }
)

t.test('exec passes a signal on to the command', async (t) => {
  const marker = join(t.testdir(), 'started')
  const script = `process.on('SIGHUP', () => process.exit(9)); setInterval(() => {}, 1000)
    require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`
  const running = runInProcess(['exec', '--', ...commandOf(script)])
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
