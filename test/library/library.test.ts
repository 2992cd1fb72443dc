import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import t from 'tap'
import { adminClient, createEmulator, gates, type EmulatorOptions, type GateOptions } from '../../src/library.js'
import { adminErrorOf } from '../harness/admin-error.js'
import { collectGarbage } from '../harness/collect-garbage.js'
import { NUMBER, NUMBERS, SEARCH, headers, owned, putAndRead, readNumber, worldOf } from './world.js'

t.test('A sandbox is isolated from the others', async (t) => {
  await using emulator = await createEmulator()
  const [mine, other] = ['mine', 'other'].map((name) => worldOf(emulator, emulator.sandbox(name)))
  if (mine === undefined || other === undefined) return
  await putAndRead(mine)
  t.equal(await readNumber(other), 404)
  t.equal(await readNumber(worldOf(emulator, emulator)), 404)
  t.match(await adminErrorOf(emulator.drop()), { status: 400, message: /the default sandbox stays/ })
})

t.test('I see which sandboxes there are, and what the clients of all of them did', async (t) => {
  await using emulator = await createEmulator()
  for (const admin of [emulator, adminClient(emulator.url)]) {
    t.match(await admin.sandboxes.make('mine'), { name: 'mine', base_path: '/sandboxes/mine' })
    t.match(await admin.sandboxes.list(), [{ name: 'default', base_path: '' }, { name: 'mine' }])
    await worldOf(emulator, admin.sandbox('mine')).api(SEARCH)
    t.match(await admin.sandboxes.drop('mine'), { dropped: 'mine' })
    t.match(await adminErrorOf(admin.sandboxes.drop('mine')), { status: 404 })
    t.match(await admin.contract({ sandboxes: 'all' }), { summary: { requests: 1 } }, 'those that are gone included')
    await admin.clearContract({ sandboxes: 'all' })
    t.match(await admin.contract({ sandboxes: 'all' }), { summary: { requests: 0 } })
  }
})

t.test('Events that I read later are all there', async (t) => {
  await using emulator = await createEmulator()
  for (const admin of [emulator, adminClient(emulator.url)]) {
    const events = await admin.events({ types: ['resets'] })
    await collectGarbage()
    await admin.reset()
    await collectGarbage()
    await admin.reset()
    const seen: string[] = []
    for await (const { type } of events) if (seen.push(type) === 2) break
    t.same(seen, ['reset', 'reset'])
  }
})

t.test('A crowd of listeners is sent away, and makes room when it leaves', async (t) => {
  await using emulator = await createEmulator()
  for (const admin of [emulator.sandbox('within'), adminClient(emulator.url).sandbox('without')]) {
    const crowd = await Promise.all(Array.from({ length: 100 }, () => admin.events()))
    t.match(await adminErrorOf(admin.events()), { status: 429, message: /at most 100/ })
    await admin.reset()
    for (const events of crowd) for await (const { type } of events) if (type === 'reset') break
    let room = false
    while (!room) room = await admin.events().then(Boolean, () => false)
  }
})

t.test('Several emulators at once know nothing of each other', async (t) => {
  await using one = await createEmulator({ clock: Date.parse('2030-01-01') })
  await using other = await createEmulator({ agingSeconds: 60, logger: pino({ level: 'silent' }) })
  t.not(one.url, other.url)
  await one.numbers.put([owned])
  t.equal(await readNumber(worldOf(other, other)), 404)
  t.match(await one.clock.get(), { now: '2030-01-01T00:00:00.000Z', rate: 0 })
  t.match(await other.timing.get(), { aging: { after_seconds: 60 } })
})

