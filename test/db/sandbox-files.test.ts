import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { JsonObject } from '../../src/json.js'
import { isSandboxName } from '../../src/sandbox/sandboxes.js'
import { DEMO, emulatorFor, type Call, type Subject } from '../harness/emulator-under-test.js'

/** The numbers that a search finds, by pages, so that what is skipped has to be counted right. */
async function searched({ call }: Subject, prefix: string, pages: number): Promise<[e164: string, state: unknown][]> {
  const found: [string, unknown][] = []
  for (let offset = 0; offset < pages; offset++) {
    const url = `/v2/accounts/${DEMO}/phone_numbers?prefix=${prefix}&quantity=2&offset=${offset}`
    const { body } = await call({ method: 'GET', url })
    found.push(
      ...(body.data as { number: string; state: string }[]).map((one): [string, string] => [one.number, one.state])
    )
  }
  return found
}

t.test('a file keeps its numbers whatever the fixtures are, until a reset', async (t) => {
  const folder = t.testdir({
    before: {
      'numbers.json': JSON.stringify([
        { e164: '+12122000000', state: 'available' },
        { e164: '+12122000001', state: 'in_service', owner: DEMO },
        { e164: '+12122000005', state: 'available' }
      ])
    },
    after: { 'numbers.json': JSON.stringify([{ e164: '+12122000103', state: 'available' }]) }
  })
  const db = join(folder, 'numbers.db')
  const own = `/v2/accounts/${DEMO}/phone_numbers`
  const kept: [string, string][] = [
    ['+12122000000', 'in_service'],
    ['+12122000001', 'available'],
    ['+12122000005', 'available']
  ]
  t.test('before', async (t) => {
    const subject = await emulatorFor(t, { db, fixtures: join(folder, 'before') })
    const { call } = subject
    t.equal(
      (await call({ method: 'PUT', url: `${own}/%2B12122000000/activate`, body: { data: {} }, token: 'x' })).status,
      201
    )
    t.equal((await call({ method: 'DELETE', url: `${own}/%2B12122000001`, token: 'x' })).status, 200)
    t.same(await searched(subject, '2122000', 2), [...kept, ['+12122000002', 'discovery']])
  })
  t.test('after', async (t) => {
    const subject = await emulatorFor(t, { db, fixtures: join(folder, 'after') })
    t.same(await searched(subject, '2122000', 2), [...kept, ['+12122000002', 'discovery']])
    await subject.call({ method: 'POST', url: '/__admin/reset' })
    t.same(await searched(subject, '2122000', 1), [
      ['+12122000103', 'available'],
      ['+12122000000', 'discovery']
    ])
  })
})

t.test('numbers of the fixtures keep their times in a file', async (t) => {
  const folder = t.testdir({
    'numbers.json': JSON.stringify([{ e164: '+12122000000', state: 'in_service', owner: DEMO }])
  })
  const url = `/v2/accounts/${DEMO}/phone_numbers/%2B12122000000`
  const times: unknown[] = []
  for (const clock of [0, 86_400_000]) {
    t.test(`started at ${clock}`, async (t) => {
      const { call } = await emulatorFor(t, { db: join(folder, 'numbers.db'), fixtures: folder, clock })
      times.push(((await call({ method: 'GET', url, token: 'x' })).body.data as JsonObject)._read_only)
    })
  }
  t.test('are the same', async (t) => {
    t.equal(times.length, 2)
    t.same(times[0], times[1])
  })
})

t.test('a reset lasts in a file', async (t) => {
  const db = join(t.testdir(), 'numbers.db')
  const numbers = { method: 'GET', url: `/v2/accounts/${DEMO}/phone_numbers?paginate=false`, token: 'x' } as const
  const listed = async ({ call }: Subject) => {
    const { body } = await call(numbers)
    return Object.keys((body.data as { numbers: object }).numbers)
  }
  const kept = ['+14155234712', '+14155558920', '+14155558921']
  const buy = (e164: string, { call }: Subject) =>
    call({
      method: 'PUT',
      url: `/v2/accounts/${DEMO}/phone_numbers/${encodeURIComponent(e164)}`,
      body: { data: {} },
      token: 'x'
    })
  t.test('bought and reset', async (t) => {
    const subject = await emulatorFor(t, { db })
    t.equal((await buy('+14155550199', subject)).status, 201)
    t.same(await listed(subject), [...kept, '+14155550199'].sort())
    t.equal((await subject.call({ method: 'POST', url: '/__admin/reset' })).status, 200)
    t.same(await listed(subject), kept)
  })
  t.test('and emptied', async (t) => {
    const subject = await emulatorFor(t, { db })
    t.same(await listed(subject), kept)
    t.equal((await subject.call({ method: 'POST', url: '/__admin/reset?to=empty' })).status, 200)
    t.same(await listed(subject), [])
    t.equal((await buy('+14155558921', subject)).status, 201)
  })
  t.test('what the emptied one holds is its own', async (t) => {
    t.same(await listed(await emulatorFor(t, { db })), ['+14155558921'])
  })
})

