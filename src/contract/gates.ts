import type { Dialect } from '../dialect.js'
import type { Settings } from '../settings.js'
import type { Coverage } from './coverage.js'
import { contractReport, type ContractReport } from './report.js'
import { writeReports, type ReportFile } from './reports/report-files.js'
import { renderReport } from './reports/index.js'

/** The settings that say what a run has to hold to, and where its report goes. */
export const GATE_SETTINGS = [
  'fail_on_warning',
  'fail_on_unmatched',
  'min_coverage',
  'report_json',
  'report_junit',
  'report_markdown',
  'report_html'
] as const satisfies readonly (keyof Settings)[]
export type Gates = Pick<Settings, 'fail_on_warning' | 'fail_on_unmatched' | 'min_coverage'>

/** What is said at the end of a run. */
export interface GateResult {
  /** The report as text, and a line for each gate that does not hold. */
  text: string
  /** Why the run does not pass, in sentences; empty where it does. */
  failures: string[]
}

/** Writes the reports of a run, all of its sandboxes together, and holds it to its gates. */
export async function evaluateGates(
  tally: Coverage,
  dialect: Dialect,
  gates: Gates,
  files: readonly ReportFile[]
): Promise<GateResult> {
  const report = contractReport(tally, null, dialect)
  await writeReports(report, files)
  const failures = gateFailures(report, gates)
  const said = failures.map((failure) => `oneuc-emulator: gate failed: ${failure}\n`)
  return { text: [await renderReport(report, 'text'), ...said].join(''), failures }
}

/** Why a report does not pass, in sentences; empty where it does. */
export function gateFailures(
  report: ContractReport,
  { fail_on_warning, min_coverage, fail_on_unmatched }: Gates
): string[] {
  const { warnings, unmatched, documented } = report.summary
  const codes = report.warnings.map(({ code }) => code).join(', ')
  return [
    ...(fail_on_warning && warnings > 0 ? [`the client strays from the document: ${codes}`] : []),
    ...(documented.percent < min_coverage
      ? [`${documented.percent} % of the documented outcomes were seen, ${min_coverage} % are wanted`]
      : []),
    ...(fail_on_unmatched && unmatched > 0 ? [`${unmatched} requests met no route`] : [])
  ]
}
