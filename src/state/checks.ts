import type { Account } from '../sandbox/accounts.js'
import { ruleFindings } from '../contract/fault-rule-schema.js'
import { checkAccounts, checkNumbers, doubles } from './fixture-schemas.js'
import { schemaFindings, type Finding } from './schema-findings.js'
import { clockFindings } from '../sandbox/clock.js'
import { STATE, type StateDocument } from './schema.js'

/** A document that cannot be taken, with everything that is wrong with it. */
export class StateError extends Error {
  override readonly name = 'StateError'
  readonly findings: readonly [Finding, ...Finding[]]

  constructor(findings: readonly [Finding, ...Finding[]]) {
    super(findings.map(({ at, message }) => `${at} ${message}`).join('\n'))
    this.findings = findings
  }
}

/** The document that `content` is. Throws a StateError. `others` are accounts that are there besides its own. */
export function checkedState(content: unknown, others: Iterable<Account> = []): StateDocument {
  refuse(stateFindings(content, others))
  return content as StateDocument
}

/** Throws a StateError unless there are no findings. */
export function refuse([first, ...more]: readonly Finding[]): void {
  if (first !== undefined) throw new StateError([first, ...more])
}

/** Everything that is wrong with a state document. */
export function stateFindings(content: unknown, others: Iterable<Account> = []): Finding[] {
  const findings = schemaFindings(STATE, content)
  // What has not even the right form is not looked at more closely.
  return findings.length > 0 ? findings : closerFindings(content as StateDocument, others)
}

function closerFindings(document: StateDocument, others: Iterable<Account>): Finding[] {
  const { clock, accounts = [], numbers = [], offers = [], tokens = [], attempts = [], faults = [] } = document
  const { searches = [] } = document
  return [
    ...(clock === undefined ? [] : clockFindings(clock, '/clock')),
    ...under('/accounts', checkAccounts(accounts, others)),
    ...under('/numbers', checkNumbers(numbers)),
    ...offers.flatMap(({ first, last }, i) =>
      first <= last ? [] : [{ at: `/offers/${i}/last`, message: `must not be less than first, ${first}` }]
    ),
    ...once(
      '/searches',
      'query',
      searches.map(({ query }) => query)
    ),
    ...once(
      '/tokens',
      'token',
      tokens.map(({ token }) => token)
    ),
    ...once(
      '/attempts',
      'e164',
      attempts.map(({ e164 }) => e164)
    ),
    ...once(
      '/faults',
      'id',
      faults.map(({ id }, i) => id ?? `rule ${i}`)
    ),
    ...faults.flatMap((rule, i) => ruleFindings(rule, `/faults/${i}`))
  ]
}

function under(at: string, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, at: at + finding.at }))
}

function once(at: string, key: string, values: readonly string[]): Finding[] {
  return doubles(values).map((i) => ({
    at: `${at}/${i}/${key}`,
    message: `must not stand twice: ${String(values[i])}`
  }))
}
