/** How long the program and the library live: as long as who started them, if that is wanted. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { PassThrough, type Readable } from 'node:stream'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { waitForParent } from '../../src/cli/parent.js'
import { packageRoot } from '../../src/package.js'
import { outside, PROGRAM, start, urlOf } from '../harness/built-program.js'

const ARGV = [PROGRAM, '--port', '0', '--stop-with-parent']

/** The commands that listen until something stops them. */
const listeners = (t: Test): string[][] => [
  ARGV,
  [PROGRAM, 'proxy', '--upstream', 'http://127.0.0.1:9', '--record', t.testdir(), ...ARGV.slice(1)]
]

/** Starts a parent that starts the program, whose output and end the test sees. */
async function startParent(t: Test, stdin: 'pipe' | 'ignore', argv: readonly string[]) {
  const options = JSON.stringify({ stdio: [stdin, 'inherit', 'inherit'] })
  const script = `require('node:child_process').spawn(process.execPath, ${JSON.stringify(argv)}, ${options})`
  const parent = spawn(...outside(process.execPath, ['-e', script]), { stdio: ['ignore', 'pipe', 'inherit'] })
  t.teardown(() => parent.kill('SIGKILL'))
  const [line] = (await once(parent.stdout.setEncoding('utf8'), 'data')) as [string]
  const closed = once(parent.stdout.resume(), 'close')
  return { parent, url: line.trim().split(' ').at(-1) ?? '', closed }
}

for (const stdin of ['pipe', 'ignore'] as const) {
  t.test(`The emulator ends with a harness that is killed (standard input: ${stdin})`, async (t) => {
    for (const argv of listeners(t)) {
      const { parent, url, closed } = await startParent(t, stdin, argv)
      t.equal((await fetch(`${url}/__admin/health`)).status, 200)
      parent.kill('SIGKILL')
      await closed
      await t.rejects(fetch(`${url}/__admin/health`), 'its output and its port are closed')
    }
  })
}

t.test('The emulator ends with 0 when I close its standard input, also through a shell', async (t) => {
  for (const [program, argv] of listeners(t).flatMap((argv): [string, string[]][] => [
    [process.execPath, argv],
    ['sh', ['-c', '"$0" "$@"; exit $?', process.execPath, ...argv]]
  ])) {
    const child = spawn(...outside(program, argv), { stdio: ['pipe', 'pipe', 'inherit'] })
    t.teardown(() => child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    child.stdin.write('what it reads changes nothing')
    child.stdin.end()
    t.same(await once(child, 'exit'), [0, null])
  }
})

t.test('Without a pipe at standard input, the emulator goes on as long as its parent', async (t) => {
  const started = start(t, ['--port', '0', '--stop-with-parent'])
  const url = await urlOf(started)
  t.equal((await fetch(`${url}/__admin/health`)).status, 200)
  started.child.kill('SIGTERM')
  t.match(await started.ended, { code: 0 })
})

t.test('Without the flag, the end of standard input changes nothing', async (t) => {
  const child = spawn(...outside(process.execPath, [PROGRAM, '--port', '0']), { stdio: ['pipe', 'pipe', 'inherit'] })
  t.teardown(() => child.kill('SIGKILL'))
  child.stdin.end()
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  t.equal((await fetch(`${line.trim().split(' ').at(-1) ?? ''}/__admin/health`)).status, 200)
  child.kill('SIGTERM')
  t.same(await once(child, 'exit'), [0, null])
})

t.test('The parent ends with its pipe, or when another process takes its place', async (t) => {
  const pipe = new Socket()
  const waiting = waitForParent({ ppid: 5, stdin: pipe })
  pipe.destroy()
  await t.resolves(waiting)
  for (const stdin of [new PassThrough(), Object.assign(new Socket(), { isTTY: true })] as Readable[]) {
    const child = { ppid: 5, stdin }
    const alive = setInterval(() => (child.ppid = 1), 1)
    t.teardown(() => {
      clearInterval(alive)
    })
    await t.resolves(waitForParent(child))
  }
})

t.test('A test that forgets to close its emulator ends', async (t) => {
  const library = JSON.stringify(join(packageRoot(), 'dist', 'library.js'))
  for (const options of ['{}', "{ host: 'localhost', adminPort: 0 }"]) {
    const script = `
      import { createEmulator } from ${library}
      const emulator = await createEmulator(${options})
      const { status } = await fetch(emulator.url + '/v2/phone_numbers?prefix=415')
      await emulator.faults.add({ operation: 'search', delay_ms: 50, status: 503 })
      const late = await emulator.inject({ url: '/v2/phone_numbers?prefix=415' })
      await emulator.events()
      console.log(status, late.status)
    `
    const argv = ['--input-type=module', '-e', script]
    const { status, stdout } = spawnSync(...outside(process.execPath, argv), { encoding: 'utf8' })
    t.same([status, stdout], [0, '200 503\n'], options)
  }
})
