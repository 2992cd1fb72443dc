import type { Account, Accounts } from '../sandbox/accounts.js'
import type { Capture } from '../sandbox/capture.js'
import { shownAt, toGregorian } from '../sandbox/clock.js'
import { completedRule } from '../contract/fault-rule-schema.js'
import type { CountedRule } from '../sandbox/faults.js'
import type { LiveSandbox } from '../sandbox/live-sandbox.js'
import { fill, type Rows } from './rows.js'
import { fromClockDocument } from './clock-document.js'
import { checkedState } from './checks.js'
import type { StateDocument } from './schema.js'

/**
 * Puts what a document says in the place of all that a sandbox holds. What it leaves out is empty, but for the clock, which
 * goes on, and the accounts, which are those of the fixtures. Throws a StateError, and nothing has changed then.
 */
export function importState(sandbox: LiveSandbox, document: unknown): void {
  sandbox.become(captureOf(sandbox, document))
}

/** What a sandbox would hold after an import. Throws a StateError. */
export function captureOf(sandbox: LiveSandbox, content: unknown): Capture {
  const document = checkedState(content)
  const { real, state } = sandbox.clock
  const clock = document.clock === undefined ? state : fromClockDocument(document.clock, real)
  const now = toGregorian(shownAt(clock, real))
  return {
    ...sandbox.newWorld((store) => {
      fill(store, rowsOf(document), now)
    }),
    accounts: document.accounts === undefined ? sandbox.initialAccounts : byId(document.accounts),
    clock,
    faults: countedRules(document)
  }
}

/** The rows that a document has. */
export function rowsOf({ numbers, offers, searches, tokens, attempts }: StateDocument): Rows {
  return {
    numbers: numbers ?? [],
    offers: offers ?? [],
    searches: searches ?? [],
    tokens: tokens ?? [],
    attempts: attempts ?? []
  }
}

/** The rules of a document, with ids for those that have none. */
export function countedRules({ faults = [] }: StateDocument): CountedRule[] {
  let last = Math.max(0, ...faults.map(({ id }) => Number(id ?? 0)))
  return faults.map(({ id, hits = 0, ...rule }) => ({ ...completedRule(rule), id: id ?? String(++last), hits }))
}

function byId(accounts: readonly Account[]): Accounts {
  return new Map(accounts.map((account) => [account.id, account]))
}
