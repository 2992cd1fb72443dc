import type { ContractReport } from '../report.js'
import { failureElement, junitDocument, suite, testCase } from './junit-elements.js'
import { causeText, escapeXml, firstSeenText, headline, lostAnswerText, rowsOf } from './rows.js'

/**
 * Writes a report as JUnit XML: a test case for each outcome, skipped where it was not seen, and a failed test case for each
 * warning and each unmatched request. An answer that was lost is no mistake of the client: its test case says what lost it.
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
  const lostAnswers = report.lost_answers.map((one) => {
    const output = `${causeText(one)}; ${one.count} times, first in ${firstSeenText(one.first)}`
    return testCase('contract.lost_answers', lostAnswerText(one), `<system-out>${escapeXml(output)}</system-out>`)
  })
  const unmatched = report.unmatched.map(({ request, count, hint }) =>
    testCase(
      'contract.unmatched',
      request,
      failureElement('met no route', `${count} times${hint === null ? '' : `; ${hint}`}`)
    )
  )
  return junitDocument(headline(report), [
    suite('outcomes', outcomes),
    suite('warnings', warnings),
    suite('lost answers', lostAnswers),
    suite('unmatched', unmatched)
  ])
}
