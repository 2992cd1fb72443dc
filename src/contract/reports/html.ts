import { VERSION } from '../../package.js'
import type { ContractReport } from '../report.js'
import { causeText, escapeXml, firstSeenText, headline, LOST_ANSWERS, lostAnswerText, rowsOf } from './rows.js'

/** The colours of the inspector, whose files a report without the network cannot load. */
const STYLE = `
:root {
  color-scheme: light dark;
  --bg: light-dark(#ffffff, #14191d);
  --panel: light-dark(#f6f7f8, #1a2126);
  --line: light-dark(#dfe3e6, #333e46);
  --text: light-dark(#1c2429, #e4e9ec);
  --quiet: light-dark(#59656d, #9eabb3);
  --accent: light-dark(#0f6b4c, #5fc79b);
  --warn: light-dark(#8a5a00, #e6b450);
  --bad: light-dark(#b3261e, #ff8a80);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
body { margin: 0; background: var(--bg); color: var(--text); font: 14px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif }
header { padding: 12px max(16px, calc(50% - 584px)); border-bottom: 1px solid var(--line); background: var(--panel); font-weight: 650 }
main { max-width: 1168px; margin: 0 auto; padding: 16px }
h1 { font-size: 22px; margin: 8px 0 }
h2 { font-size: 15px; margin: 24px 0 8px }
p, dl, dd { margin: 0 }
.quiet, th, dt { color: var(--quiet) }
dl { display: flex; flex-wrap: wrap; gap: 8px 24px; margin-top: 16px }
dt { font-size: 12px }
.coverage { display: flex; align-items: center; gap: 16px; margin: 16px 0 }
.percent { font-size: 32px; font-weight: 650; color: var(--accent) }
.coverage div { flex: 1; max-width: 420px }
progress { width: 100%; accent-color: var(--accent) }
table { border-collapse: collapse; width: 100% }
th { font-weight: 400; font-size: 12px }
th, td { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top }
code { font-family: var(--mono); font-size: 12.5px; overflow-wrap: anywhere }
.seen td:first-child::before { content: "✓ "; color: var(--accent) }
.unseen td:first-child::before { content: "○ "; color: var(--quiet) }
.unseen td { color: var(--quiet) }
.warning td:first-child code { color: var(--warn) }
.unmatched td:first-child code { color: var(--bad) }
@media (min-width: 641px) { :is(.warning, .seen, .unseen) td:first-child { white-space: nowrap } }
.advice { display: block; margin-top: 4px; color: var(--quiet) }
@media (max-width: 640px) {
  thead { display: none }
  tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--line) }
  td { display: block; padding: 1px 0; border: 0 }
  td[data-label]::before { content: attr(data-label) " "; color: var(--quiet); font-size: 12px }
}
@media print {
  :root { color-scheme: light }
  h2, thead { break-after: avoid }
  tr { break-inside: avoid }
  progress { print-color-adjust: exact }
}`

const OUTCOME_HEAD = ['outcome', 'shown in', 'answer', 'seen', 'first in']

/** Writes a report as one HTML page without scripts, fonts or anything else from the network. */
export function htmlReport(report: ContractReport): string {
  const { seen, of, percent } = report.summary.documented
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Contract report · oneuc-emulator</title><link rel="icon" href="data:,">',
    `<style>${STYLE}</style></head><body>`,
    '<header>oneuc-emulator</header><main>',
    '<h1>Contract report</h1>',
    `<p class="quiet">oneuc-emulator ${VERSION}, a test double of OneUC's Phone Number API</p>`,
    `<p class="quiet">${escapeXml(headline(report))}.</p>`,
    `<dl>${factsOf(report).map(htmlFact).join('')}</dl>`,
    `<div class="coverage"><p class="percent">${percent} %</p><div><p>${seen} of ${of} documented outcomes seen</p>`,
    `<progress value="${seen}" max="${of}" aria-label="Documented outcomes seen"></progress></div></div>`,
    htmlSection('Warnings', ['warning', 'times', 'document', 'what to do', 'first in'], warningRows(report)),
    htmlSection(LOST_ANSWERS, ['answer', 'times', 'lost by', 'first in'], lostAnswerRows(report)),
    htmlSection('Requests that met no route', ['request', 'times', 'hint'], unmatchedRows(report)),
    htmlSection('Documented outcomes', OUTCOME_HEAD, outcomeRows(report, true)),
    htmlSection('Outcomes seen beside the document', OUTCOME_HEAD, outcomeRows(report, false)),
    '</main></body></html>',
    ''
  ].join('\n')
}

