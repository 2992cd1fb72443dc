import { completeRule } from '../contract/fault-rules.js'
import type { Account, Accounts } from '../sandbox/accounts.js'
import { fromClockDocument, shownAt, toGregorian } from '../sandbox/clock.js'
import type { CountedRule } from '../sandbox/faults.js'
import type { Sandbox, SandboxState } from '../sandbox/sandbox.js'
import { checkState } from './checks.js'
import { fromFixture, otherRowsOf } from './rows.js'
import type { StateDocument } from './schema.js'

/**
 * Replaces everything that a sandbox holds by a state document. What the document leaves out becomes empty, except for the
 * clock, which goes on, and the accounts, which are those of the fixtures. Throws a StateError, and nothing has changed then.
 */
export function importState(sandbox: Sandbox, document: unknown): void {
  sandbox.load(readState(sandbox, document))
}

/** The state that a sandbox would have after an import. Throws a StateError. */
export function readState(
  { clock: own, initialAccounts }: Pick<Sandbox, 'clock' | 'initialAccounts'>,
  content: unknown
): SandboxState {
  const document = checkState(content)
  const clock = document.clock === undefined ? own.state : fromClockDocument(document.clock, own.real)
  const now = toGregorian(shownAt(clock, own.real))
  return {
    rows: { ...otherRowsOf(document), numbers: (document.numbers ?? []).map((row) => fromFixture(row, now)) },
    accounts: document.accounts === undefined ? initialAccounts : byId(document.accounts),
    clock,
    faults: faultRulesOf(document)
  }
}

/** Returns the fault rules of a document, with new ids for those that have none. */
export function faultRulesOf({ faults = [] }: StateDocument): CountedRule[] {
  let last = Math.max(0, ...faults.map(({ id }) => Number(id ?? 0)))
  return faults.map(({ id, hits = 0, ...rule }) => ({ ...completeRule(rule), id: id ?? String(++last), hits }))
}

function byId(accounts: readonly Account[]): Accounts {
  return new Map(accounts.map((account) => [account.id, account]))
}
