import type { ContractReport } from '../report.js'
import { plural } from '../../text/plural.js'
import { unpainted, type Paint, type Style } from './paint.js'
import { causeText, firstSeenText, headline, LOST_ANSWERS, lostAnswerText, rowsOf } from './rows.js'

/** Writes a report for a terminal. */
export function textReport(report: ContractReport, paint: Paint = unpainted): string {
  const outcomes = rowsOf(report).map(({ operation, outcome }): TextRow => ({
    style: outcome.count === 0 ? 'dim' : 'green',
    cells: [
      `${operation}.${outcome.name}`,
      outcome.status,
      outcome.count === 0 ? '-' : String(outcome.count),
      firstSeenText(outcome.first)
    ]
  }))
  const table: TextRow[] = [{ style: 'dim', cells: ['outcome', 'answer', 'seen', 'first in'] }, ...outcomes]
  return [
    paint('bold', `Contract: ${headline(report)}`),
    '',
    ...alignRows(table).map(({ style, line }) => paint(style, line)),
    ...report.warnings.flatMap(({ code, count, section, means, advice, detail, first }) => [
      '',
      paint('yellow', `warning ${code} (${plural(count, 'time')}): ${means}`),
      `  document: ${section}`,
      `  first in: ${firstSeenText(first)} (${detail})`,
      `  advice:   ${advice}`
    ]),
    ...(report.lost_answers.length === 0 ? [] : ['', paint('bold', `${LOST_ANSWERS}:`)]),
    ...report.lost_answers.map(
      (one) => `  ${lostAnswerText(one)} (${plural(one.count, 'time')}); ${causeText(one)}; ${firstSeenText(one.first)}`
    ),
    ...(report.unmatched.length === 0 ? [] : ['', paint('red', 'Requests that met no route:')]),
    ...report.unmatched.map(
      ({ request, count, hint }) => `  ${request} (${plural(count, 'time')})${hint === null ? '' : `; ${hint}`}`
    ),
    ''
  ].join('\n')
}

interface TextRow {
  style: Style
  cells: readonly [string, string, string, string]
}

/** Makes every column of a table as wide as its widest cell. */
function alignRows(rows: readonly TextRow[]): { style: Style; line: string }[] {
  const widths = ([0, 1, 2, 3] as const).map((i) => Math.max(...rows.map(({ cells }) => cells[i].length)))
  return rows.map(({ style, cells }) => ({
    style,
    line: `  ${cells.map((cell, i) => cell.padEnd(Number(widths[i]))).join('  ')}`.trimEnd()
  }))
}
