import { failureElement, junitDocument, suite, testCase } from '../reports/junit-elements.js'
import type { Verdict } from './verify.js'

type Result = Verdict['result']

/** The results in the order in which they are listed, and what a person may do about them. */
const RESULTS: Readonly<Record<Result, string>> = {
  same: '',
  skipped: ' (buys; run with --allow-purchases)',
  'not reachable': '',
  different: ''
}
const RESULT_NAMES = Object.keys(RESULTS) as Result[]

/** Counts the verdicts by their results. */
export function countVerdicts(verdicts: readonly Verdict[]): Record<Result, number> {
  const count = (result: Result) => verdicts.filter((one) => one.result === result).length
  return {
    same: count('same'),
    skipped: count('skipped'),
    'not reachable': count('not reachable'),
    different: count('different')
  }
}

/** Sums the verdicts up in one line. */
function sumText(verdicts: readonly Verdict[]): string {
  const counts = countVerdicts(verdicts)
  return `${verdicts.length} cases: ${RESULT_NAMES.map((result) => `${counts[result]} ${result}`).join(', ')}`
}

const MARGIN = 15

/** Writes the verdicts for a terminal: cases with the same result for the same reasons together, and the sum at the end. */
export function verdictText(verdicts: readonly Verdict[]): string {
  const groups = new Map<string, { first: Verdict; names: string[] }>()
  for (const first of verdicts) {
    const cause = JSON.stringify([first.result, first.differences])
    groups.set(cause, { first, names: [...(groups.get(cause)?.names ?? []), first.name] })
  }
  const lines = RESULT_NAMES.flatMap((result) =>
    [...groups.values()]
      .filter(({ first }) => first.result === result)
      .flatMap(({ first, names }) => [
        `${result.padEnd(MARGIN)}${names.join(', ')}${RESULTS[result]}`,
        ...first.differences.map((one) => ' '.repeat(MARGIN) + one)
      ])
  )
  return [...lines, '', sumText(verdicts), ''].join('\n')
}

/** Writes the verdicts as a JSON object. */
export function verdictJson(verdicts: readonly Verdict[]): string {
  return `${JSON.stringify({ summary: { cases: verdicts.length, ...countVerdicts(verdicts) }, cases: verdicts }, null, 2)}\n`
}

/** Writes the verdicts as JUnit XML. A case out of reach is an error, and a skipped one is skipped. */
export function verdictJunit(verdicts: readonly Verdict[]): string {
  const cases = verdicts.map(({ name, result, differences }) => {
    const [operation = '', outcome = ''] = name.split('.')
    const text = differences.join('\n')
    const contents: Record<Result, string> = {
      same: '',
      skipped: '<skipped message="buys"/>',
      'not reachable': failureElement('not reachable', text, 'error'),
      different: failureElement('different', text)
    }
    return testCase(`verify.${operation}`, outcome, contents[result])
  })
  return junitDocument(sumText(verdicts), [suite('verify', cases)])
}
