import type { Sandboxes } from '../sandbox/sandboxes.js'
import type { Settings } from '../settings.js'
import { contractReport, type ContractReport } from './report.js'
import { writePact, writeReports, type PactSettings, type ReportFile } from './reports/index.js'
import { plural } from '../text/plural.js'
import { unpainted, type Paint } from './reports/paint.js'

/** The settings of the gates, and of the files that reports go to. */
export const GATE_SETTINGS = [
  'failOnWarning',
  'failOnUnmatched',
  'minCoverage',
  'reportJson',
  'reportJunit',
  'reportMarkdown',
  'reportHtml',
  'reportPact',
  'consumer',
  'provider'
] as const satisfies readonly (keyof Settings)[]
type Gates = Pick<Settings, 'failOnWarning' | 'failOnUnmatched' | 'minCoverage'>

/** The end of a run. */
export interface GateResult {
  /** The report as text, and a line for each gate that does not hold. */
  text: string
  /** A sentence for each gate that does not hold; empty where the run passes. */
  failures: string[]
}

/**
 * Writes the reports of a run, all of its sandboxes together, and evaluates its gates, in the dialect and by the clock of the
 * default one. `paint` colours the text.
 */
export async function evaluateGates(
  { coverage, default: { behaviour, clock } }: Sandboxes,
  gates: Gates & PactSettings,
  files: readonly ReportFile[],
  paint: Paint = unpainted
): Promise<GateResult> {
  const report = contractReport(coverage, { sandbox: null, dialect: behaviour.dialect, at: clock.nowMs() })
  await writeReports(report, files)
  await writePact(coverage, gates)
  const failures = gateFailures(report, gates)
  const { textReport } = await import('./reports/text.js')
  const text = textReport(report, paint)
  const lines = failures.map((failure) => `oneuc-emulator: gate failed: ${failure}`)
  return { text: [text, ...lines.map((line) => `${paint('red', line)}\n`)].join(''), failures }
}

/** Returns a sentence for each gate that a report does not hold to. */
export function gateFailures(report: ContractReport, { failOnWarning, minCoverage, failOnUnmatched }: Gates): string[] {
  const { warnings, unmatched, documented } = report.summary
  const codes = report.warnings.map(({ code }) => code).join(', ')
  return [
    ...(failOnWarning && warnings > 0 ? [`contract warnings: ${codes}`] : []),
    ...(documented.percent < minCoverage
      ? [`${documented.percent} % of the documented outcomes were seen, ${minCoverage} % are wanted`]
      : []),
    ...(failOnUnmatched && unmatched > 0 ? [`${plural(unmatched, 'request')} met no route`] : [])
  ]
}
