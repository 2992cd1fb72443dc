import { markdownCode, tableRow, titledTable } from '../reports/markdown-table.js'
import type { Change } from './baseline.js'
import { sumText, type Found } from './verdicts.js'

/** Writes what was found as Markdown, for a step summary: what has changed since the last run first, then all that differs. */
export function verdictMarkdown(found: Found, changes: readonly Change[] | undefined): string {
  const different = found.verdicts.filter(({ result }) => result === 'different')
  const rows = different.flatMap(({ name, differences }) => differences.map((one) => verdictRow(name, one)))
  return [
    `## ${found.comparison === 'verify' ? 'Verify' : 'Replay'}`,
    '',
    `${sumText(found)}.`,
    ...(changes === undefined ? [] : changeLines(changes)),
    ...titledTable('Differences', ['case', 'difference'], [...new Set(rows)]),
    ''
  ].join('\n')
}

function changeLines(changes: readonly Change[]): string[] {
  if (changes.length === 0) return ['', 'Nothing has changed since the last run.']
  const rows = changes.flatMap(({ name, change, before, now }) => [
    ...now.filter((one) => !before.includes(one)).map((one) => tableRow(change, markdownCode(name), markdownCode(one))),
    ...before.filter((one) => !now.includes(one)).map((one) => tableRow('gone', markdownCode(name), markdownCode(one)))
  ])
  return titledTable('Changed since the last run', ['', 'case', 'difference'], rows)
}

function verdictRow(name: string, difference: string): string {
  return tableRow(markdownCode(name), markdownCode(difference))
}
