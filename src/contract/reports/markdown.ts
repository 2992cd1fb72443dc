import type { LostAnswerCounter } from '../coverage.js'
import type { ContractReport } from '../report.js'
import { markdownCode, table, tableRow, titledTable } from './markdown-table.js'
import { causeText, firstSeenText, headline, LOST_ANSWERS, lostAnswerText, rowsOf, type ReportRow } from './rows.js'

/** Writes a report as Markdown, for the step summary of GitHub. */
export function markdownReport(report: ContractReport): string {
  return [
    '## Contract',
    '',
    `${headline(report)}.`,
    '',
    ...table(['', 'outcome', 'answer', 'seen', 'first in'], rowsOf(report).map(outcomeRow)),
    ...titledTable(
      'Warnings',
      ['warning', 'times', 'document', 'what it means', 'what to do', 'first in'],
      report.warnings.map(warningRow)
    ),
    ...titledTable(LOST_ANSWERS, ['answer', 'times', 'lost by', 'first in'], report.lost_answers.map(lostAnswerRow)),
    ...titledTable('Requests that met no route', ['request', 'times', 'hint'], report.unmatched.map(unmatchedRow)),
    ''
  ].join('\n')
}

function outcomeRow({ operation, outcome: { name, status, count, first } }: ReportRow): string {
  return tableRow(
    count > 0 ? '✓' : '✗',
    markdownCode(`${operation}.${name}`),
    status,
    String(count),
    first === null ? '' : markdownCode(firstSeenText(first))
  )
}

function warningRow({ code, count, section, means, advice, first }: ContractReport['warnings'][number]): string {
  return tableRow(markdownCode(code), String(count), section, means, advice, markdownCode(firstSeenText(first)))
}

function lostAnswerRow(lost: LostAnswerCounter): string {
  return tableRow(
    lostAnswerText(lost),
    String(lost.count),
    markdownCode(causeText(lost)),
    markdownCode(firstSeenText(lost.first))
  )
}

function unmatchedRow({ request, count, hint }: ContractReport['unmatched'][number]): string {
  return tableRow(markdownCode(request), String(count), hint === null ? '' : markdownCode(hint))
}
