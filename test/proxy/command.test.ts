/** The command `proxy`: what it refuses, and how it starts and ends. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { runInProcess } from '../harness/run-in-process.js'

const UPSTREAM = ['--upstream', 'http://127.0.0.1:9']

t.test('Settings that name nothing usable end the proxy before it starts', async (t) => {
  const folder = t.testdir({ file: '' })
  const record = ['--record', join(folder, 'records')]
  const wrong: [argv: string[], says: RegExp][] = [
    [UPSTREAM, /^oneuc-emulator: proxy wants --upstream URL and --record DIR$/m],
    [record, /^oneuc-emulator: proxy wants --upstream URL and --record DIR$/m],
    [
      ['--upstream', 'ftp://x', ...record],
      /--upstream: "ftp:\/\/x" is not a URL such as https:\/\/api\.example\.com$/m
    ],
    [['--upstream', 'https://user:pass@x', ...record], /is not a URL such as/],
    [['--upstream', 'https://x?token=y', ...record], /is not a URL such as/],
    [[...UPSTREAM, ...record, '--allow', 'search, byu'], /--allow: byu is no operation; did you mean "buy"\?$/m],
    [
      [...UPSTREAM, ...record, '--allow', 'read,reads,other'],
      /--allow: other is no operation; there are reads, unmatched, search/
    ],
    [[...UPSTREAM, ...record, '--timeout', '0'], /--timeout: "0" is not a whole number from 1 to 3600$/m],
    [[...UPSTREAM, '--record', join(folder, 'file', 'in')], /--record: .*in cannot be used: /],
    [[...UPSTREAM, ...record, '--snapshots', join(folder, 'file', 'in')], /^oneuc-emulator: .*in: /m]
  ]
  for (const [argv, says] of wrong) {
    const { code, stdout, stderr } = await runInProcess(['proxy', '--port', '0', ...argv])
    t.same([code, stdout], [2, ''], argv.join(' '))
    t.match(stderr, says)
  }
})

t.test('It begins with no numbers, says where it listens, and stops at a signal', async (t) => {
  const { listen } = await emulatorFor(t)
  const folder = join(t.testdir(), 'records')
  const db = join(t.testdirName, 'numbers.db')
  const flags = ['--upstream', `http://127.0.0.1:${await listen()}/v2/`, '--record', folder, '--port', '0']
  const emitSignal = () => process.emit('SIGTERM', 'SIGTERM')
  const { code, stdout } = await runInProcess(['proxy', ...flags], { ONEUC_EMULATOR_DB: db }, emitSignal)
  t.equal(code, 0)
  t.match(stdout, /^oneuc-emulator is listening on http:\/\/127\.0\.0\.1:\d+\n$/)
  t.ok(existsSync(folder), 'the folder is there')
  t.notOk(existsSync(db), 'the numbers of an emulator are left alone')
})
