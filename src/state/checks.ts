import type { Account } from '../sandbox/accounts.js'
import { ruleFindings } from '../contract/fault-rules.js'
import { checkAccounts, checkNumbers, duplicates } from './fixture-schemas.js'
import { schemaFindings, type Finding } from './schema-findings.js'
import { clockFindings } from '../sandbox/clock.js'
import { STATE, type StateDocument } from './schema.js'

/** A document that cannot be imported, with everything that is wrong with it. */
export class StateError extends Error {
  override readonly name = 'StateError'
  readonly findings: readonly [Finding, ...Finding[]]

  constructor(findings: readonly [Finding, ...Finding[]]) {
    super(findings.map(({ at, message }) => `${at} ${message}`).join('\n'))
    this.findings = findings
  }
}

/** Checks a state document. Throws a StateError. `others` are accounts that exist beside those of the document. */
export function checkState(content: unknown, others: Iterable<Account> = []): StateDocument {
  assertNone(stateFindings(content, others))
  return content as StateDocument
}

/** Throws a StateError unless there are no findings. */
export function assertNone([first, ...more]: readonly Finding[]): void {
  if (first !== undefined) throw new StateError([first, ...more])
}

/** Finds everything that is wrong with a state document. */
export function stateFindings(content: unknown, others: Iterable<Account> = []): Finding[] {
  const findings = schemaFindings(STATE, content)
  // A document of the wrong form cannot be compared with itself.
  return findings.length > 0 ? findings : semanticFindings(content as StateDocument, others)
}

function semanticFindings(document: StateDocument, others: Iterable<Account>): Finding[] {
  const { clock, accounts = [], numbers = [], offers = [], searches = [] } = document
  const { tokens = [], attempts = [], faults = [] } = document
  return [
    ...(clock === undefined ? [] : clockFindings(clock, '/clock')),
    ...at('/accounts', checkAccounts(accounts, others)),
    ...at('/numbers', checkNumbers(numbers)),
    ...offers.flatMap(({ first, last }, i) =>
      first <= last ? [] : [{ at: `/offers/${i}/last`, message: `must not be less than first, ${first}` }]
    ),
    ...unique(
      '/searches',
      'query',
      searches.map(({ query }) => query)
    ),
    ...unique(
      '/tokens',
      'token',
      tokens.map(({ token }) => token)
    ),
    ...unique(
      '/attempts',
      'e164',
      attempts.map(({ e164 }) => e164)
    ),
    ...unique(
      '/faults',
      'id',
      faults.map(({ id }, i) => id ?? `rule ${i}`)
    ),
    ...faults.flatMap((rule, i) => ruleFindings(rule, `/faults/${i}`))
  ]
}

function at(pointer: string, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, at: pointer + finding.at }))
}

function unique(at: string, key: string, values: readonly string[]): Finding[] {
  return duplicates(values).map((i) => ({
    at: `${at}/${i}/${key}`,
    message: `must not stand twice: ${String(values[i])}`
  }))
}