t.test('each sandbox has numbers of its own, and the least used one makes room', async (t) => {
  const { call } = await emulatorFor(t, { maxSandboxes: 2 })
  const names = async () => {
    const { body } = await call({ method: 'GET', url: '/__admin/sandboxes' })
    return [(body.sandboxes as { name: string }[]).map(({ name }) => name), body.dropped]
  }
  const numbers = `/v2/accounts/${DEMO}/phone_numbers`
  const status = async (method: Call['method'], url: string) =>
    (await call({ method, url, token: 'x', ...(method === 'PUT' ? { body: { data: {} } } : {}) })).status
  const steps: [method: Call['method'], url: string, status: number][] = [
    ['POST', '/__admin/sandboxes/one', 201],
    ['POST', '/__admin/sandboxes/one', 200],
    ['POST', '/__admin/sandboxes/default', 200],
    ['PUT', `/sandboxes/one${numbers}/%2B14155550100`, 201],
    ['GET', `/sandboxes/one${numbers}/%2B14155550100`, 200],
    ['GET', `${numbers}/%2B14155550100`, 404],
    ['GET', `/sandboxes/two${numbers}/%2B14155550100`, 404],
    ['GET', `/sandboxes/one${numbers}/%2B14155550100`, 200],
    ['GET', `/sandboxes/three${numbers}/%2B14155550100`, 404],
    ['GET', `/sandboxes/one${numbers}/%2B14155550100`, 200],
    ['DELETE', '/__admin/sandboxes/three', 200],
    ['DELETE', '/__admin/sandboxes/three', 404],
    ['DELETE', '/__admin/sandboxes/default', 400]
  ]
  for (const [method, url, expected] of steps) t.equal(await status(method, url), expected, `${method} ${url}`)
  t.same(await names(), [['default', 'one'], 1], 'two went when three came')
})

t.test('a sandbox has a name that a path and a header can carry', async (t) => {
  for (const name of ['a', 'CI-7', 'feature.x_1', '0', 'a'.repeat(64)]) t.ok(isSandboxName(name), name)
  for (const name of ['', '-a', '.a', 'a b', 'a/b', 'ä', 'a'.repeat(65)]) t.notOk(isSandboxName(name), name)
})

t.test('files keep the numbers of every sandbox, until it is dropped', async (t) => {
  const db = join(t.testdir(), 'numbers.db')
  const number = `/sandboxes/one/v2/accounts/${DEMO}/phone_numbers/%2B14155550100`
  const steps: [says: string, method: Call['method'], url: string, status: number, files: string[]][] = [
    ['made', 'PUT', number, 201, ['one.db']],
    ['kept', 'GET', number, 200, ['one.db']],
    ['dropped', 'DELETE', '/__admin/sandboxes/one', 200, []],
    ['gone', 'GET', number, 404, ['one.db']]
  ]
  for (const [says, method, url, status, files] of steps) {
    t.test(says, async (t) => {
      await t.test('while it runs', async (t) => {
        const { call } = await emulatorFor(t, { db })
        const body = method === 'PUT' ? { body: { data: {} } } : {}
        t.equal((await call({ method, url, token: 'x', ...body })).status, status)
      })
      t.same(readdirSync(`${db}-sandboxes`), files)
    })
  }
  t.test('a file that is no sandbox stays out of it', async (t) => {
    writeFileSync(join(`${db}-sandboxes`, 'notes.txt'), '')
    const { call } = await emulatorFor(t, { db })
    const { body } = await call({ method: 'GET', url: '/__admin/sandboxes' })
    t.match(body, { sandboxes: [{ name: 'default' }, { name: 'one' }] })
  })
})
