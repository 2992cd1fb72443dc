import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../db/database.js'
import { isObject } from '../json.js'
import type { Sandbox, Snapshot } from '../sandbox/sandbox.js'
import { DEFAULT_SANDBOX, isSandboxName } from '../sandbox/sandboxes.js'
import { StateError } from './checks.js'
import { exportState, formatState } from './export-state.js'
import { FixtureError } from './fixtures.js'
import { importState, readState } from './import-state.js'

export interface SnapshotEntry {
  name: string
  /** Unix milliseconds, real time. */
  madeAt: number
  /** How many numbers it has; null where it cannot be read. */
  numbers: number | null
}

/** How many snapshots a sandbox keeps. */
const MAX_SNAPSHOTS = 100

/** One more snapshot than a sandbox keeps. */
export class SnapshotLimitError extends Error {
  override readonly name = 'SnapshotLimitError'
}

/** Where state documents are kept by name: a `Map`, or a folder. */
interface Shelf {
  keys: () => Iterable<string>
  entries: () => Iterable<[name: string, snapshot: Snapshot]>
  has: (name: string) => boolean
  get: (name: string) => Snapshot | undefined
  set: (name: string, snapshot: Snapshot) => unknown
  delete: (name: string) => boolean
}

/** States of a sandbox under names (those that `isSandboxName` allows); each is a state document. */
export class Snapshots {
  readonly #sandbox: Sandbox
  readonly #shelf: Shelf

  /** Keeps them in `folder`, or in memory where none is given. */
  constructor(sandbox: Sandbox, folder: string | undefined) {
    this.#sandbox = sandbox
    this.#shelf = folder === undefined ? sandbox.snapshots : new SnapshotFolder(sandbox.name, folder)
  }

  /** By name. */
  list(): SnapshotEntry[] {
    const entries = Array.from(this.#shelf.entries(), ([name, snapshot]) => ({
      name,
      madeAt: snapshot.madeAt,
      numbers: countNumbers(snapshot)
    }))
    return entries.sort((one, other) => (one.name < other.name ? -1 : 1))
  }

  has(name: string): boolean {
    return this.#shelf.has(name)
  }

  /** Saves the sandbox as it stands. Throws a SnapshotLimitError. */
  save(name: string): void {
    this.#keep(name, () => exportState(this.#sandbox))
  }

  /** Saves the state that a document describes. Throws a StateError, or a SnapshotLimitError. */
  upload(name: string, document: unknown): void {
    this.#keep(name, () => {
      const { rows, ...state } = readState(this.#sandbox, document)
      const store = openDatabase(undefined, rows)
      try {
        return formatState(store, state)
      } finally {
        store.close()
      }
    })
  }

  /** Puts the sandbox back to what was saved. Returns whether there is such a snapshot. Throws a StateError. */
  restore(name: string): boolean {
    const snapshot = this.#shelf.get(name)
    if (snapshot !== undefined) importState(this.#sandbox, parse(name, snapshot))
    return snapshot !== undefined
  }

  /** Deletes a snapshot. Returns whether there was one. */
  drop(name: string): boolean {
    return this.#shelf.delete(name)
  }

  /** The state document; undefined where there is no such snapshot. */
  download(name: string): string | undefined {
    return this.#shelf.get(name)?.document
  }

  #keep(name: string, makeDocument: () => string): void {
    if (!this.has(name) && [...this.#shelf.keys()].length >= MAX_SNAPSHOTS) {
      throw new SnapshotLimitError(`a sandbox keeps ${MAX_SNAPSHOTS} snapshots; drop one before you save ${name}`)
    }
    this.#shelf.set(name, { document: makeDocument(), madeAt: Date.now() })
  }
}

/** The content of a snapshot. Throws a StateError where it is no JSON. */
function parse(name: string, { document }: Snapshot): unknown {
  try {
    return JSON.parse(document)
  } catch (error) {
    throw new StateError([{ at: '', message: `${name}${EXTENSION}: ${String(error)}` }])
  }
}

function countNumbers(snapshot: Snapshot): number | null {
  try {
    const content = parse('', snapshot)
    return isObject(content) && Array.isArray(content.numbers) ? content.numbers.length : 0
  } catch {
    return null
  }
}

const EXTENSION = '.json'

/** Makes the folder where there is none. Throws a FixtureError where that cannot be. */
export function prepareSnapshotFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new FixtureError([{ file: folder, at: '', message: String(error) }])
  }
}

/**
 * Snapshots as files: `<name>.json` for the default sandbox, `sandboxes/<sandbox>/<name>.json` for any other. They outlive the
 * process, and may be written by hand.
 */
class SnapshotFolder implements Shelf {
  readonly #folder: string

  constructor(sandbox: string, folder: string) {
    this.#folder = sandbox === DEFAULT_SANDBOX ? folder : join(folder, 'sandboxes', sandbox)
  }

  keys(): string[] {
    if (!existsSync(this.#folder)) return []
    const files = readdirSync(this.#folder).filter((file) => file.endsWith(EXTENSION))
    return files.map((file) => file.slice(0, -EXTENSION.length)).filter(isSandboxName)
  }

  entries(): [name: string, snapshot: Snapshot][] {
    return this.keys().map((name) => [name, this.#read(name)])
  }

  has(name: string): boolean {
    return existsSync(this.#file(name))
  }

  get(name: string): Snapshot | undefined {
    return this.has(name) ? this.#read(name) : undefined
  }

  /** Writes beside, then renames, so that a reader never finds half a file. */
  set(name: string, { document }: Snapshot): void {
    mkdirSync(this.#folder, { recursive: true })
    const file = this.#file(name)
    writeFileSync(`${file}.new`, document)
    renameSync(`${file}.new`, file)
  }

  delete(name: string): boolean {
    const isThere = this.has(name)
    rmSync(this.#file(name), { force: true })
    return isThere
  }

  #read(name: string): Snapshot {
    const file = this.#file(name)
    return { document: readFileSync(file, 'utf8'), madeAt: statSync(file).mtimeMs }
  }

  #file(name: string): string {
    return join(this.#folder, name + EXTENSION)
  }
}
