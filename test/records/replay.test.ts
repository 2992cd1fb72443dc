/** Records are played against the emulator, and what differs is told. */
import t from 'tap'
import type { Verdict } from '../../src/contract/verify/verdicts.js'
import { POINTS } from '../../src/dialect.js'
import { DEMO, emulatorFor, type Call } from '../harness/emulator-under-test.js'
import { runInProcess } from '../harness/run-in-process.js'
import { JOURNEY } from '../contract/pact.cases.js'
import { DIALECT_CALLS, EXPIRED_TOKEN, SIGNS, type Point } from './dialects.cases.js'
import { recorderFor } from './recorder.js'

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`

async function replay(folder: string, ...flags: string[]) {
  const { code, stdout, stderr } = await runInProcess(['verify', '--replay', folder, '--json', ...flags])
  const { cases = [] } = JSON.parse(stdout === '' ? '{}' : stdout) as { cases?: Verdict[] }
  return { code, stderr, cases }
}

for (const dialect of ['oneuc', 'kazoo-4.3'] as const) {
  t.test(`A day of a client that was recorded in the dialect ${dialect} is the same again`, async (t) => {
    const folder = t.testdir()
    const record = await recorderFor(t, await emulatorFor(t, { dialect }), folder, { dialect })
    await record(JOURNEY)
    const { code, cases } = await replay(folder, '--dialect', dialect)
    t.same(
      cases.filter(({ result }) => result !== 'same'),
      []
    )
    t.equal(code, 0)
  })
}

/** A token wherever clients put it: one that the service does not know, and what stands for a missing one. */
const TOKENS = ['a-token-of-nobody', 'undefined', '']
const REFUSED_CALLS: readonly Call[] = TOKENS.flatMap((token) => [
  { method: 'GET', url: NUMBERS, token },
  { method: 'GET', url: NUMBERS, token: '', headers: { authorization: `Bearer ${token}` } },
  { method: 'GET', url: `${NUMBERS}?auth_token=${token}`, token: '' },
  { method: 'PATCH', url: `${NUMBERS}/%2B14155550100`, body: { data: { auth_token: token } }, token: '' },
  { method: 'PATCH', url: `${NUMBERS}/%2B14155550100`, body: { data: {}, auth_token: token }, token: '' }
])

t.test('A token that the service refuses, or that is missing, is refused again', async (t) => {
  const folder = t.testdir()
  const record = await recorderFor(t, await emulatorFor(t, { auth: 'strict' }), folder)
  await record(REFUSED_CALLS)
  const { code, cases } = await replay(folder)
  t.equal(code, 0)
  t.match(
    cases.map(({ name, result }) => `${name} ${result}`),
    REFUSED_CALLS.map(() => /^\w+\.(?:token_rejected|invalid_credentials) same$/)
  )
})

t.test('A token that the service refuses in the words for a missing one is refused again', async (t) => {
  const folder = t.testdir()
  const refusal = { auth_token: 'a-token-of-nobody', data: { message: 'invalid credentials' }, error: '401' }
  const body = JSON.stringify({ ...refusal, message: 'invalid_credentials', request_id: '1', status: 'error' })
  const adapt = () => ({ status: 401, body })
  const record = await recorderFor(t, await emulatorFor(t), folder, { adapt })
  await record([{ method: 'GET', url: NUMBERS }])
  t.match(await replay(folder), { code: 0, cases: [{ name: 'list.invalid_credentials', result: 'same' }] })
})

t.test('What the emulator does not have is not compared', async (t) => {
  const folder = t.testdir()
  const adapt = () => ({ status: 200, body: '{"data":[],"status":"success"}' })
  const record = await recorderFor(t, await emulatorFor(t), folder, { adapt })
  await record([
    { method: 'GET', url: `/v2/accounts/${DEMO}/devices` },
    { method: 'GET', url: '/v2/nothing' }
  ])
  const { code, cases } = await replay(folder)
  t.equal(code, 3)
  t.match(cases, [
    {
      name: 'unmatched.no_outcome',
      result: 'not comparable',
      differences: ['the emulator has no devices: it stands for the Phone Number API alone']
    },
    { result: 'different', differences: [/^the status is 200 in the record, and 404 \(not_found\) at the emulator$/] }
  ])
})

/** Every day begins with the fixtures, and the client has kept a token from before. */
const DAYS = 8

t.test('What more than 200 calls to kazoo-4.3 show is what the table says, row by row', async (t) => {
  const folder = t.testdir()
  const kazoo = await emulatorFor(t, { dialect: 'kazoo-4.3' })
  const record = await recorderFor(t, kazoo, folder)
  const calls = Array.from({ length: DAYS }, () => DIALECT_CALLS).flat()
  for (let day = 0; day < DAYS; day++) {
    kazoo.reset()
    kazoo.sandbox.store.tokens.save({ token: EXPIRED_TOKEN, account: DEMO, expires: 0 })
    await record(DIALECT_CALLS)
  }
  const { code, cases } = await replay(folder)
  t.equal(code, 3)
  t.equal(cases.length, calls.length)
  t.ok(calls.length > 200)
  const signs = new Map(Object.entries(SIGNS) as [Point, RegExp][])
  const seen = new Set<Point>()
  for (const [i, { name, file, differences }] of cases.entries()) {
    const shows: readonly Point[] = [...(calls[i]?.shows ?? []), 'envelope']
    const pointsOf = (difference: string) => shows.filter((point) => signs.get(point)?.test(difference))
    const points = differences.flatMap(pointsOf)
    for (const point of points) seen.add(point)
    t.same(
      differences.filter((one) => pointsOf(one).length !== 1),
      [],
      `${file} ${name}: each difference is one row`
    )
    t.same(
      (calls[i]?.shows ?? []).filter((point) => !points.includes(point)),
      [],
      `${file} ${name}: each row is seen`
    )
  }
  const differing = Object.entries(POINTS).filter(([, { oneuc, 'kazoo-4.3': other }]) => oneuc[0] !== other[0])
  t.same([...seen].sort(), differing.map(([point]) => point).sort())
})
