import type { Account } from '../sandbox/accounts.js'
import type { Database } from '../../db/database.js'
import { ACCOUNTS } from './fixture-schemas.js'
import { toFixture } from './rows.js'
import { toClockDocument } from '../sandbox/clock.js'
import type { Sandbox, SandboxState } from '../sandbox/sandbox.js'
import { FAULT_RULES } from './schema.js'

/** The canonical text of a state document that holds the whole of a sandbox. */
export function exportState({ store, clock, accounts, faults }: Sandbox): string {
  return formatState(store, { accounts, clock: clock.state, faults: faults.rules })
}

/**
 * The canonical text of a state document: every key in its place, numbers ascending, a row a line so that two of them can
 * be compared. What is imported from it is exported as the same text.
 */
export function formatState(store: Database, { accounts, clock, faults }: Omit<SandboxState, 'rows'>): string {
  const lists: Readonly<Record<string, Iterable<object>>> = {
    accounts: inOrder(ACCOUNTS.items, accounts.values()),
    numbers: mapped(store.numbers.all(), toFixture),
    offers: store.discoveries.all(),
    searches: store.searchPages.all(),
    tokens: store.tokens.all(),
    attempts: store.magicAttempts.all(),
    faults: inOrder(FAULT_RULES.items, faults)
  }
  const parts = Object.entries(lists).map(([key, rows]) => `"${key}": ${lines(rows)}`)
  return `{\n"version": 1,\n"clock": ${JSON.stringify(toClockDocument(clock))},\n${parts.join(',\n')}\n}\n`
}

function lines(rows: Iterable<object>): string {
  const texts = Array.from(rows, (row) => JSON.stringify(row))
  return texts.length === 0 ? '[]' : `[\n${texts.join(',\n')}\n]`
}

function* mapped<Row, Shown>(rows: Iterable<Row>, show: (row: Row) => Shown): Generator<Shown> {
  for (const row of rows) yield show(row)
}

/** Objects with their keys in the order of their schema. */
function inOrder(schema: { properties: object }, rows: Iterable<Account | object>): Iterable<object> {
  const keys = Object.keys(schema.properties)
  return mapped(rows, (row) => {
    const values = new Map(Object.entries(row))
    return Object.fromEntries(keys.flatMap((key) => (values.has(key) ? [[key, values.get(key)]] : [])))
  })
}
