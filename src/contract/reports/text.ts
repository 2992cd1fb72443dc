import type { ContractReport } from '../report.js'
import { firstSeenText, headline, plural, rowsOf } from './rows.js'

/** Writes a report for a terminal. */
export function textReport(report: ContractReport): string {
  const rows = rowsOf(report).map(({ operation, outcome }) => [
    `${operation}.${outcome.name}`,
    outcome.status,
    outcome.count === 0 ? '-' : String(outcome.count),
    firstSeenText(outcome.first)
  ])
  return [
    `Contract: ${headline(report)}`,
    '',
    ...columns(['outcome', 'answer', 'seen', 'first in'], rows),
    ...report.warnings.flatMap(({ code, count, section, means, advice, detail, first }) => [
      '',
      `warning ${code} (${plural(count, 'time')}): ${means}`,
      `  document: ${section}`,
      `  first in: ${firstSeenText(first)} (${detail})`,
      `  advice:   ${advice}`
    ]),
    ...(report.unmatched.length === 0 ? [] : ['', 'Requests that met no route:']),
    ...report.unmatched.map(({ request, count }) => `  ${request} (${plural(count, 'time')})`),
    ''
  ].join('\n')
}

/** Aligns the rows of a table below its head: every column is as wide as its widest cell. */
function columns(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows]
  const widths = head.map((_, i) => Math.max(...all.flatMap((row) => row.slice(i, i + 1)).map(({ length }) => length)))
  return all.map((row) =>
    `  ${widths.flatMap((width, i) => row.slice(i, i + 1).map((cell) => cell.padEnd(width))).join('  ')}`.trimEnd()
  )
}
