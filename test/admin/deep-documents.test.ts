import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { DEMO, emulatorFor, type Call } from '../harness/emulator-under-test.js'
import { adminFor, NUMBERS } from './admin-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`
const TOO_DEEP = /must not nest deeper than 68 levels/

/** A document within so many others: `{"d":{"d":…}}`. */
function nested(levels: number, open = '{"d":', close = '}'): string {
  return open.repeat(levels) + '1' + close.repeat(levels)
}

const DEEP = nested(20_000)
const NUMBER = '{"e164":"+14155234712","state":"in_service"'

/** Every call of the admin API that takes JSON, with a body that nests too deep. */
const CALLS: readonly [method: Call['method'], path: string, body: string][] = [
  ['POST', '/numbers', `${NUMBER},"document":${DEEP}}`],
  ['POST', '/numbers', `[${NUMBER},"document":${DEEP}}]`],
  ['PUT', '/state', `{"numbers":[${NUMBER},"document":${DEEP}}]}`],
  ['PUT', '/state', DEEP],
  ['PUT', '/snapshots/x', `{"numbers":[${NUMBER},"document":${DEEP}}]}`],
  ['PUT', '/snapshots/x', nested(20_000, '[', ']')],
  ['POST', '/requests/find', `{"bodyPatterns":[{"equalToJson":${DEEP}}]}`],
  ['POST', '/requests/count', `{"bodyPatterns":[{"equalToJson":${DEEP}}]}`],
  ['POST', '/requests/wait', `{"bodyPatterns":[{"equalToJson":${DEEP}}],"timeout_ms":0}`],
  ['POST', '/requests/verify', `{"bodyPatterns":[{"equalToJson":${DEEP}}]}`],
  ['POST', '/faults', `{"status":500,"operation":${DEEP}}`],
  ['PUT', '/faults', `{"faults":[${DEEP}]}`],
  ['PUT', '/clock', `{"now":${DEEP}}`],
  ['POST', '/clock/advance', DEEP],
  ['PUT', '/timing', `{"e911":${DEEP}}`],
  ['POST', '/timing/release', DEEP],
  ['POST', '/reset', DEEP],
  ['POST', '/sandboxes/y', DEEP],
  ['POST', '/snapshots/x', DEEP],
  ['DELETE', '/requests', DEEP]
]

t.test('A document that nests too deep is refused by each call, and every sandbox goes on', async (t) => {
  const { admin, api, call } = await adminFor(t, {}, 'one')
  for (const [method, path, body] of CALLS) {
    t.match(
      await admin(method, path, body),
      { status: 400, body: { error: 'invalid', at: '', message: TOO_DEEP } },
      `${method} ${path}`
    )
    for (const url of [NUMBERS, OWN]) {
      t.equal((await api('GET', url)).status, 200, `GET ${url}`)
      t.equal((await call({ method: 'GET', url, token: 'demo-token' })).status, 200, `GET ${url} elsewhere`)
    }
    t.equal((await admin('GET', '/state')).status, 200, 'the state can be exported')
  }
})

t.test('A JSON text within a pattern is held to the levels of the API', async (t) => {
  const { admin } = await adminFor(t)
  for (const call of ['find', 'count', 'wait', 'verify']) {
    t.match(await admin('POST', `/requests/${call}`, { bodyPatterns: [{ equalToJson: DEEP }] }), {
      status: 400,
      body: { at: '/bodyPatterns/0/equalToJson', message: 'JSON must not nest deeper than 64 levels' }
    })
  }
})

t.test('The deepest document that the API takes can be exported, imported and kept', async (t) => {
  const { admin, api } = await adminFor(t)
  t.equal((await api('POST', OWN, `{"data":{"deep":${nested(62)}}}`)).status, 200)
  t.match(await api('POST', OWN, `{"data":{"deep":${nested(63)}}}`), { status: 400 })
  const { text } = await admin('GET', '/state')
  t.match(text, nested(62))
  t.equal((await admin('PUT', '/snapshots/deep', text)).status, 201)
  t.equal((await admin('POST', '/snapshots/deep')).status, 200)
  t.equal((await admin('PUT', '/state', text)).status, 200)
  t.match((await api('GET', OWN)).text, nested(62))
})

t.test('A file that nests too deep is refused at the start', async (t) => {
  const folder = t.testdir({})
  const files: Readonly<Record<string, string>> = {
    'seed.json': `{"numbers":[${NUMBER},"document":${DEEP}}]}`,
    'flow.yaml': `numbers: [{e164: "+14155234712", state: in_service, document: ${DEEP}}]`,
    'shallow.yaml': `numbers: [{e164: "+14155234712", state: in_service, document: ${nested(100, '{d: ')}}]`
  }
  const messages: Readonly<Record<string, RegExp>> = { 'flow.yaml': /: nests too deep at line 1, column \d+$/ }
  for (const [name, content] of Object.entries(files)) {
    const seedFile = join(folder, name)
    writeFileSync(seedFile, content)
    await t.rejects(emulatorFor(t, { seedFile }), { name: 'FixtureError', message: messages[name] ?? TOO_DEEP }, name)
  }
  const seedJson = files['seed.json'] ?? ''
  await t.rejects(emulatorFor(t, { seedJson }), { name: 'FixtureError', message: TOO_DEEP }, 'a variable')
  const fixtures = join(folder, 'fixtures')
  mkdirSync(fixtures)
  writeFileSync(join(fixtures, 'numbers.json'), `[${NUMBER},"owner":"${DEMO}","document":${DEEP}}]`)
  await t.rejects(emulatorFor(t, { fixtures }), { name: 'FixtureError', message: TOO_DEEP }, 'a fixture')
})

t.test('A snapshot in a folder that nests too deep is refused when it is restored', async (t) => {
  const snapshots = t.testdir({ 'deep.json': `{"numbers":[${NUMBER},"document":${DEEP}}]}` })
  const { admin, api } = await adminFor(t, { snapshots })
  t.match(await admin('POST', '/snapshots/deep'), {
    status: 400,
    body: { at: '', message: 'deep.json is no JSON of at most 68 levels' }
  })
  t.match(await admin('GET', '/snapshots'), { status: 200, body: { snapshots: [{ name: 'deep', numbers: null }] } })
  t.equal((await api('GET', OWN)).status, 200)
})
