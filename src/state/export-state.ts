import type { Database } from '../../db/database.js'
import { ACCOUNTS } from './fixture-schemas.js'
import { toFixture } from './rows.js'
import { toClockDocument } from '../sandbox/clock.js'
import type { Sandbox, SandboxState } from '../sandbox/sandbox.js'
import { FAULT_RULES } from './schema.js'

/** Writes everything that a sandbox holds as a state document. */
export function exportState({ store, clock, accounts, faults }: Sandbox): string {
  return formatState(store, { accounts, clock: clock.state, faults: faults.rules })
}

/**
 * Writes a state document in its canonical form: keys in a fixed order, numbers ascending, a row a line, so that two documents
 * can be compared line by line. An imported document is exported as the same text.
 */
export function formatState(store: Database, { accounts, clock, faults }: Omit<SandboxState, 'rows'>): string {
  const lists: Readonly<Record<string, Iterable<object>>> = {
    accounts: orderKeys(ACCOUNTS.items, accounts.values()),
    numbers: mapRows(store.numbers.all(), toFixture),
    offers: store.discoveries.all(),
    searches: store.searchPages.all(),
    tokens: store.tokens.all(),
    attempts: store.magicAttempts.all(),
    faults: orderKeys(FAULT_RULES.items, faults)
  }
  const parts = Object.entries(lists).map(([key, rows]) => `"${key}": ${formatRows(rows)}`)
  return `{\n"version": 1,\n"clock": ${JSON.stringify(toClockDocument(clock))},\n${parts.join(',\n')}\n}\n`
}

function formatRows(rows: Iterable<object>): string {
  const texts = Array.from(rows, (row) => JSON.stringify(row))
  return texts.length === 0 ? '[]' : `[\n${texts.join(',\n')}\n]`
}

function* mapRows<Row, Result>(rows: Iterable<Row>, map: (row: Row) => Result): Generator<Result> {
  for (const row of rows) yield map(row)
}

/** Puts the keys of objects into the order of their schema. */
function orderKeys(schema: { properties: object }, rows: Iterable<object>): Iterable<object> {
  const keys = Object.keys(schema.properties)
  return mapRows(rows, (row) => {
    const values = new Map(Object.entries(row))
    return Object.fromEntries(keys.flatMap((key) => (values.has(key) ? [[key, values.get(key)]] : [])))
  })
}
