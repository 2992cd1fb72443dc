import type { ContractReport } from '../report.js'
import { markdownCode, table, tableRow } from './markdown-table.js'
import { causeText, firstSeenText, headline, LOST_ANSWERS, lostAnswerText, rowsOf } from './rows.js'

/** Writes a report as Markdown, for the step summary of GitHub. */
export function markdownReport(report: ContractReport): string {
  const rows = rowsOf(report).map(({ operation, outcome }) =>
    tableRow(
      outcome.count > 0 ? '✓' : '✗',
      markdownCode(`${operation}.${outcome.name}`),
      outcome.status,
      String(outcome.count),
      outcome.first === null ? '' : markdownCode(firstSeenText(outcome.first))
    )
  )
  return [
    '## Contract',
    '',
    `${headline(report)}.`,
    '',
    ...table(['', 'outcome', 'answer', 'seen', 'first in'], rows),
    ...markdownSection(
      'Warnings',
      ['warning', 'times', 'document', 'what it means', 'what to do', 'first in'],
      report.warnings.map((one) =>
        tableRow(
          markdownCode(one.code),
          String(one.count),
          one.section,
          one.means,
          one.advice,
          markdownCode(firstSeenText(one.first))
        )
      )
    ),
    ...markdownSection(
      LOST_ANSWERS,
      ['answer', 'times', 'lost by', 'first in'],
      report.lost_answers.map((one) =>
        tableRow(
          lostAnswerText(one),
          String(one.count),
          markdownCode(causeText(one)),
          markdownCode(firstSeenText(one.first))
        )
      )
    ),
    ...markdownSection(
      'Requests that met no route',
      ['request', 'times', 'hint'],
      report.unmatched.map(({ request, count, hint }) =>
        tableRow(markdownCode(request), String(count), hint === null ? '' : markdownCode(hint))
      )
    ),
    ''
  ].join('\n')
}

function markdownSection(title: string, head: readonly string[], rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : ['', `### ${title}`, '', ...table(head, rows)]
}
