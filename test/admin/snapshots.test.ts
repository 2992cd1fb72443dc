import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Settings } from '../../src/settings.js'
import { MAX_STATE_BYTES } from '../../src/state/schema.js'
import { DEMO, emulatorFor, type Subject } from '../harness/emulator-under-test.js'

const NUMBER = '+14155234712'
const OF_NUMBER = `/v2/accounts/${DEMO}/phone_numbers/${encodeURIComponent(NUMBER)}`

type Keeping = (folder: string) => Partial<Settings>

/** Where snapshots can be kept, and the sandboxes that can have them. */
const KEPT: Readonly<Record<string, Keeping>> = {
  'in memory': () => ({}),
  'in a folder': (snapshots) => ({ snapshots })
}
const PLACES = ['', '/sandboxes/mine'] as const

function caller({ call }: Subject, place: string) {
  const at = async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, body?: unknown) =>
    call({ method, url: place + url, body, token: 'demo-token' })
  return {
    at,
    state: async () => (await at('GET', '/__admin/state')).text,
    snapshot: async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', name: string, body?: unknown) =>
      at(method, `/__admin/snapshots/${name}`, body)
  }
}

for (const [kept, keeping] of Object.entries(KEPT)) {
  for (const place of PLACES) {
    t.test(`snapshots ${kept}, of ${place === '' ? 'the default sandbox' : 'a named sandbox'}`, async (t) => {
      const { at, state, snapshot } = caller(await emulatorFor(t, keeping(t.testdir({}))), place)

      await t.test('a saved state comes back, again and again', async (t) => {
        await at('GET', '/v2/phone_numbers?prefix=415')
        await at('POST', '/__admin/faults', { operation: 'list', status: 500 })
        const before = await state()
        t.match(await snapshot('PUT', 'before'), { status: 201, body: { saved: 'before' } })
        for (const round of [1, 2]) {
          await at('DELETE', OF_NUMBER)
          await at('PUT', '/__admin/clock', { now: '2030-01-01T00:00:00Z', rate: 0 })
          await at('DELETE', '/__admin/faults')
          if (round === 2) await at('POST', '/__admin/reset?to=empty')
          t.not(await state(), before)
          t.match(await snapshot('POST', 'before'), { status: 200, body: { restored: 'before' } })
          t.equal(await state(), before)
        }
        t.match(await at('POST', '/__admin/faults', { status: 500 }), { body: { id: '2' } }, 'ids go on')
      })

      await t.test('what is downloaded is the document of the export, and can be uploaded', async (t) => {
        await snapshot('PUT', 'now')
        const document = await snapshot('GET', 'now')
        t.match(document, { status: 200, text: await state(), headers: { 'content-type': 'application/json' } })
        t.match(await snapshot('PUT', 'uploaded', document.text), { status: 201 })
        await at('POST', '/__admin/reset')
        t.match(await snapshot('POST', 'uploaded'), { status: 200 })
        t.equal(await state(), document.text)
        t.equal((await snapshot('GET', 'uploaded')).text, document.text, 'byte for byte')
      })

      await t.test('saving again replaces', async (t) => {
        t.match(await snapshot('PUT', 'now', { numbers: [{ e164: NUMBER, state: 'aging' }] }), { status: 200 })
        await snapshot('POST', 'now')
        t.match(JSON.parse(await state()), { numbers: [{ e164: NUMBER, state: 'aging' }] })
      })

      await t.test('the list tells name, time and how many numbers', async (t) => {
        const { body } = await at('GET', '/__admin/snapshots')
        const made_at = /^\d{4}-\d\d-\d\dT/
        t.match(body, {
          snapshots: [
            { name: 'before', made_at, numbers: 3 },
            { name: 'now', made_at, numbers: 1 },
            { name: 'uploaded', made_at, numbers: 3 }
          ]
        })
      })

      await t.test('one that is not there is not found, and a name that is none is refused', async (t) => {
        t.match(await snapshot('DELETE', 'now'), { status: 200, body: { dropped: 'now' } })
        for (const method of ['GET', 'POST', 'DELETE'] as const) {
          t.match(await snapshot(method, 'now'), { status: 404, body: { message: 'there is no snapshot now' } })
        }
        for (const method of ['GET', 'POST', 'DELETE', 'PUT'] as const) {
          t.match(await snapshot(method, '..%2Fetc'), { status: 400, body: { message: /1 to 64 letters/ } })
        }
      })

      await t.test(
        'there is an end to how many, and one that is dropped while they are listed is left out',
        async (t) => {
          for (let i = 2; i < 100; i++) t.match(await snapshot('PUT', `s${i}`, {}), { status: 201 })
          for (const body of [undefined, {}]) {
            t.match(await snapshot('PUT', 'more', body), {
              status: 409,
              body: { error: 'limit', message: /keeps 100 snapshots; drop one/ }
            })
          }
          t.match(await snapshot('PUT', 's2', {}), { status: 200 }, 'replacing one is none more')
          const [list] = await Promise.all([at('GET', '/__admin/snapshots'), snapshot('DELETE', 'uploaded')])
          t.match(list.body, { snapshots: { length: 99 } })
        }
      )
    })
  }
}

