/** What the emulator says about where its answers come from. */
import t from 'tap'
import { ASSUMPTIONS } from '../../src/contract/assumptions.js'
import { describeFidelity, FIDELITY, type Fidelity } from '../../src/contract/fidelity.js'
import { outcomeNamed } from '../../src/contract/outcomes.js'
import { schemaFindings } from '../../src/state/schema-findings.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
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
  const agreed = describeFidelity(['search.success'])
  t.equal(find(agreed, 'search', 'success')?.verify, 'agreed')
  t.equal(agreed.summary.agreed, 1)
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
