/**
 * A disk that is full, as a limit on the size of files (RLIMIT_FSIZE) makes one for a program: Node ignores SIGXFSZ, and a write
 * beyond the limit fails with EFBIG.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Connection from 'better-sqlite3'
import t, { type Test } from 'tap'
import type { JsonObject } from '../../src/json.js'
import { GREGORIAN_EPOCH_SECONDS } from '../../src/sandbox/clock.js'
import { PROGRAM } from '../harness/built-program.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { adminFor, at, NUMBERS } from './admin-under-test.js'

/** Kilobytes of the largest file. */
const LIMIT = 400
const LARGE = { note: 'x'.repeat(50_000) }
const FULL = 100
const [AGING, DUE_SECONDS, FASTEST] = ['+12125550100', 360_000, 1_000_000]

type Ask = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: JsonObject }>

async function startLimited(t: Test, flags: readonly string[]) {
  // Without tap's loader, which dies of SIGXFSZ.
  const command = `unset NODE_OPTIONS && ulimit -f ${LIMIT} && exec "$0" "$@"`
  const argv = ['-c', command, process.execPath, PROGRAM, '--port', '0', '--json', ...flags]
  const child = spawn('bash', argv, { stdio: ['ignore', 'pipe', 'ignore'] })
  t.teardown(() => child.kill('SIGKILL'))
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  const { url } = JSON.parse(line) as { url: string }
  const ask: Ask = async (method, path, body) => {
    const answer = await fetch(url + path, {
      method,
      headers: { 'x-auth-token': 'x' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    return { status: answer.status, body: (await answer.json()) as JsonObject }
  }
  return { child, ask }
}

const buy = (ask: Ask, i: number, data = {}) => ask('PUT', `${NUMBERS}/%2B1415555${1000 + i}`, { data })

/** Buys until there is no room, first numbers with large documents and then with none. */
async function fill(t: Test, ask: Ask): Promise<void> {
  let bought = 0
  for (const data of [LARGE, {}]) {
    let answer = await buy(ask, bought, data)
    for (; answer.status === 201 && bought < FULL; answer = await buy(ask, bought, data)) bought++
    t.match(answer, { status: 500, body: { message: 'unspecified_fault', status: 'error', auth_token: 'x' } })
  }
  t.ok(bought > 1)
}

t.test('On a full disk, writes fail, reads go on, and nothing is half done', async (t) => {
  const folder = t.testdir({ snapshots: {} })
  const [db, snapshots] = [join(folder, 'numbers.db'), join(folder, 'snapshots')]
  const { child, ask } = await startLimited(t, ['--db', db, '--snapshots', snapshots])
  const clock = await ask('PUT', '/__admin/clock', { rate: 0 })
  const due = Number(clock.body.gregorian_seconds) + DUE_SECONDS
  await ask('POST', '/__admin/numbers', { e164: AGING, state: 'aging', pending: { aging: { due } } })
  await fill(t, ask)
  const state = async () => {
    const { body } = await ask('GET', '/__admin/state')
    return { ...body, clock: undefined }
  }
  const before = await state()
  const failing: [method: string, path: string, body?: unknown][] = [
    ['PUT', '/__admin/state', { numbers: many(5_000) }],
    ['POST', '/__admin/numbers', many(5_000)],
    ['PUT', '/__admin/snapshots/large', { numbers: many(5_000) }],
    ['POST', '/__admin/clock/advance', { seconds: DUE_SECONDS }]
  ]
  for (const [method, path, body] of failing) {
    t.match(await ask(method, path, body), { status: 500, body: { error: 'failure', at: '' } }, `${method} ${path}`)
    t.strictSame(await state(), before, 'all is as it was')
  }
  t.equal((await buy(ask, FULL)).status, 500)
  t.same(readdirSync(snapshots), [], 'no half of a snapshot')
  t.notOk(readdirSync(folder).includes('numbers.db-incoming'), 'nor of an import')
  t.equal((await ask('GET', '/__admin/clock')).body.now, clock.body.now, 'nor has the clock moved')
  for (const path of [NUMBERS, `${NUMBERS}/%2B14155551000`, '/__admin/requests']) {
    t.equal((await ask('GET', path)).status, 200, path)
  }

  t.equal((await ask('PUT', '/__admin/clock', { rate: FASTEST })).status, 200)
  while (Number((await ask('GET', '/__admin/clock')).body.gregorian_seconds) < due);
  t.equal((await ask('GET', NUMBERS)).status, 200, 'reads go on where a change is due and cannot be stored')
  t.equal((await buy(ask, FULL)).status, 500)
  const numbers = (await state()) as { numbers?: JsonObject[] }
  t.match(
    numbers.numbers?.find(({ e164 }) => e164 === AGING),
    { state: 'aging' },
    'it is as it was stored'
  )

  child.kill('SIGTERM')
  t.same(await once(child, 'close'), [0, null])
  const after = await startLimited(t, ['--db', db])
  t.equal(at((await after.ask('GET', `${NUMBERS}/%2B14155551000`)).body, 'data', 'state'), 'in_service', 'and is kept')
})

t.test('A change that is due and cannot be stored stops no read', async (t) => {
  const db = join(t.testdir({}), 'numbers.db')
  const { admin, api, advance, find } = await adminFor(t, { db, clock: 0 })
  const due = GREGORIAN_EPOCH_SECONDS + 60
  await admin('POST', '/numbers', { e164: AGING, state: 'aging', pending: { aging: { due } } })
  const before = (await admin('GET', '/state')).text
  const other = new Connection(db)
  // A table whose greatest id is taken is full (SQLITE_FULL), and with it each table that writes into it.
  other.exec(`CREATE TABLE filled (id INTEGER PRIMARY KEY AUTOINCREMENT);
    INSERT INTO filled VALUES (9223372036854775807);
    CREATE TRIGGER fill BEFORE UPDATE ON number BEGIN INSERT INTO filled VALUES (NULL); END`)
  t.match(await admin('POST', '/clock/advance', { seconds: 60 }), { status: 500, body: { error: 'failure' } })
  t.equal((await admin('GET', '/state')).text, before, 'nor has the clock moved')
  advance(60)
  t.equal((await api('GET', NUMBERS)).status, 200)
  t.equal((await api('PUT', `${NUMBERS}/%2B14155551000`, { data: {} })).status, 500, 'but a write')
  t.equal(find(AGING)?.state, 'aging')
  other.exec('DROP TRIGGER fill')
  other.close()
  t.equal((await api('GET', NUMBERS)).status, 200)
  t.not(find(AGING)?.state, 'aging', 'the change comes once it can be stored')
})

function many(count: number): object[] {
  return Array.from({ length: count }, (_, i) => ({
    e164: `+1${4_152_000_000 + i}`,
    state: 'in_service',
    owner: DEMO,
    document: { note: 'x'.repeat(100) }
  }))
}