function outcomeRows(report: ContractReport, isDocumented: boolean): HtmlRow[] {
  return rowsOf(report)
    .filter(({ outcome }) => outcome.documented === isDocumented)
    .map(({ operation, outcome }) => ({
      kind: outcome.count > 0 ? 'seen' : 'unseen',
      cells: [
        htmlCode(`${operation}.${outcome.name}`),
        escapeXml(outcome.source),
        outcome.status,
        String(outcome.count),
        htmlCode(firstSeenText(outcome.first))
      ]
    }))
}

function warningRows({ warnings }: ContractReport): HtmlRow[] {
  return warnings.map(({ code, count, section, means, advice, first, detail }) => ({
    kind: 'warning',
    cells: [
      htmlCode(code),
      String(count),
      escapeXml(section),
      `${escapeXml(means)}<span class="advice">${escapeXml(advice)}</span>`,
      `${htmlCode(firstSeenText(first))}<br>${htmlCode(detail)}`
    ]
  }))
}

function lostAnswerRows({ lost_answers }: ContractReport): HtmlRow[] {
  return lost_answers.map((one) => ({
    kind: 'lost',
    cells: [
      escapeXml(lostAnswerText(one)),
      String(one.count),
      htmlCode(causeText(one)),
      htmlCode(firstSeenText(one.first))
    ]
  }))
}

function unmatchedRows({ unmatched, unmatched_beyond: beyond }: ContractReport): HtmlRow[] {
  const rows = unmatched.map(({ request, count, hint }) => ({
    kind: 'unmatched',
    cells: [htmlCode(request), String(count), hint === null ? '' : htmlCode(hint)]
  }))
  return beyond === 0 ? rows : [...rows, { kind: 'further', cells: ['further requests', String(beyond), ''] }]
}

/** Says of what and when a report is. */
function factsOf({ sandbox, dialect, made_at, summary }: ContractReport): [name: string, value: string][] {
  return [
    ['Sandbox', sandbox ?? 'all'],
    ['Dialect', dialect],
    ['Made', made_at.replace(/T(.*)\.\d+Z/, ' $1 UTC')],
    ['Requests', String(summary.requests)],
    ['Warnings', String(summary.warnings)],
    ['Without a route', String(summary.unmatched)]
  ]
}

function htmlFact([name, value]: [name: string, value: string]): string {
  return `<div><dt>${name}</dt><dd>${escapeXml(value)}</dd></div>`
}

interface HtmlRow {
  /** The class of the row. */
  kind: string
  cells: readonly string[]
}

/** Writes a table. On a narrow screen its head stands before each cell, but for the first, which names the row. */
function htmlSection(title: string, head: readonly string[], rows: readonly HtmlRow[]): string {
  if (rows.length === 0) return `<h2>${title}</h2>\n<p class="quiet">None.</p>`
  const lines = rows.map(({ kind, cells }) => {
    const written = cells.map((cell, i) =>
      i === 0 ? `<td>${cell}</td>` : `<td data-label="${String(head[i])}">${cell}</td>`
    )
    return `<tr class="${kind}">${written.join('')}</tr>`
  })
  const headCells = head.map((one) => `<th scope="col">${one}</th>`).join('')
  return [`<h2>${title}</h2>`, `<table><thead><tr>${headCells}</tr></thead><tbody>`, ...lines, '</tbody></table>'].join(
    '\n'
  )
}

function htmlCode(text: string): string {
  return `<code>${escapeXml(text)}</code>`
}
