import type { ContractReport } from '../report.js'
import { escapeXml, firstSeenText, headline, rowsOf } from './rows.js'

/**
 * Writes a report as JUnit XML: a test case for each outcome, skipped where it was not seen, and a failed test case for each
 * warning and each unmatched request.
 */
export function junitReport(report: ContractReport): string {
  const outcomes = rowsOf(report).map(({ operation, outcome }) =>
    testCase(`contract.${operation}`, outcome.name, outcome.count > 0 ? '' : '<skipped message="never seen"/>')
  )
  const warnings = report.warnings.map(({ code, means, advice, section, first, detail }) =>
    testCase(
      'contract.warnings',
      code,
      failureElement(means, `${section}\n${firstSeenText(first)} (${detail})\n${advice}`)
    )
  )
  const unmatched = report.unmatched.map(({ request, count, hint }) =>
    testCase(
      'contract.unmatched',
      request,
      failureElement('met no route', `${count} times${hint === null ? '' : `; ${hint}`}`)
    )
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(headline(report))}">`,
    ...suite('outcomes', outcomes),
    ...suite('warnings', warnings),
    ...suite('unmatched', unmatched),
    '</testsuites>',
    ''
  ].join('\n')
}

function suite(name: string, cases: readonly string[]): string[] {
  const count = (element: string) => cases.filter((one) => one.includes(`<${element} `)).length
  return [
    `  <testsuite name="${name}" tests="${cases.length}" failures="${count('failure')}" skipped="${count('skipped')}">`,
    ...cases,
    '  </testsuite>'
  ]
}

function testCase(classname: string, name: string, content: string): string {
  const attributes = `classname="${classname}" name="${escapeXml(name)}"`
  return content === '' ? `    <testcase ${attributes}/>` : `    <testcase ${attributes}>${content}</testcase>`
}

function failureElement(message: string, text: string): string {
  return `<failure message="${escapeXml(message)}">${escapeXml(text)}</failure>`
}
