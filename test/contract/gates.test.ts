import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../src/package.js'
import { commandOf, start } from '../harness/built-program.js'
import { runInProcess as program } from '../harness/run-in-process.js'

// Every case starts the program, on machines that do other things too.
t.setTimeout(300_000)

/** A client that asks for these paths. */
const client = (...paths: string[]) =>
  commandOf(
    `(async () => { for (const path of ${JSON.stringify(paths)}) await fetch(process.env.ONEUC_BASE_URL + path) })()`
  )
const GOOD = '/v2/phone_numbers?prefix=415'
const STRAY = '/v2/phone_numbers?prefix=41'
const NOWHERE = '/v2/phone_nubmers'

const GATES: readonly { says: string; flags: string[]; command: string[]; code: number; tells?: RegExp }[] = [
  { says: 'my tests pass', flags: [], command: client(GOOD, STRAY, NOWHERE), code: 0, tells: /1 of 14 documented/ },
  {
    says: 'my tests fail',
    flags: ['--min-coverage', '100'],
    command: commandOf('process.exit(7)'),
    code: 7
  },
  {
    says: 'my client triggers a warning',
    flags: ['--fail-on-warning'],
    command: client(STRAY),
    code: 3,
    tells: /prefix_form/
  },
  { says: 'my client triggers none', flags: ['--fail-on-warning'], command: client(GOOD), code: 0 },
  { says: 'my tests see too little', flags: ['--min-coverage', '8'], command: client(GOOD), code: 3, tells: /7 % of/ },
  { says: 'my tests see enough', flags: ['--min-coverage', '7'], command: client(GOOD), code: 0 },
  { says: 'my machine speaks IPv6', flags: ['--host', '::1', '--min-coverage', '7'], command: client(GOOD), code: 0 },
  { says: 'my client calls what is not there', flags: ['--fail-on-unmatched'], command: client(NOWHERE), code: 3 },
  {
    says: 'there is no such command',
    flags: [],
    command: ['no-such-command'],
    code: 127,
    tells: /^oneuc-emulator: no-such-command: there is no such command \(exec runs no shell\)$/m
  },
  {
    says: 'a part of its path is a file',
    flags: [],
    command: [`${process.execPath}/no-such-command`],
    code: 127,
    tells: /there is no such command/
  },
  {
    says: 'the file of the command is no program',
    flags: [],
    command: [join(packageRoot(), 'package.json')],
    code: 126,
    tells: /package\.json: it cannot be run: spawn .* EACCES$/m
  },
  { says: 'I named no command', flags: [], command: [], code: 2, tells: /wants a command/ },
  {
    says: 'my threshold is none',
    flags: ['--min-coverage', '101'],
    command: client(GOOD),
    code: 2,
    tells: /from 0 to 100/
  },
  {
    says: 'my flag is misspelt',
    flags: ['--fail-on-warnin'],
    command: client(GOOD),
    code: 2,
    tells: /"--fail-on-warning"\?/
  },
  {
    says: 'my report has no place',
    flags: ['--report-json', '/no/such/folder/report.json'],
    command: client(GOOD),
    code: 2,
    tells: /cannot write/
  },
  {
    says: 'my contract of Pact has no consumer',
    flags: ['--report-pact', '/dev/null'],
    command: client(GOOD),
    code: 2,
    tells: /--report-pact wants --consumer, the name of the client/
  },
  {
    says: 'my contract of Pact has a place and a consumer',
    flags: ['--report-pact', '/dev/null', '--consumer', 'shop'],
    command: client(GOOD),
    code: 0
  }
]

for (const { says, flags, command, code, tells = /./ } of GATES) {
  t.test(`exec ends with ${code}: ${says}`, async (t) => {
    const ended = await program(['exec', ...flags, '--', ...command])
    t.equal(ended.code, code, ended.stderr)
    if (code !== 0 || tells.source !== '.') t.match(ended.stderr, tells)
  })
}

t.test('A report that has no place is refused before my command runs', async (t) => {
  const marker = join(t.testdir(), 'ran')
  const command = commandOf(`fs.writeFileSync(${JSON.stringify(marker)}, '')`)
  const { code } = await program(['exec', '--report-html', '/no/such/folder/report.html', '--', ...command])
  t.equal(code, 2)
  t.notOk(existsSync(marker))
  t.equal((await program(['exec', '--', ...command])).code, 0)
  t.ok(existsSync(marker))
})

t.test('exec writes every report that I ask for', async (t) => {
  const folder = t.testdir({ 'summary.md': 'before\n' })
  const at = (name: string) => join(folder, name)
  const flags = ['--report-json', at('r.json'), '--report-junit', at('r.xml'), '--report-markdown', at('summary.md')]
  const { code } = await program([
    'exec',
    '--host',
    '0.0.0.0',
    ...flags,
    '--report-html',
    at('r.html'),
    '--',
    ...client(GOOD)
  ])
  t.equal(code, 0)
  t.match(JSON.parse(readFileSync(at('r.json'), 'utf8')), { sandbox: null, summary: { requests: 1 } })
  t.match(readFileSync(at('r.xml'), 'utf8'), /^<\?xml/)
  t.match(readFileSync(at('summary.md'), 'utf8'), /^before\n## Contract/)
  t.match(readFileSync(at('r.html'), 'utf8'), /^<!doctype html>/)
})

t.test('A signal reaches my command', async (t) => {
  const command = commandOf(
    `process.on('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1000); console.log('up')`
  )
  const { child, ready, ended } = start(t, ['exec', '--', ...command])
  t.equal(await ready, 'up')
  child.kill('SIGTERM')
  t.equal((await ended).code, 9)
})

t.test('A command that a signal ends has the code of shells', async (t) => {
  const { code } = await program(['exec', '--', ...commandOf(`process.kill(process.pid, 'SIGKILL')`)])
  t.equal(code, 137)
})

t.test('A port that is taken is said', async (t) => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.on('listening', resolve))
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  t.match(await program(['exec', '--port', String(port), '--', ...client(GOOD)]), {
    code: 2,
    stderr: /is taken: stop the program/
  })
})