t.test('Each sandbox has its own snapshots', async (t) => {
  for (const keeping of Object.values(KEPT)) {
    const subject = await emulatorFor(t, keeping(t.testdir({})))
    await caller(subject, '').snapshot('PUT', 'mine')
    t.match(await caller(subject, '/sandboxes/other').snapshot('POST', 'mine'), { status: 404 })
  }
})

t.test('a snapshot that is a file can be committed, and is there at the next start', async (t) => {
  const snapshots = t.testdir({})
  const first = caller(await emulatorFor(t, { snapshots, clock: 0 }), '/sandboxes/mine')
  await first.at('DELETE', OF_NUMBER)
  await first.snapshot('PUT', 'released')
  const before = await first.state()
  t.equal(readFileSync(join(snapshots, 'sandboxes', 'mine', 'released.json'), 'utf8'), before)
  const second = caller(await emulatorFor(t, { snapshots }), '/sandboxes/mine')
  await second.snapshot('POST', 'released')
  t.equal(await second.state(), before)
})

t.test('a file that is no snapshot is refused when it is restored', async (t) => {
  const snapshots = join(t.testdir({}), 'made', 'here')
  const { at, snapshot } = caller(await emulatorFor(t, { snapshots }), '')
  t.ok(existsSync(snapshots))
  writeFileSync(join(snapshots, 'broken.json'), '{')
  writeFileSync(join(snapshots, 'wrong.json'), '{"nubmers":[]}')
  writeFileSync(join(snapshots, 'notes.txt'), '')
  t.match(await snapshot('POST', 'broken'), { status: 400, body: { message: 'broken.json is no JSON' } })
  t.match(await snapshot('POST', 'wrong'), { status: 400, body: { at: '/nubmers' } })
  t.match((await at('GET', '/__admin/snapshots')).body, {
    snapshots: [
      { name: 'broken', numbers: null },
      { name: 'wrong', numbers: 0 }
    ]
  })
  mkdirSync(join(snapshots, 'taken.json.new'))
  t.match(
    await snapshot('PUT', 'taken'),
    { status: 500, body: { error: 'failure' } },
    'a folder that cannot be written'
  )
  const taken = join(t.testdir({ file: '' }), 'file')
  await t.rejects(emulatorFor(t, { snapshots: taken }), {
    name: 'FixtureError',
    message: /cannot be a folder for snapshots: EEXIST/
  })
})

t.test('A byte order mark in the file of a snapshot is skipped', async (t) => {
  const folder = t.testdir({})
  const { snapshot, state } = caller(await emulatorFor(t, { snapshots: folder }), '')
  await snapshot('PUT', 'marked')
  const file = join(folder, 'marked.json')
  writeFileSync(file, `\uFEFF${readFileSync(file, 'utf8')}`)
  const before = await state()
  t.match(await snapshot('POST', 'marked'), { status: 200, body: { restored: 'marked' } })
  t.equal(await state(), before)
})

