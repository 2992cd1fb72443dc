import { openCopy, type Database } from '../../db/database.js'
import { toClockDocument } from '../sandbox/clock.js'
import { OWN_DELAYS } from '../sandbox/own-delays.js'
import { OWN_SETTINGS } from '../sandbox/own-settings.js'
import type { SandboxState } from '../sandbox/sandbox-state.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { ACCOUNTS } from './fixture-schemas.js'
import { toFixture } from './rows.js'
import { FAULT_RULES } from './schema.js'
import { inPieces, type TakeTurn } from './pieces.js'

/** Writes everything that a sandbox holds as a state document. */
export function exportState(sandbox: Sandbox): Promise<string> {
  return formatState(currentState(sandbox), sandbox.takeTurn)
}

/** A copy of everything that a sandbox holds at this moment. */
export function currentState({ store, clock, accounts, faults, ownDelays, settings }: Sandbox): SandboxState {
  return { database: store.serialize(), accounts, clock: clock.state, faults: [...faults.rules], ownDelays, settings }
}

/**
 * Writes a state document in its canonical form: keys in a fixed order, numbers ascending, a row a line, so that two documents
 * can be compared line by line. An imported document is exported as the same text. It is written from a copy, in pieces, so that
 * other requests have their turn and all of it is from one moment.
 */
export async function formatState(
  { database, accounts, clock, faults, ownDelays, settings }: SandboxState,
  takeTurn: TakeTurn
): Promise<string> {
  const parts = [`"version": 1`, `"clock": ${JSON.stringify(toClockDocument(clock))}`]
  const rules = [...orderKeys(FAULT_RULES.items, faults)]
  const [timing] = orderKeys(OWN_DELAYS, [ownDelays])
  const [ownSettings] = orderKeys(OWN_SETTINGS, [settings])
  const copy = openCopy(database)
  try {
    for (const [key, rows] of Object.entries(listsOf(copy, accounts))) {
      parts.push(`"${key}": ${await formatRows(rows, takeTurn)}`)
    }
    parts.push(`"faults": ${await formatRows(rules, takeTurn)}`, `"timing": ${JSON.stringify(timing)}`)
    parts.push(`"settings": ${JSON.stringify(ownSettings)}`)
  } finally {
    copy.close()
  }
  return `{\n${parts.join(',\n')}\n}\n`
}

function listsOf(store: Database, accounts: SandboxState['accounts']): Readonly<Record<string, Iterable<object>>> {
  return {
    accounts: orderKeys(ACCOUNTS.items, accounts.values()),
    numbers: mapRows(store.numbers.all(), toFixture),
    offers: store.discoveries.all(),
    searches: store.searchPages.all(),
    tokens: store.tokens.all(),
    attempts: store.magicAttempts.all()
  }
}

async function formatRows(rows: Iterable<object>, takeTurn: TakeTurn): Promise<string> {
  const texts: string[] = []
  for await (const { piece } of inPieces(rows, takeTurn)) for (const row of piece) texts.push(JSON.stringify(row))
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
