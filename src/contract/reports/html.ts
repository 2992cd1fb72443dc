import type { ContractReport } from '../report.js'
import { escapeXml, firstSeenText, headline, rowsOf } from './rows.js'

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1b1f24; background: #fff }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #d8dee4; vertical-align: top }
code { font-size: .9em; overflow-wrap: anywhere }
.seen td:first-child::before { content: "✓ "; color: #1a7f37 }
.unseen td:first-child::before { content: "✗ "; color: #cf222e }
@media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117 } th, td { border-color: #30363d } }`

/** Writes a report as one HTML page without scripts, fonts or anything else from the network. */
export function htmlReport(report: ContractReport): string {
  const outcomes = rowsOf(report).map(
    ({ operation, outcome }) =>
      `<tr class="${outcome.count > 0 ? 'seen' : 'unseen'}">${cells([
        code(`${operation}.${outcome.name}`),
        escapeXml(outcome.source),
        outcome.status,
        String(outcome.count),
        code(firstSeenText(outcome.first))
      ])}</tr>`
  )
  const warnings = report.warnings.map(
    ({ code: name, count, section, means, advice, first, detail }) =>
      `<tr>${cells([
        code(name),
        String(count),
        escapeXml(section),
        `${escapeXml(means)}<br>${escapeXml(advice)}`,
        `${code(firstSeenText(first))}<br>${code(detail)}`
      ])}</tr>`
  )
  const unmatched = report.unmatched.map(({ request, count }) => `<tr>${cells([code(request), String(count)])}</tr>`)
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><title>Contract</title>',
    `<style>${STYLE}</style></head><body>`,
    `<h1>Contract</h1><p>${escapeXml(headline(report))}.</p>`,
    section('Outcomes', ['outcome', 'shown in', 'answer', 'seen', 'first in'], outcomes),
    section('Warnings', ['warning', 'times', 'document', 'what to do', 'first in'], warnings),
    section('Requests that met no route', ['request', 'times'], unmatched),
    '</body></html>',
    ''
  ].join('\n')
}

function section(title: string, head: readonly string[], rows: readonly string[]): string {
  const body = rows.length === 0 ? '<p>None.</p>' : `<table><tr>${head.map((one) => `<th>${one}</th>`).join('')}</tr>`
  return [`<h2>${title}</h2>`, body, ...rows, rows.length === 0 ? '' : '</table>'].join('\n')
}

function cells(contents: readonly string[]): string {
  return contents.map((content) => `<td>${content}</td>`).join('')
}

function code(text: string): string {
  return `<code>${escapeXml(text)}</code>`
}
