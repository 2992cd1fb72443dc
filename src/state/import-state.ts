import { NO_ROWS, openEmpty, type Rows } from '../../db/database.js'
import { completeRule } from '../contract/fault-rules.js'
import { accountsById } from '../sandbox/accounts.js'
import { fromClockDocument, tellTime, toGregorian } from '../sandbox/clock.js'
import type { CountedRule } from '../sandbox/faults.js'
import { changeSettings } from '../sandbox/own-settings.js'
import type { SandboxState } from '../sandbox/sandbox-state.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { checkState } from './checks.js'
import { fromFixture, otherRowsOf } from './rows.js'
import type { StateDocument } from './schema.js'
import { inPieces, type TakeTurn } from './pieces.js'

/**
 * Replaces everything that a sandbox holds by a state document. What the document leaves out becomes empty, except for the
 * clock, which goes on, the settings, which stay, and the accounts, which are those of the fixtures. Throws a FindingsError, and
 * nothing has changed then. The work is done beside the sandbox, in pieces, and then put into it in one step.
 */
export async function importState(sandbox: Sandbox, document: unknown): Promise<void> {
  sandbox.load(await readState(sandbox, document))
}

/** The state that a sandbox would have after an import. Throws a FindingsError. */
export async function readState(
  { clock: own, initialState, settings, takeTurn }: Pick<Sandbox, 'clock' | 'initialState' | 'settings' | 'takeTurn'>,
  content: unknown
): Promise<SandboxState> {
  const document = await checkState(content, takeTurn)
  const clock = document.clock === undefined ? own.state : fromClockDocument(document.clock, own.real)
  return {
    database: await toDatabase(document, toGregorian(tellTime(clock, own.real)), takeTurn),
    accounts: document.accounts === undefined ? initialState.accounts : accountsById(document.accounts),
    clock,
    faults: faultRulesOf(document),
    ownDelays: document.timing ?? {},
    settings: document.settings === undefined ? settings : changeSettings({}, document.settings)
  }
}

/** Serializes a database with the rows of a document; `now` is when numbers were made that do not say when. */
async function toDatabase(document: StateDocument, now: number, takeTurn: TakeTurn): Promise<Buffer> {
  const database = openEmpty()
  const insert = (rows: Partial<Rows>) => {
    database.transaction(() => {
      database.insert({ ...NO_ROWS, ...rows })
    })
  }
  const others = otherRowsOf(document)
  try {
    for await (const { piece } of inPieces(document.numbers ?? [], takeTurn)) {
      insert({ numbers: piece.map((row) => fromFixture(row, now)) })
    }
    for await (const { piece } of inPieces(others.discoveries, takeTurn)) insert({ discoveries: piece })
    for await (const { piece } of inPieces(others.searchPages, takeTurn)) insert({ searchPages: piece })
    for await (const { piece } of inPieces(others.magicAttempts, takeTurn)) insert({ magicAttempts: piece })
    for await (const { piece } of inPieces(others.tokens, takeTurn)) insert({ tokens: piece })
    return database.serialize()
  } finally {
    database.close()
  }
}

/** Returns the fault rules of a document, with new ids for those that have none. */
export function faultRulesOf({ faults = [] }: StateDocument): CountedRule[] {
  let last = faults.reduce((most, { id }) => Math.max(most, Number(id ?? 0)), 0)
  return faults.map(({ id, hits = 0, ...rule }) => ({ ...completeRule(rule), id: id ?? String(++last), hits }))
}