t.test('Only regular files of the folder are snapshots', async (t) => {
  const folder = t.testdir({
    outside: { 'secret.json': '{"numbers":[]}' },
    snapshots: { 'folder.json': {}, 'good.json': '{"numbers":[]}' }
  })
  const [outside, snapshots] = [join(folder, 'outside'), join(folder, 'snapshots')]
  symlinkSync(join(outside, 'secret.json'), join(snapshots, 'link.json'))
  symlinkSync(join(snapshots, 'good.json'), join(snapshots, 'inner.json'))
  execFileSync('mkfifo', [join(snapshots, 'pipe.json')])
  writeFileSync(join(snapshots, 'large.json'), '')
  truncateSync(join(snapshots, 'large.json'), MAX_STATE_BYTES + 1)
  mkdirSync(join(snapshots, 'sandboxes', 'file'), { recursive: true })
  symlinkSync(outside, join(snapshots, 'sandboxes', 'linked'))
  const subject = await emulatorFor(t, { snapshots })
  const { at, snapshot } = caller(subject, '')
  t.match((await at('GET', '/__admin/snapshots')).body, {
    snapshots: [
      { name: 'good', numbers: 0 },
      { name: 'large', numbers: null }
    ]
  })
  for (const name of ['folder', 'link', 'inner', 'pipe']) {
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      t.match(await snapshot(method, name), { status: 404, body: { error: 'not_found' } }, `${method} ${name}`)
    }
    const refused = await snapshot('PUT', name)
    t.match(refused, { status: 400, body: { message: `${name}.json must not be a folder or a link` } }, `PUT ${name}`)
  }
  for (const method of ['GET', 'POST'] as const) t.match(await snapshot(method, 'large'), { status: 400 }, 'too large')
  t.equal((await snapshot('GET', 'good')).status, 200)

  const linked = caller(subject, '/sandboxes/linked')
  t.match((await linked.at('GET', '/__admin/snapshots')).body, { snapshots: { length: 0 } })
  t.equal((await linked.snapshot('GET', 'secret')).status, 404, 'nor is a folder that is a link one')
  t.match(await linked.snapshot('PUT', 'new'), {
    status: 400,
    body: { message: 'new.json must not lie behind a link' }
  })
  t.same(readdirSync(outside), ['secret.json'])
})

t.test('A file is checked before it is given, and messages name no path', async (t) => {
  const snapshots = t.testdir({ 'broken.json': '{', 'wrong.json': '{"nubmers":[]}', 'passwd.json': 'root:x:0:0' })
  const { snapshot } = caller(await emulatorFor(t, { snapshots }), '')
  for (const name of ['broken', 'wrong', 'passwd']) {
    for (const method of ['GET', 'POST'] as const) {
      const { status, text } = await snapshot(method, name)
      t.equal(status, 400, `${method} ${name}`)
      t.notMatch(text, snapshots)
      t.notMatch(text, /root:x:0:0/)
    }
  }
})

t.test('a snapshot is no larger than what can be restored', async (t) => {
  const subject = await emulatorFor(t)
  const note = 'x'.repeat(MAX_STATE_BYTES / 4)
  for (let i = 0; i < 4; i++) subject.put({ e164: `+1212555010${i}`, state: 'in_service', document: { note } })
  t.match(await caller(subject, '').snapshot('PUT', 'large'), {
    status: 409,
    body: { error: 'limit', message: /large must not have more than \d+ bytes/ }
  })
})

t.test('an imported state is still the whole of the sandbox after a restart', async (t) => {
  const db = join(t.testdir({}), 'numbers.sqlite')
  await t.test('imported', async (t) => {
    const first = caller(await emulatorFor(t, { db }), '')
    await first.at('PUT', '/__admin/state', { numbers: [{ e164: '+12125550100', state: 'aging' }] })
  })
  const second = caller(await emulatorFor(t, { db }), '')
  const { numbers } = JSON.parse(await second.state()) as { numbers: unknown[] }
  t.match(numbers, [{ e164: '+12125550100' }])
  t.equal(numbers.length, 1, 'the fixtures do not show through')
})

t.test('sandboxes that are made, filled, saved and dropped in bulk leave no file', async (t) => {
  const db = join(t.testdir({}), 'numbers.sqlite')
  const subject = await emulatorFor(t, { db })
  for (let i = 0; i < 100; i++) {
    const { at, snapshot } = caller(subject, `/sandboxes/s${i}`)
    await at('GET', '/v2/phone_numbers?prefix=415')
    await at('PUT', `/v2/accounts/${DEMO}/phone_numbers/%2B15005550503/activate`, { data: {} })
    await at('DELETE', OF_NUMBER)
    await snapshot('PUT', 'kept')
    await snapshot('PUT', 'replaced')
    await snapshot('POST', 'kept')
    await snapshot('DELETE', 'replaced')
    await subject.call({ method: 'DELETE', url: `/__admin/sandboxes/s${i}` })
  }
  t.same(readdirSync(`${db}-sandboxes`), [])
})
