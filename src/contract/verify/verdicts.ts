import { failureElement, junitDocument, suite, testCase } from '../reports/junit-elements.js'

/** The results of each comparison in the order in which they are listed. */
const RESULTS = {
  verify: ['same', 'skipped', 'not reachable', 'different'],
  replay: ['same', 'not comparable', 'different']
} as const
type Comparison = keyof typeof RESULTS
type Result = (typeof RESULTS)[Comparison][number]

/** What became of a case or a record. */
export interface Verdict {
  /** `operation.outcome`. */
  name: string
  /** The record; absent for a case. */
  file?: string
  /** When the service gave the answer of the record, in ISO 8601; absent for a case. */
  at?: string
  /**
   * `skipped` where a case would have bought; `not reachable` where its numbers were not found or the server failed; `not comparable`
   * where a record has no whole answer.
   */
  result: Result
  differences: string[]
}

/** What a comparison has found. */
export interface Found {
  comparison: Comparison
  /** The server that was asked, without what follows its host; absent where records were played. */
  server?: string
  verdicts: readonly Verdict[]
}

/** Counts the verdicts by their results. */
export function countVerdicts({ comparison, verdicts }: Found): Record<string, number> {
  return Object.fromEntries(
    RESULTS[comparison].map((result) => [result, verdicts.filter((one) => one.result === result).length])
  )
}

/** Sums the verdicts up in one line. */
export function sumText(found: Found): string {
  const counts = Object.entries(countVerdicts(found)).map(([result, count]) => `${count} ${result}`)
  return `${found.verdicts.length} ${found.comparison === 'verify' ? 'cases' : 'records'}: ${counts.join(', ')}`
}

const MARGIN = 15

/** Writes the verdicts for a terminal: those with the same result for the same reasons together, and the sum at the end. */
export function verdictText(found: Found): string {
  const groups = new Map<string, { first: Verdict; names: string[] }>()
  for (const first of found.verdicts) {
    const cause = JSON.stringify([first.result, first.differences])
    groups.set(cause, { first, names: [...(groups.get(cause)?.names ?? []), first.name] })
  }
  const lines = RESULTS[found.comparison].flatMap((result) =>
    [...groups.values()]
      .filter(({ first }) => first.result === result)
      .flatMap(({ first, names }) => [
        `${result.padEnd(MARGIN)}${countNames(names)}${result === 'skipped' ? ' (buys; run with --allow-purchases)' : ''}`,
        ...first.differences.map((one) => ' '.repeat(MARGIN) + one)
      ])
  )
  return [...lines, '', sumText(found), ''].join('\n')
}

/** Lists names, each once, with how often it stands there. */
function countNames(names: readonly string[]): string {
  const count = (name: string) => names.filter((one) => one === name).length
  return [...new Set(names)].map((name) => (count(name) === 1 ? name : `${name} (${count(name)})`)).join(', ')
}

/** Writes the verdicts as JUnit XML. A case that could not be tried is an error, and one that is not compared is skipped. */
export function verdictJunit(found: Found): string {
  const { comparison, verdicts } = found
  const cases = verdicts.map(({ name, file, result, differences }) => {
    const [operation = '', outcome = ''] = name.split('.')
    const text = differences.join('\n')
    const contents: Record<Result, string> = {
      same: '',
      skipped: '<skipped message="buys"/>',
      'not reachable': failureElement('not reachable', text, 'error'),
      'not comparable': failureElement('not comparable', text, 'skipped'),
      different: failureElement('different', text)
    }
    return testCase(
      `${comparison}.${operation}`,
      file === undefined ? outcome : `${outcome} (${file})`,
      contents[result]
    )
  })
  return junitDocument(sumText(found), [suite(comparison, cases)])
}
