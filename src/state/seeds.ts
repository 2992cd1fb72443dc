import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from '../sandbox/accounts.js'
import { isObject } from '../json.js'
import { isDocumentFile, listFolder, parseDocument, readDocument, type DocumentFault } from './document-file.js'
import { FixtureError, type Fixtures } from './fixtures.js'
import { fromClockDocument } from '../sandbox/clock.js'
import type { OwnDelays } from '../sandbox/own-delays.js'
import { changeSettings, type OwnSettings } from '../sandbox/own-settings.js'
import { SETTINGS, type Settings } from '../settings.js'
import type { WriteName } from '../text/setting.js'
import { awaitTurn } from '../turns/timers.js'
import { faultRulesOf } from './import-state.js'
import type { Seed } from '../sandbox/initial-state.js'
import { otherRowsOf } from './rows.js'
import { stateFindings } from './checks.js'
import type { StateDocument } from './schema.js'

type SeedSettings = Pick<Settings, 'seedDir' | 'seedFile' | 'seedJson'>

/** Tells whether the settings name state documents. */
export function isSeeded({ seedDir, seedFile, seedJson }: SeedSettings): boolean {
  return seedFile !== undefined || seedJson !== undefined || existsSync(seedDir) || isChosen(seedDir)
}

/** Tells whether the user has set the folder; the default folder need not exist. */
function isChosen(folder: string): boolean {
  return folder !== SETTINGS.seedDir.initial
}

/**
 * Lays state documents over the fixtures: those of the folder by name, then the file, then the text. A later account or number
 * replaces an earlier one with the same id or number. `real` is the real time in Unix milliseconds; the faults of the text stand under
 * the name of its setting, which `writeName` writes. Throws a FixtureError that lists every fault of every document.
 */
export async function seeded(
  fixtures: Fixtures,
  settings: SeedSettings,
  real: number,
  writeName: WriteName
): Promise<Fixtures> {
  const faults: DocumentFault[] = []
  const accounts = new Map(fixtures.accounts)
  const documents: StateDocument[] = []
  for (const { file, read } of sources(settings, faults, writeName('seedJson'))) {
    const found = await read
    const wrong = 'faults' in found ? found.faults : await seedFaults(file, found.content, accounts)
    faults.push(...wrong)
    if ('faults' in found) continue
    // A document that is wrong has accounts, too, which may be parents in a later one.
    for (const account of accountsIn(found.content)) accounts.set(account.id, account)
    documents.push(found.content as StateDocument)
  }
  if (faults.length > 0) throw new FixtureError(faults)
  return { ...fixtures, accounts, numbers: numbersAfter(fixtures, documents), seed: seedOf(documents, real) }
}

type Read = ReturnType<typeof readDocument>

function sources(
  { seedDir, seedFile, seedJson }: SeedSettings,
  faults: DocumentFault[],
  nameOfText: string
): { file: string; read: Read }[] {
  const listed = existsSync(seedDir) || isChosen(seedDir) ? listFolder(seedDir) : { names: [] }
  if ('fault' in listed) faults.push(listed.fault)
  const names = 'fault' in listed ? [] : listed.names.filter(isDocumentFile).sort()
  const files = [...names.map((name) => join(seedDir, name)), ...(seedFile === undefined ? [] : [seedFile])]
  return [
    ...files.map((file) => ({ file, read: readDocument(file) })),
    ...(seedJson === undefined ? [] : [{ file: nameOfText, read: parseDocument(nameOfText, seedJson) }])
  ]
}

async function seedFaults(
  file: string,
  content: unknown,
  accounts: ReadonlyMap<string, Account>
): Promise<DocumentFault[]> {
  const findings = await stateFindings(content, accounts.values(), awaitTurn)
  return findings.map((finding) => ({ file, ...finding }))
}

function accountsIn(content: unknown): Account[] {
  const accounts = isObject(content) && Array.isArray(content.accounts) ? content.accounts : []
  return accounts.filter(isObject) as Partial<Account>[] as Account[]
}

function numbersAfter({ numbers }: Fixtures, documents: readonly StateDocument[]): Fixtures['numbers'] {
  const rows = [numbers, ...documents.map((document) => document.numbers ?? [])].flat()
  return [...new Map(rows.map((row) => [row.e164, row])).values()]
}

function seedOf(documents: readonly StateDocument[], real: number): Seed {
  const rows = documents.map(otherRowsOf)
  const clock = documents.findLast((document) => document.clock !== undefined)?.clock
  return {
    discoveries: rows.flatMap(({ discoveries }) => discoveries),
    searchPages: rows.flatMap(({ searchPages }) => searchPages),
    tokens: rows.flatMap(({ tokens }) => tokens),
    magicAttempts: rows.flatMap(({ magicAttempts }) => magicAttempts),
    clock: clock === undefined ? undefined : fromClockDocument(clock, real),
    ownDelays: documents.reduce<OwnDelays>((own, { timing = {} }) => ({ ...own, ...timing }), {}),
    settings: documents.reduce<OwnSettings>((own, { settings = {} }) => changeSettings(own, settings), {}),
    // The ids of two documents may be the same.
    faults: documents.flatMap(faultRulesOf).map((rule, i) => ({ ...rule, id: String(i + 1) }))
  }
}