t.test('My client finds the emulator at its URL until I close it', async (t) => {
  const emulator = await createEmulator()
  t.match(emulator.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  t.equal((await fetch(emulator.url + SEARCH)).status, 200)
  t.equal(await adminClient(emulator.url).requests.count(), 1)
  await emulator.close()
  await t.rejects(fetch(emulator.url + SEARCH))
})

t.test('An IPv6 host is in brackets in the URL', async (t) => {
  await using emulator = await createEmulator({ host: '::1' })
  t.match(emulator.url, /^http:\/\/\[::1\]:\d+$/)
})

t.test('A admin API with a port of its own still answers the library', async (t) => {
  await using emulator = await createEmulator({ adminPort: 0 })
  t.equal((await fetch(`${emulator.url}/__admin/accounts`)).status, 404)
  t.ok((await emulator.accounts()).length > 0)
})

t.test('Without its token the admin API stays shut', async (t) => {
  await using emulator = await createEmulator({ adminToken: 'admin-token' })
  t.match(await adminErrorOf(adminClient(emulator.url).accounts()), { name: 'AdminError', status: 401 })
  const message = /; adminClient takes it as its second argument, useEmulator from ONEUC_EMULATOR_ADMIN_TOKEN$/
  t.match(await adminErrorOf(adminClient(emulator.url, 'wrong').accounts()), { status: 401, message })
})

t.test('I make requests without a network', async (t) => {
  await using emulator = await createEmulator()
  t.match(await emulator.inject({ url: SEARCH }), {
    status: 200,
    headers: { 'content-type': /json/ },
    text: /"status":"success"/
  })
  const body = { data: { numbers: [NUMBER] } }
  const url = `${NUMBERS}/collection/activate`
  t.match(JSON.parse((await emulator.inject({ method: 'PUT', url, headers, body })).text), { status: String })
  t.match(await emulator.requests.find({ urlPath: url }), [
    { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  ])
})

t.test('An interceptor lets the emulator answer for any host', async (t) => {
  await using emulator = await createEmulator()
  const found = await emulator.fetch(`https://api.example.com${SEARCH}`)
  t.equal(found.status, 200)
  t.match(await found.json(), { status: 'success' })
  const asked = await emulator.fetch(new Request(`https://api.example.com${NUMBERS}`, { headers }))
  t.equal(asked.status, 200)
  const bought = await emulator.fetch(`${NUMBERS}/${encodeURIComponent(NUMBER)}/activate`, {
    method: 'PUT',
    headers,
    body: '{"data":{}}'
  })
  t.match(await bought.json(), { status: String })
  const probed = await emulator.fetch(SEARCH, { method: 'HEAD' })
  t.equal(await probed.text(), '')
  t.equal(await emulator.requests.count({ method: 'PUT' }), 1)
})

t.test('My tests end with the gates of exec in one line', async (t) => {
  const folder = t.testdir()
  const report = join(folder, 'report.json')
  const emulator = await createEmulator({ failOnWarning: true, reportJson: report })
  await fetch(emulator.url + SEARCH)
  t.match(await emulator.gate({ minCoverage: 7 }), /1 of 14 documented outcomes seen/)
  t.match(JSON.parse(readFileSync(report, 'utf8')), { sandbox: null, summary: { requests: 1 } })
  await t.rejects(emulator.gate({ minCoverage: 8 }), { name: 'GateError', failures: [/7 % of .* 8 % are wanted/] })
  await fetch(`${emulator.url}/sandboxes/other/v2/phone_numbers?prefix=41`)
  await t.rejects(emulator.gate(), { message: /contract warnings: prefix_form/ }, 'in whatever sandbox')
  await t.resolves(emulator.gate({ failOnWarning: false }))
  await fetch(`${emulator.url}/v2/phone_nubmers`)
  const atEnd = gates(emulator, { failOnWarning: false, failOnUnmatched: true })
  await t.rejects(atEnd, { message: /gate failed: 1 request met no route/ })
  await t.rejects(fetch(emulator.url + SEARCH), 'and it is closed')
  await t.resolves(gates(await createEmulator()), 'without gates nothing fails')
})

const MISTAKES: readonly [sentence: string, options: Record<string, unknown>, message: RegExp][] = [
  ['My option is misspelt', { minCoverge: 50 }, /^minCoverge is not an option; did you mean "minCoverage"\?$/],
  ['My threshold is none', { minCoverage: 101 }, /^minCoverage: 101 is not a whole number from 0 to 100$/],
  ['My flag is a word', { failOnWarning: 'maybe' }, /^failOnWarning: "maybe" is not true or false$/],
  ['My report has no place', { reportJunit: '/no/such/folder/report.xml' }, /^reportJunit: cannot write/]
]

const UNSET: Record<string, unknown> = { minCoverage: undefined }

for (const [sentence, options, message] of MISTAKES) {
  t.test(`${sentence}: I am told before the run, and at its end`, async (t) => {
    await t.rejects(createEmulator(options as EmulatorOptions), { name: 'UsageError', message })
    await using emulator = await createEmulator(UNSET)
    await t.rejects(emulator.gate(options as GateOptions), { name: 'UsageError', message })
  })
}
