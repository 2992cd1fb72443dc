import { plural } from '../../text/plural.js'
import type { LostAnswerCounter } from '../coverage.js'
import type { ContractReport, ReportedOutcome } from '../report.js'

export interface ReportRow {
  operation: string
  outcome: ReportedOutcome
}

/** Lists the outcomes that a report shows: the documented ones, and of the others those that were seen. */
export function rowsOf({ operations }: ContractReport): ReportRow[] {
  return operations.flatMap(({ name, outcomes }) =>
    outcomes.filter(({ documented, count }) => documented || count > 0).map((outcome) => ({ operation: name, outcome }))
  )
}

/** Sums a report up in one line. */
export function headline({ sandbox, summary }: ContractReport): string {
  const { requests, warnings, unmatched, documented } = summary
  const where = sandbox === null ? '' : ` in sandbox ${sandbox}`
  const covered = `${documented.seen} of ${documented.of} documented outcomes seen (${documented.percent} %)`
  return `${plural(requests, 'request')}${where}: ${covered}, ${plural(warnings, 'warning')}, ${unmatched} without a route`
}

/** The title of the answers that clients did not see. */
export const LOST_ANSWERS = 'Answers lost once the operation was over'

/** Names what an operation did, and what the client saw instead. */
export function lostAnswerText({ operation, outcome, answered }: LostAnswerCounter): string {
  return `${operation}.${outcome}, and the client saw ${answered ?? 'no outcome'}`
}

/** Names what lost an answer. */
export function causeText({ fault }: LostAnswerCounter): string {
  return fault === null ? 'the client had left' : `fault ${fault}`
}

/** Formats the first request of a counter in one line. */
export function firstSeenText(first: { method: string; url: string } | null): string {
  return first === null ? 'never' : `${first.method} ${first.url}`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Escapes a text for XML and HTML; characters that XML does not allow become question marks. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/g, '?')
    .replaceAll(/[&<>"]/g, (one) => String(ENTITIES[one]))
}
