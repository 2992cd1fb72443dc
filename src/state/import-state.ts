import { completeRule } from '../contract/fault-rule-schema.js'
import type { Account, Accounts } from '../sandbox/accounts.js'
import { fromClockDocument, shownAt, toGregorian } from '../sandbox/clock.js'
import type { CountedRule } from '../sandbox/faults.js'
import type { Sandbox, SandboxState } from '../sandbox/sandbox.js'
import { checkedState } from './checks.js'
import { fromFixture, otherRowsOf } from './rows.js'
import type { StateDocument } from './schema.js'

/**
 * Puts what a document says in the place of all that a sandbox holds. What it leaves out is empty, but for the clock, which
 * goes on, and the accounts, which are those of the fixtures. Throws a StateError, and nothing has changed then.
 */
export function importState(sandbox: Sandbox, document: unknown): void {
  sandbox.load(readState(sandbox, document))
}

/** The state that a sandbox would have after an import. Throws a StateError. */
export function readState(
  { clock: own, initialAccounts }: Pick<Sandbox, 'clock' | 'initialAccounts'>,
  content: unknown
): SandboxState {
  const document = checkedState(content)
  const clock = document.clock === undefined ? own.state : fromClockDocument(document.clock, own.real)
  const now = toGregorian(shownAt(clock, own.real))
  return {
    rows: { ...otherRowsOf(document), numbers: (document.numbers ?? []).map((row) => fromFixture(row, now)) },
    accounts: document.accounts === undefined ? initialAccounts : byId(document.accounts),
    clock,
    faults: countedRules(document)
  }
}

/** The rules of a document, with ids for those that have none. */
export function countedRules({ faults = [] }: StateDocument): CountedRule[] {
  let last = Math.max(0, ...faults.map(({ id }) => Number(id ?? 0)))
  return faults.map(({ id, hits = 0, ...rule }) => ({ ...completeRule(rule), id: id ?? String(++last), hits }))
}

function byId(accounts: readonly Account[]): Accounts {
  return new Map(accounts.map((account) => [account.id, account]))
}
