import type { ContractReport } from './report.js'

/** What a run has to hold to. */
export interface Gates {
  failOnWarning: boolean
  /** Least share of the documented outcomes that has to be seen, in percent; 0 for none. */
  minCoverage: number
  failOnUnmatched: boolean
}

/** Why a report does not pass, in sentences; empty where it does. */
export function gateFailures(report: ContractReport, { failOnWarning, minCoverage, failOnUnmatched }: Gates): string[] {
  const { warnings, unmatched, documented } = report.summary
  const codes = report.warnings.map(({ code }) => code).join(', ')
  return [
    ...(failOnWarning && warnings > 0 ? [`the client strays from the document: ${codes}`] : []),
    ...(documented.percent < minCoverage
      ? [`${documented.percent} % of the documented outcomes were seen, ${minCoverage} % are wanted`]
      : []),
    ...(failOnUnmatched && unmatched > 0 ? [`${unmatched} requests met no route`] : [])
  ]
}
