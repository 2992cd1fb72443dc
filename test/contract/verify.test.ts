import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { CASES } from '../../src/contract/verify/cases.js'
import { diffShape } from '../../src/contract/verify/shape.js'
import { verify } from '../../src/contract/verify/verify.js'
import { DIALECT_NAMES } from '../../src/dialect.js'
import type { JsonValue } from '../../src/json.js'
import { runInProcess as program } from '../harness/run-in-process.js'
import { DEMO, emulatorFor } from '../harness/emulator-under-test.js'

for (const dialect of DIALECT_NAMES) {
  t.test(`The emulator answers as the contract says, in ${dialect}`, async (t) => {
    const { listen } = await emulatorFor(t, { dialect })
    const baseUrl = `http://127.0.0.1:${await listen()}`
    const target = { baseUrl, token: 'demo-token', account: DEMO, dialect, allowsPurchases: true }
    for (const { name, result, differences: found } of await verify(target))
      t.equal(result, 'same', `${name} ${found.join()}`)
    const reading = await verify({ ...target, allowsPurchases: false })
    t.same(
      reading.map(({ result }) => result),
      CASES.map(({ changes }) => (changes ? 'skipped' : 'same'))
    )
  })
}

t.test('verify tells what differs and what cannot be reached', async (t) => {
  const { listen } = await emulatorFor(t)
  const flags = ['--base-url', `http://127.0.0.1:${await listen()}/v2/`, '--token', 'x', '--account']
  const different = await program(['verify', ...flags, DEMO, '--dialect', 'kazoo-4.3'])
  t.match(different, { code: 3, stdout: /different +search.success\n +data.0.state is missing/ })
  const same = await program(['verify', ...flags, DEMO])
  t.match(same, { code: 0, stdout: /skipped +buy.success/ })
  const unreachable = await program(['verify', '--base-url', 'http://127.0.0.1:9', '--token', 'x', '--account', DEMO])
  t.match(unreachable, {
    code: 1,
    stdout: /^not reachable {2}search\.success, search\.validation_error, .*\n {15}\S.*\n\n/m
  })
  t.match(await program(['verify', '--token', 'x']), { code: 2, stderr: /verify wants/ })
  t.match(await program(['verify', '--base-url', 'ftp://x', '--token', 'x', '--account', DEMO]), { code: 2 })
})

t.test('verify ends with a sum, and tells cases with one cause in one line', async (t) => {
  const { listen } = await emulatorFor(t, { auth: 'strict' })
  const flags = ['--base-url', `http://127.0.0.1:${await listen()}`, '--account', DEMO]
  const { stdout, code } = await program(['verify', ...flags, '--token', 'wrong'])
  t.equal(code, 3)
  t.match(
    stdout,
    /^different {6}list\.success, read\.not_on_account\n {15}the server refuses the token: the status is 401 \(.*\)$/m
  )
  t.match(stdout, /^skipped {8}buy\.success, .*, remove\.not_on_account \(buys; run with --allow-purchases\)$/m)
  t.match(stdout, /\n\n17 cases: 4 same, 11 skipped, 0 not reachable, 2 different\n$/)
})

t.test('verify sends only the cases that are named, and the purchase that they need', async (t) => {
  const { listen } = await emulatorFor(t)
  const flags = [
    'verify',
    '--base-url',
    `http://127.0.0.1:${await listen()}`,
    '--token',
    'demo-token',
    '--account',
    DEMO
  ]
  const file = join(t.testdir(), 'verify.xml')
  const run = async (...more: string[]) => {
    const { code, stdout, stderr } = await program([...flags, '--json', ...more])
    const found = JSON.parse(stdout === '' ? '{}' : stdout) as { cases?: { name: string; result: string }[] }
    return { code, stderr, cases: found.cases?.map(({ name, result }) => `${name} ${result}`) }
  }
  t.match(await run('--only', 'list, search.success'), {
    code: 0,
    cases: ['search.success same', 'list.success same', 'list.invalid_credentials same']
  })
  t.match(await run('--only', 'read.success', '--allow-purchases', '--report-junit', file), {
    code: 0,
    cases: ['buy.success same', 'read.success same']
  })
  t.match(readFileSync(file, 'utf8'), /<testsuite name="verify" tests="2" failures="0" errors="0" skipped="0">/)
  t.match(await run('--only', 'raed'), { code: 2, stderr: /--only: raed has no case; did you mean "read"\?$/m })
  t.match(await run('--only', 'a b'), { code: 2, stderr: /--only: "a b" is not a list of names/ })
  t.match(await run('--report-junit', '/no/such/folder/file'), { code: 2, stderr: /--report-junit: cannot write/ })
  const wrong = ['verify', '--base-url', 'http://127.0.0.1:9', '--token', 'x', '--account', DEMO]
  await program([...wrong, '--report-junit', file])
  t.match(readFileSync(file, 'utf8'), /<error message="not reachable">(?:.|\n)*<skipped message="buys"\/>/)
  await program([...flags, '--dialect', 'kazoo-4.3', '--report-junit', file])
  t.match(readFileSync(file, 'utf8'), /classname="verify\.search" name="success"><failure message="different">data\.0/)
})

t.test('A server that speaks no JSON differs, and what needs its numbers is out of reach', async (t) => {
  const server = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.on('listening', resolve))
  t.teardown(() => server.close())
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const verdicts = await verify({ baseUrl, token: 'x', account: DEMO, dialect: 'oneuc', allowsPurchases: true })
  t.match(
    verdicts.find(({ name }) => name === 'buy.success'),
    { result: 'not reachable', differences: [/found/] }
  )
  t.match(
    verdicts.find(({ name }) => name === 'list.success'),
    { result: 'different' }
  )
})

const SHAPES: readonly [says: string, shape: JsonValue, value: JsonValue, differences: string[]][] = [
  ['more keys are fine', { a: 1 }, { a: 1, b: 2 }, []],
  ['a key is missing', { a: { b: '<text>' } }, { a: {} }, ['a.b is missing']],
  ['a list is empty', { a: ['<text>'] }, { a: [] }, ['a is [] instead of a list']],
  ['an item differs', { a: ['<integer>'] }, { a: [1, 'x'] }, ['a.1 is "x" instead of "<integer>"']],
  ['a text is no object', { a: { b: 1 } }, { a: 'x' }, ['a is "x" instead of an object']],
  ['a list of anything', { a: '<list>' }, { a: [] }, []],
  ['no object at all', 'x', 'y', ['the answer is "y" instead of "x"']]
]
for (const [says, shape, value, expected] of SHAPES) {
  t.test(`A shape tells the difference: ${says}`, async (t) => {
    t.same(diffShape(shape, value), expected)
  })
}
