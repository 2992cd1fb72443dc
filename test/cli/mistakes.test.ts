import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import t from 'tap'
import { listen } from '../../src/cli/listen.js'
import { run } from '../../src/cli/run.js'
import { endAfterCrash, startOn } from '../../src/cli/process.js'
import { packageRoot } from '../../src/package.js'
import { NAMES, SETTINGS } from '../../src/settings.js'
import { readSettings } from '../../src/text/read-settings.js'
import { writeFlag } from '../../src/text/setting.js'
import { commandOf } from '../harness/built-program.js'
import { listenFor } from '../harness/listen.js'
import { recordedTerminal } from '../harness/recorded-terminal.js'
import { runInProcess } from '../harness/run-in-process.js'

/** Arguments that are wrong, and the help that shows what would be right, if one does. */
const HINTS: [argv: string[], hint: string][] = [
  [['--prot'], '--help'],
  [['-x'], '--help'],
  [['sevre'], '--help'],
  [['help', 'sevre'], '--help'],
  [['serve', 'now'], 'serve --help'],
  [['exec'], 'exec --help'],
  [['verify', '--token', 'x'], 'verify --help'],
  [['--fail-on-warning'], 'serve --help'],
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
    [['--fail-on-warning'], {}, /^oneuc-emulator: --fail-on-warning is for exec only$/m],
    [
      ['exec', '--token', 'x', '--stop-with-parent', '--', 'true'],
      {},
      /: --token is for verify only\n--stop-with-parent is for serve, proxy only$/m
    ],
    [['states'], { ONEUC_EMULATOR_PROT: '1' }, /did you mean "ONEUC_EMULATOR_PORT"\?$/m],
    [['--db', join(folder, 'notes.db')], {}, /^oneuc-emulator: .*notes\.db: file is not a database$/m],
    [['--fixtures', join(folder, 'none')], {}, /^oneuc-emulator: .*none: there is no such folder$/m],
    [['--seed-file', 'x'.repeat(5_000)], {}, /^oneuc-emulator: x+: cannot be read: ENAMETOOLONG: /m],
    [['--fixtures', 'x'.repeat(5_000)], {}, /^oneuc-emulator: x+: cannot be read: ENAMETOOLONG: /m],
    [['--charges', join(folder, 'charges.json')], {}, /charges\.json \/0\/rate: must be at least 0$/m],
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
  t.match(stderr, /accounts\.json \/0\/id: must have at least 32 characters$/m, 'every fault is listed')
  t.match(stderr, /accounts\.json \/0: must have the field token$/m)
  t.match(stderr, /numbers\.json: line 1, column 43: the text ends where a comma or \] should be$/m)
  t.match(stderr, /streets\.json \/streets\/0\/id: must be /)
})

/** The command that reads a flag; the others are for every start. */
const COMMAND_OF: Readonly<Record<string, string>> = {
  reportJson: 'exec',
  reportJunit: 'exec',
  reportMarkdown: 'exec',
  reportHtml: 'exec',
  reportPact: 'exec',
  out: 'openapi',
  replay: 'verify',
  volatile: 'verify',
  baseline: 'verify',
  seen: 'fidelity',
  record: 'proxy'
}

t.test('A flag for a file says so of a folder, and one for a folder of a file', async (t) => {
  const folder = t.testdir({ file: '' })
  const file = join(folder, 'file')
  let seen = 0
  for (const name of NAMES) {
    const { placeholder } = SETTINGS[name].kind
    const [wrong, kind] = { FILE: [folder, 'file'], DIR: [file, 'folder'] }[placeholder] ?? []
    if (wrong === undefined) continue
    seen++
    const flag = writeFlag(name)
    const stderr = `oneuc-emulator: ${flag}: "${wrong}" is not the path of a ${String(kind)}\n`
    t.same(await runInProcess([COMMAND_OF[name] ?? 'serve', flag, wrong]), { code: 2, stdout: '', stderr }, flag)
  }
  t.ok(seen >= 16)
})

t.test('A folder that cannot be made ends the program with 2', async (t) => {
  for (const [argv, says] of [
    [['openapi', '--out'], '--out: cannot write into /proc/none/deep'],
    [['--port', '0', '--snapshots'], '/proc/none/deep: cannot be a folder for snapshots'],
    [['proxy', '--upstream', 'http://127.0.0.1:1', '--record'], '--record: /proc/none/deep cannot be used']
  ] as const) {
    const { code, stdout, stderr } = await runInProcess([...argv, '/proc/none/deep'])
    t.same([code, stdout], [2, ''], argv.join(' '))
    t.ok(stderr.startsWith(`oneuc-emulator: ${says}: `), stderr)
  }
})

t.test('A port that is taken ends the program with 2', async (t) => {
  const port = await listenFor(t, createServer())
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
  const run = (name: string) => runInProcess(['exec', '--fixtures', join(folder, name), '--', ...commandOf('')])
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

t.test('A crash prints its stack and ends the program with 1', async (t) => {
  const { terminal, ended } = recordedTerminal()
  endAfterCrash(terminal, new Error('a defect'))
  t.match(ended, { codes: [1], stderr: /^Error: a defect\n +at .*mistakes\.test\.ts:\d+:\d+/ })
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
