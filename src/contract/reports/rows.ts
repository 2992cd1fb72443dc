import type { ContractReport, ReportedOutcome } from '../report.js'

export interface Row {
  operation: string
  outcome: ReportedOutcome
}

/** What a report lists: every documented outcome, and of the others those that were seen. */
export function rowsOf({ operations }: ContractReport): Row[] {
  return operations.flatMap(({ name, outcomes }) =>
    outcomes.filter(({ documented, count }) => documented || count > 0).map((outcome) => ({ operation: name, outcome }))
  )
}

/** The sentence above a report. */
export function headline({ sandbox, summary }: ContractReport): string {
  const { requests, warnings, unmatched, documented } = summary
  const where = sandbox === null ? '' : ` in sandbox ${sandbox}`
  const covered = `${documented.seen} of ${documented.of} documented outcomes seen (${documented.percent} %)`
  return `${plural(requests, 'request')}${where}: ${covered}, ${plural(warnings, 'warning')}, ${unmatched} without a route`
}

/** The first request of a kind, in one line. */
export function sightingText(first: { method: string; url: string } | null): string {
  return first === null ? 'never' : `${first.method} ${first.url}`
}

/** A count with its noun. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
