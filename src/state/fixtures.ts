import { existsSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { accountsById, type Account, type Accounts } from '../sandbox/accounts.js'
import type { Charge } from '../inventory/charges.js'
import { DOCUMENT_EXTENSIONS, isDocumentFile, listFolder, readDocument, type DocumentFault } from './document-file.js'
import { toStreetTables, type StreetFile, type StreetTables } from '../e911/street-schema.js'
import { createInventory, type PinnedNumber, type RateCentreRow, type Inventory } from '../inventory/inventory.js'
import type { Seed } from '../sandbox/initial-state.js'
import { packageRoot } from '../package.js'
import type { FixtureName, NumberFixture } from './fixture-schemas.js'
import { suggest } from '../text/nearest.js'

/** The tables that sandboxes begin with. The large tables are read when the first request needs them. */
export interface Fixtures {
  accounts: Accounts
  numbers: readonly NumberFixture[]
  /** What state documents lay over the fixtures, beside accounts and numbers. */
  seed: Seed
  inventory: () => Inventory
  streets: () => StreetTables
}

/** Fixtures that cannot be used, with everything that is wrong with them. */
export class FixtureError extends Error {
  override readonly name = 'FixtureError'
  readonly faults: readonly DocumentFault[]

  constructor(faults: readonly DocumentFault[]) {
    super(faults.map(({ file, at, message }) => `${file}${at === '' ? '' : ` ${at}`}: ${message}`).join('\n'))
    this.faults = faults
  }
}

/** Reads the fixtures of the package. Its tests check them, so that no start has to. */
export function builtInFixtures(): Fixtures {
  return composeFixtures({
    accounts: readBuiltIn('accounts') as Account[],
    numbers: readBuiltIn('numbers') as NumberFixture[],
    inventory: () => [
      [...(readBuiltIn('rate-centers') as RateCentreRow[]), ...(readBuiltIn('toll-free') as RateCentreRow[])],
      readBuiltIn('documented-numbers') as PinnedNumber[]
    ],
    streets: () => toStreetTables(readBuiltIn('streets') as StreetFile)
  })
}

/**
 * Reads the fixtures of a folder, in JSON or YAML. A file that the folder does not have is the package's own; the folder's
 * streets join the built-in ones, and replace those with the same id. Throws a FixtureError that lists every fault.
 */
export async function loadFixtures(folder: string): Promise<Fixtures> {
  const listed = listFolder(folder)
  if ('fault' in listed) throw new FixtureError([listed.fault])
  const faults = unknownFiles(folder, listed.names)
  const read = async (name: FixtureName) => readList(name, fileOf(folder, name, faults), faults)
  const accounts = (await read('accounts')) as Account[]
  const numbers = (await read('numbers')) as NumberFixture[]
  const rows = [...(await read('rate-centers')), ...(await read('toll-free'))] as RateCentreRow[]
  const pinned = (await read('documented-numbers')) as PinnedNumber[]
  const streets = await readStreetFixture(fileOf(folder, 'streets', faults), faults)
  if (faults.length > 0) throw new FixtureError(faults)
  return composeFixtures({ accounts, numbers, inventory: () => [rows, pinned], streets: () => streets })
}

/** The files that a folder of fixtures may have. */
const FIXTURE_NAMES = ['accounts', 'numbers', 'rate-centers', 'toll-free', 'documented-numbers', 'streets'] as const

/** Prices, which `--charges` names, may lie beside the fixtures. */
const BESIDE_FIXTURES = 'charges'

/** Finds the documents of a folder that are no fixtures: a misspelt file would change nothing. */
function unknownFiles(folder: string, names: readonly string[]): DocumentFault[] {
  const known: readonly string[] = [...FIXTURE_NAMES, BESIDE_FIXTURES]
  return names.flatMap((file) => {
    const name = basename(file, extname(file))
    if (!isDocumentFile(file) || known.includes(name)) return []
    return [{ file: join(folder, file), at: '', message: `is no fixture; ${suggest(name, FIXTURE_NAMES)}` }]
  })
}

/** Says which fixtures come from the files of a folder, and which are built in. */
export function describeFixtures(folder: string): string {
  const files = FIXTURE_NAMES.map((name) => ({ name, file: basename(fileOf(folder, name, [])) }))
  const isTaken = ({ file }: { file: string }) => existsSync(join(folder, file))
  const taken = files.filter(isTaken).map(({ file }) => file)
  const builtIn = files.filter((one) => !isTaken(one)).map(({ name }) => name)
  const list = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '))
  return `fixtures from ${folder}: ${list(taken)}; built in: ${list(builtIn)}`
}

/** Reads from a file what activations cost. Throws a FixtureError that lists every fault. */
export async function loadCharges(path: string): Promise<Charge[]> {
  const faults: DocumentFault[] = []
  const charges = (await readList('charges', path, faults)) as Charge[]
  if (faults.length > 0) throw new FixtureError(faults)
  return charges
}

/** Finds the file of a folder with this name and any extension of a document; the package's own where there is none. */
function fileOf(folder: string, name: string, faults: DocumentFault[]): string {
  const files = DOCUMENT_EXTENSIONS.map((extension) => join(folder, name + extension)).filter((file) =>
    existsSync(file)
  )
  const [file, other] = files
  if (other !== undefined)
    faults.push({ file: other, at: '', message: `stands beside ${String(file)}; keep one of them` })
  return file ?? builtInFile(name)
}

/** Reads the rows of a fixture file, and adds its faults to `faults`. */
async function readList(name: FixtureName, file: string, faults: DocumentFault[]): Promise<readonly unknown[]> {
  const { checkFixtureFile } = await import('./fixture-schemas.js')
  const read = await readDocument(file)
  const { list, findings } =
    'faults' in read ? { list: [], findings: read.faults } : await checkFixtureFile(name, read.content)
  // One by one: a large file has more faults than a call has arguments.
  for (const finding of findings) faults.push({ file, ...finding })
  return (findings.length === 0 ? list : []) as readonly unknown[]
}

function readBuiltIn(name: string): unknown {
  return JSON.parse(readFileSync(builtInFile(name), 'utf8')) as unknown
}

function builtInFile(name: string): string {
  return join(packageRoot(), 'fixtures', `${name}.json`)
}

/** The tables of the fixtures, as they are read. */
interface FixtureTables {
  accounts: readonly Account[]
  numbers: readonly NumberFixture[]
  inventory: () => [rows: readonly RateCentreRow[], pinned: readonly PinnedNumber[]]
  streets: () => StreetTables
}

function composeFixtures({ accounts, numbers, inventory, streets }: FixtureTables): Fixtures {
  let made: Inventory | undefined
  return {
    accounts: accountsById(accounts),
    numbers,
    seed: {
      discoveries: [],
      searchPages: [],
      tokens: [],
      magicAttempts: [],
      clock: undefined,
      faults: [],
      ownDelays: {},
      settings: {}
    },
    inventory: () => (made ??= createInventory(...inventory())),
    streets
  }
}

async function readStreetFixture(path: string, faults: DocumentFault[]): Promise<StreetTables> {
  const { checkStreets } = await import('../e911/street-fixture.js')
  const builtIn = toStreetTables(readBuiltIn('streets') as StreetFile)
  const read = path === builtInFile('streets') ? { content: { streets: [] } } : await readDocument(path)
  const checked = 'faults' in read ? read : checkStreets(read.content)
  if (!('faults' in checked)) return joinStreets(builtIn, checked, 'content' in read && isReplacing(read.content))
  faults.push(...checked.faults.map((fault) => ({ file: path, ...fault })))
  return builtIn
}

function isReplacing(file: unknown): boolean {
  return (file as { replace?: unknown }).replace === true
}

/** The street of the document's own example, which is never replaced. */
const DOCUMENTED_STREET = 1

function joinStreets(builtIn: StreetTables, own: StreetTables, isReplacement: boolean): StreetTables {
  const replaced = new Set(own.streets.map(({ id }) => id))
  const isKept = (id: number) => !replaced.has(id) && (!isReplacement || id === DOCUMENTED_STREET)
  const aliases = new Map(
    [...builtIn.city_aliases, ...own.city_aliases].map((one) => [`${one.region}/${one.alias}`, one])
  )
  return {
    streets: [...builtIn.streets.filter(({ id }) => isKept(id)), ...own.streets],
    points: [...builtIn.points.filter(({ street_id }) => isKept(street_id)), ...own.points],
    city_aliases: [...aliases.values()]
  }
}
