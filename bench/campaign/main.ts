/** `npm run campaign`: attacks the built program over the loopback interface, and says what it did wrong. */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { forMilliseconds, forSteps } from './budget.js'
import { runWorkload, WORKLOADS } from './campaign.js'
import { startProgram } from './program.js'
import { describe } from './report.js'

const PROGRAM = fileURLToPath(new URL('../../oneuc-emulator.js', import.meta.url))
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] }
  }
})
const minutes = Number(values.minutes)
const seed = Number(values.seed)
const unknown = values.only.filter((name) => !WORKLOADS.some((workload) => workload.name === name))
if (!(minutes > 0) || !Number.isSafeInteger(seed) || unknown.length > 0) {
  const names = WORKLOADS.map(({ name }) => name).join(', ')
  process.stderr.write(`campaign: --minutes takes a number above 0, --seed a whole number, --only one of ${names}\n`)
  process.exit(2)
}

const workloads = WORKLOADS.filter(({ name, share }) =>
  values.only.length === 0 ? share > 0 : values.only.includes(name)
)
const shares = workloads.reduce((sum, { share }) => sum + share, 0)
let defects = 0
for (const workload of workloads) {
  const milliseconds = (minutes * 60_000 * workload.share) / shares
  const budget = values.steps === undefined ? forMilliseconds(milliseconds) : forSteps(Number(values.steps))
  const start = (flags: readonly string[]) => startProgram(PROGRAM, flags)
  const result = await runWorkload(workload, { seed, budget, start })
  process.stdout.write(`${describe(result, seed)}\n`)
  defects += result.findings.defects.length
}
process.stdout.write(`seed ${seed}: ${defects === 0 ? 'nothing went wrong' : `${defects} different defects`}\n`)
// Connections that a workload has left open end with the process.
process.exit(defects === 0 ? 0 : 1)
