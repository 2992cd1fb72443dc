/** A stop in the midst of a call that changes a whole file: it ends well, and the file is as before the call or as after it. */
import { once } from 'node:events'
import { copyFileSync, readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import Connection from 'better-sqlite3'
import t from 'tap'
import { start, urlOf } from '../harness/built-program.js'
import { emulatorFor } from '../harness/emulator-under-test.js'

const NOW = '2024-01-31T12:00:00Z'
const FLAGS = { clock: Date.parse(NOW) }
const COUNT = 5_000
/** An hour after NOW, in Gregorian seconds. */
const DUE = 63_873_925_200

const many = (first: number) =>
  Array.from({ length: COUNT }, (_, i) => ({
    e164: `+1${first + i}`,
    state: 'aging',
    created: DUE - 3_600,
    modified: DUE - 3_600,
    pending: { aging: { due: DUE } }
  }))

const CALLS: Readonly<Record<string, [method: 'PUT' | 'POST', path: string, body?: object]>> = {
  'an import': ['PUT', '/state', { numbers: many(2_125_550_000) }],
  'numbers that are put there': ['POST', '/numbers', many(2_125_550_000)],
  'a reset': ['POST', '/reset'],
  'a reset to nothing': ['POST', '/reset?to=empty'],
  'changes that all fall due': ['POST', '/clock/advance', { seconds: 7_200 }],
  'the end of all that waits': ['POST', '/timing/release']
}

/** Everything that a database file holds, and what keeps its counts. */
function contentOf(file: string): unknown {
  const connection = new Connection(file, { readonly: true })
  const names = (type: string) =>
    connection
      .prepare<[string], string>('SELECT name FROM sqlite_schema WHERE type = ? ORDER BY name')
      .pluck()
      .all(type)
  const tables = names('table').map((name) => [name, connection.prepare(`SELECT * FROM ${name} ORDER BY 1`).all()])
  const content = { tables, triggers: names('trigger') }
  connection.close()
  return content
}

/** Sends a call over a connection that the server has taken already, and resolves when the last byte is written. */
async function sendOver(url: string, method: string, path: string, body: string): Promise<void> {
  const { port, host } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8')
  socket.on('error', () => undefined)
  socket.write(`GET /__admin/health HTTP/1.1\r\nhost: ${host}\r\n\r\n`)
  await once(socket, 'data')
  const head = `${method} /__admin${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${body.length}\r\n\r\n`
  await new Promise<void>((resolve) => {
    socket.write(head + body, () => {
      resolve()
    })
  })
}

t.test('A stop during a call that changes a whole file leaves no half of it', async (t) => {
  const folder = t.testdir({ after: {}, stopped: {} })
  const file = join(folder, 'before.db')
  await t.test('the file', async (t) => {
    const { call } = await emulatorFor(t, { ...FLAGS, db: file })
    t.equal((await call({ method: 'PUT', url: '/__admin/state', body: { numbers: many(4_152_000_000) } })).status, 200)
  })
  const before = JSON.stringify(contentOf(file))
  let i = 0
  for (const [what, [method, path, body]] of Object.entries(CALLS)) {
    const [afterwards, db] = [join(folder, 'after', `${++i}.db`), join(folder, 'stopped', `${i}.db`)]
    for (const copy of [afterwards, db]) copyFileSync(file, copy)
    await t.test(`${what}, unstopped`, async (t) => {
      const { call } = await emulatorFor(t, { ...FLAGS, db: afterwards })
      t.ok([200, 201].includes((await call({ method, url: `/__admin${path}`, body })).status))
    })
    const after = JSON.stringify(contentOf(afterwards))
    t.not(after, before, `${what} changes the file`)

    const program = start(t, ['--port', '0', '--db', db, '--clock', NOW])
    await sendOver(await urlOf(program), method, path, body === undefined ? '' : JSON.stringify(body))
    program.child.kill('SIGTERM')
    t.match(await program.ended, { code: 0, signal: null, stderr: '' }, what)
    const left = readdirSync(join(folder, 'stopped')).filter((name) => name.startsWith(`${i}.db`))
    t.same(left.sort(), [`${i}.db`, `${i}.db-lock`])
    t.ok([before, after].includes(JSON.stringify(contentOf(db))), `${what}: the file is as before or as after`)
  }
})
