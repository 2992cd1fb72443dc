import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../src/package.js'
import { outside } from './harness/built-program.js'
import { sendBytes } from './harness/raw-connection.js'

const ROOT = packageRoot()
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ')
const lines = dockerfile.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
const all = (instruction: string) =>
  lines.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1))
const only = (instruction: string) => all(instruction).join('\n')

/** The words of a command in exec form: as a shell's child, it would not be the first process and miss its signals. */
function execForm(text: string): string[] {
  return JSON.parse(text.slice(text.indexOf('['))) as string[]
}

const environment = Object.fromEntries(
  all('ENV').flatMap((line) => line.split(' ').map((pair) => pair.split('=') as [string, string]))
)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Runs a command of the Dockerfile in the package, where the image has the same files in the same places. */
function run([command = '', ...args]: readonly string[], port: number, settings: Record<string, string> = {}) {
  const own = { ...environment, ONEUC_EMULATOR_PORT: String(port), ...settings }
  const env = { PATH: process.env.PATH, ...own }
  return spawn(...outside(command, args), { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
}

t.test('the image runs as a user by number, and listens where the document does', async (t) => {
  t.equal(all('FROM').length, 2, 'two stages')
  t.match(only('USER'), /^[1-9]\d*:[1-9]\d*$/, 'a number, so that a cluster can see that it is not root')
  t.equal(only('EXPOSE'), '8000')
  t.equal(environment.ONEUC_EMULATOR_HOST, '0.0.0.0')
})

t.test('the image is labelled as the package describes itself', async (t) => {
  const label = (name: string) =>
    new RegExp(`org\\.opencontainers\\.image\\.${name}="([^"]*)"`).exec(only('LABEL'))?.[1]
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, string>
  t.same(['title', 'description', 'version', 'licenses'].map(label), [
    manifest.name,
    manifest.description,
    manifest.version,
    manifest.license
  ])
})

t.test('everything that the image copies exists, and the build may see it', async (t) => {
  const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
  for (const copy of all('COPY').filter((line) => line.startsWith('--from=build /build/'))) {
    const path = copy.split(' ')[1]?.replace('/build/', '') ?? ''
    t.ok(existsSync(join(ROOT, path)), path)
    const [top = ''] = path.split('/')
    if (top !== 'dist' && top !== 'node_modules') t.match(ignored, `!${top}\n`)
  }
})

t.test('the entry is ready, healthy, and stops at the signal that containers get', async (t) => {
  const port = await freePort()
  const unhealthy = run(execForm(only('HEALTHCHECK')), port)
  t.strictSame(await once(unhealthy, 'exit'), [1, null], 'not healthy while nothing listens')
  const server = run(execForm(only('ENTRYPOINT')), port)
  t.teardown(() => server.kill('SIGKILL'))
  const [ready] = (await once(server.stdout, 'data')) as [Buffer]
  t.equal(String(ready), `oneuc-emulator is listening on http://0.0.0.0:${port}\n`)
  t.strictSame(await once(run(execForm(only('HEALTHCHECK')), port), 'exit'), [0, null], 'healthy')
  server.kill('SIGTERM')
  t.strictSame(await once(server, 'exit'), [0, null], 'stopped')
})

t.test('The image is healthy and resets by the name of its service, whatever the admin API wants', async (t) => {
  const adminPort = await freePort()
  for (const [name, settings, headers] of [
    ['as it is', {}, ''],
    ['with a token', { ONEUC_EMULATOR_ADMIN_TOKEN: 'secret' }, 'Authorization: bearer secret\r\n'],
    ['with a port of its own', { ONEUC_EMULATOR_ADMIN_PORT: String(adminPort) }, '']
  ] as const) {
    await t.test(name, async (t) => {
      const port = await freePort()
      const server = run(execForm(only('ENTRYPOINT')), port, settings)
      t.teardown(() => server.kill('SIGKILL'))
      await once(server.stdout, 'data')
      t.strictSame(await once(run(execForm(only('HEALTHCHECK')), port, settings), 'exit'), [0, null], 'healthy')
      const reset = (host: string) =>
        sendBytes(
          'ONEUC_EMULATOR_ADMIN_PORT' in settings ? adminPort : port,
          `POST /__admin/reset HTTP/1.1\r\nHost: ${host}\r\n${headers}Content-Length: 0\r\nConnection: close\r\n\r\n`
        )
      for (const host of ['oneuc:8000', 'emulator', '10.1.2.3:8000']) t.equal((await reset(host)).status, 200, host)
      t.equal((await reset('evil.example')).status, 403, 'but not by the name of a page')
    })
  }
})
