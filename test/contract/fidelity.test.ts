/** What the emulator says about where its answers come from. */
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { ASSUMPTIONS } from '../../src/contract/assumptions.js'
import { describeFidelity, FIDELITY, type Fidelity } from '../../src/contract/fidelity.js'
import { createEmulator } from '../../src/library.js'
import { outcomeNamed } from '../../src/contract/outcomes.js'
import { schemaFindings } from '../../src/findings/schema-findings.js'
import { DEMO, emulatorFor } from '../harness/emulator-under-test.js'
import { runInProcess } from '../harness/run-in-process.js'
import { sourceFiles } from '../house/source-files.js'

function find({ operations }: Fidelity, operation: string, outcome: string) {
  return operations.find(({ name }) => name === operation)?.outcomes.find(({ name }) => name === outcome)
}

t.test('Programs learn where each outcome comes from: by HTTP and by the command line', async (t) => {
  const { call } = await emulatorFor(t)
  const { status, body } = await call({ method: 'GET', url: '/__admin/fidelity' })
  t.equal(status, 200)
  t.same(schemaFindings(FIDELITY, body), [])
  const { code, stdout } = await runInProcess(['fidelity', '--json'])
  t.equal(code, 0)
  t.same(JSON.parse(stdout), body)
})

t.test('An outcome has its origin, its source and what verify knows of it', async (t) => {
  const fidelity = describeFidelity()
  t.match(find(fidelity, 'e911', 'success'), {
    origin: 'document',
    source: 'E911',
    assumptions: [/near enough/],
    verify: 'not compared'
  })
  t.match(find(fidelity, 'buy', 'forbidden'), { origin: 'reference', source: /^reference/, verify: 'no case' })
  t.match(find(fidelity, 'buy', 'accept_charges'), { origin: 'assumed', assumptions: [/service plan/] })
  t.match(fidelity.anywhere.find(({ name }) => name === 'sandbox_required')?.origin, 'emulator')
  t.equal(fidelity.summary.agreed, 0, 'the two were never compared')
})

interface Seen {
  says: string
  cases: readonly { name: string; result: string; file?: string; at?: string }[]
  verify: string
  seen?: { on: string; by: string }
}

const SEEN: readonly Seen[] = [
  {
    says: 'a case that a server answers the same',
    cases: [{ name: 'search.success', result: 'same' }],
    verify: 'agreed',
    seen: { on: '2026-03-02', by: 'https://api.example.com' }
  },
  {
    says: 'records, of which the newest counts',
    cases: [
      { name: 'search.success', result: 'same', file: '000001-search.har', at: '2026-01-02T10:00:00Z' },
      { name: 'search.success', result: 'same', file: '000003-search.har', at: '2026-02-03T10:00:00Z' },
      { name: 'search.success', result: 'same', file: '000002-search.har', at: '2026-01-31T10:00:00Z' },
      { name: 'search.success', result: 'not comparable', file: '000004-search.har', at: '2026-02-04T10:00:00Z' }
    ],
    verify: 'agreed',
    seen: { on: '2026-02-03', by: '000003-search.har' }
  },
  {
    says: 'a difference, whatever else agrees',
    cases: [
      { name: 'search.success', result: 'same' },
      { name: 'search.success', result: 'different' },
      { name: 'search.success', result: 'same' }
    ],
    verify: 'different'
  },
  { says: 'another outcome', cases: [{ name: 'buy.success', result: 'same' }], verify: 'not compared' }
]

/** Writes a report of `verify`, as it made it on a day in March. */
function reportOf(t: Test, cases: readonly object[], head: object = MADE): string {
  return join(
    t.testdir({ 'seen.json': JSON.stringify({ ...head, cases: cases.map((one) => ({ differences: [], ...one })) }) }),
    'seen.json'
  )
}

const MADE = { made_at: '2026-03-02T10:00:00.000Z', server: 'https://api.example.com' }

t.test('--seen tells when the real service was seen to agree, and by what:', async (t) => {
  for (const { says, cases, verify, seen } of SEEN) {
    await t.test(says, async (t) => {
      const file = reportOf(t, cases)
      const { code, stdout, stderr } = await runInProcess(['fidelity', '--json', '--seen', file])
      const fidelity = JSON.parse(stdout) as Fidelity
      t.strictSame([code, stderr, schemaFindings(FIDELITY, fidelity)], [0, '', []])
      const found = find(fidelity, 'search', 'success')
      t.strictSame([found?.verify, found?.seen], [verify, seen])
      const text = (await runInProcess(['fidelity', '--seen', file])).stdout
      const line = seen === undefined ? 'seen to agree on' : `    seen to agree on ${seen.on} by ${seen.by}\n`
      t.equal(text.split('\nbuy ')[0]?.includes(line), seen !== undefined)
    })
  }
})

t.test('--seen refuses what is no report of verify, and counts no names that are no outcomes', async (t) => {
  const refused: [write: () => string, message: RegExp][] = [
    [() => join(t.testdir(), 'none.json'), /--seen: there is no file .*none.json/],
    [() => reportOf(t, [{ name: 5 }]), /--seen: .* is no report of verify in JSON: \/cases\/0/],
    [() => reportOf(t, [{ name: 'search.success', result: 'same' }], {}), /does not say when search.success was seen/]
  ]
  for (const [write, message] of refused) {
    t.match(await runInProcess(['fidelity', '--seen', write()]), { code: 2, stderr: message }, String(message))
  }
  const { code, stdout, stderr } = await runInProcess([
    'fidelity',
    '--seen',
    reportOf(t, [
      { name: 'unmatched.no_outcome', result: 'same' },
      { name: 'search.triumph', result: 'different' }
    ])
  ])
  t.equal(code, 0)
  t.match(stdout, /seen to agree with the real service: 0/)
  t.equal(stderr, 'oneuc-emulator: --seen: no outcomes, and not counted: unmatched.no_outcome, search.triumph\n')
})

t.test('--seen reads what verify writes', async (t) => {
  await using emulator = await createEmulator()
  const report = join(t.testdir(), 'verify.json')
  const target = ['--base-url', emulator.url, '--token', 'demo-token', '--account', DEMO]
  t.equal((await runInProcess(['verify', ...target, '--only', 'search', '--report-json', report])).code, 0)
  const { stdout } = await runInProcess(['fidelity', '--seen', report])
  t.match(stdout, new RegExp(`seen to agree on \\d{4}-\\d\\d-\\d\\d by ${emulator.url}\n`))
})

t.test('A person reads the same as a table', async (t) => {
  const { code, stdout } = await runInProcess(['fidelity'])
  t.equal(code, 0)
  t.match(stdout, /^Outcomes by origin: 14 document, \d+ reference, 7 assumed, \d+ emulator; .*service: 0$/m)
  t.match(stdout, /^search \(Search For Available Numbers\)\n {2}success +document +not compared +Search For/m)
  t.match(stdout, /^ {4}assumed: the billable numbers/m)
})

t.test('The table of assumptions is that of the comments, and names outcomes that there are', async (t) => {
  const comments = sourceFiles('src', 'routes', 'db').flatMap(({ path, text }) =>
    [...text.matchAll(/ASSUMED: (.+?)(?: \*\/)?$/gm)].map(([, what = '']) => [path, what])
  )
  t.same(
    ASSUMPTIONS.map(({ file, assumed }) => [file, assumed]),
    comments
  )
  for (const [operation, outcome] of ASSUMPTIONS.flatMap(({ outcomes }) => outcomes)) {
    t.ok(outcomeNamed(operation, outcome), `${operation}.${outcome}`)
  }
})
