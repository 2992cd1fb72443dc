/** The file that tells the port: it goes with the emulator, and nothing else of the user does. */
import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { runInProcess } from '../harness/run-in-process.js'

const end = (signal: 'SIGTERM' | 'SIGINT') => process.emit(signal, signal)

t.test('The port file is gone once the emulator has stopped', async (t) => {
  const file = join(t.testdir(), 'port')
  const command = (program: string, ...args: string[]) => ['--', program, ...args]
  const cases: [argv: string[], code: number, signal?: 'SIGTERM' | 'SIGINT'][] = [
    [['serve'], 0, 'SIGTERM'],
    [['serve', '--admin-port', '0'], 0, 'SIGINT'],
    [['proxy', '--upstream', 'http://127.0.0.1:9', '--record', join(t.testdirName, 'records')], 0, 'SIGTERM'],
    [['exec', ...command('test', '-s', file)], 0],
    [['exec', ...command('test', '!', '-s', file)], 1],
    [['exec', '--min-coverage', '1', ...command('test', '-s', file)], 3],
    [['exec', ...command(join(t.testdirName, 'none'))], 127]
  ]
  for (const [[name = '', ...argv], code, signal] of cases) {
    let text = ''
    const onReady = () => {
      text = readFileSync(file, 'utf8')
      if (signal !== undefined) end(signal)
    }
    const outcome = await runInProcess([name, '--port', '0', '--port-file', file, ...argv], {}, onReady)
    t.equal(outcome.code, code, [name, ...argv].join(' '))
    if (signal !== undefined) t.match(text, /^\d+\n(?:\d+\n)?$/)
    t.notOk(existsSync(file))
  }
})

t.test('A port file that is not its own any more stays as it is', async (t) => {
  const folder = t.testdir({ other: '' })
  const file = join(folder, 'port')
  const replaceBy = (place: () => void) => () => {
    rmSync(file)
    place()
  }
  const cases: [title: string, change: () => void, isLeft: () => boolean][] = [
    [
      'another emulator has written its port',
      () => {
        writeFileSync(file, '41234\n')
      },
      () => readFileSync(file, 'utf8') === '41234\n'
    ],
    [
      'a link has come in its place',
      replaceBy(() => {
        symlinkSync(join(folder, 'other'), file)
      }),
      () => lstatSync(file).isSymbolicLink()
    ],
    ['the file is gone', replaceBy(() => undefined), () => !existsSync(file)]
  ]
  for (const [title, change, isLeft] of cases) {
    const stop = () => {
      change()
      end('SIGTERM')
    }
    t.match(await runInProcess(['--port', '0', '--port-file', file], {}, stop), { code: 0, stderr: '' }, title)
    t.ok(isLeft(), title)
    rmSync(file, { force: true })
  }
})
