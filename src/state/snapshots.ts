import { FindingsError } from '../findings/findings-error.js'
import { isObject, parseJson } from '../json.js'
import type { SandboxState, Snapshot } from '../sandbox/sandbox-state.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { Sandboxes } from '../sandbox/sandboxes.js'
import { checkState } from './checks.js'
import { withoutByteOrderMark } from './document-file.js'
import { currentState, formatState } from './export-state.js'
import { importState, readState } from './import-state.js'
import { MAX_STATE_BYTES, MAX_STATE_LEVELS } from './schema.js'
import { SNAPSHOT_EXTENSION, SnapshotFolder } from './snapshot-folder.js'

interface SnapshotEntry {
  name: string
  /** Unix milliseconds, real time. */
  madeAt: number
  /** How many numbers it has; null where it cannot be read. */
  numbers: number | null
}

/** How many snapshots a sandbox keeps. */
const MAX_SNAPSHOTS = 100

/** Characters of the snapshots that a process keeps in memory. */
const MAX_SNAPSHOT_CHARACTERS = 256_000_000

/** One more snapshot than a sandbox keeps, a larger one than can be restored, or one that the process has no room for. */
export class SnapshotLimitError extends Error {
  override readonly name = 'SnapshotLimitError'
}

/** Where state documents are kept by name: a `Map`, or a folder. */
interface Shelf {
  keys: () => Iterable<string>
  has: (name: string) => boolean
  get: (name: string) => Snapshot | undefined
  set: (name: string, snapshot: Snapshot) => unknown
  delete: (name: string) => boolean
}

/** States of a sandbox under names (those that `isSandboxName` allows); each is a state document. */
export class Snapshots {
  readonly #sandbox: Sandbox
  readonly #sandboxes: Pick<Sandboxes, 'list'>
  readonly #shelf: Shelf

  /** Keeps those of one of the sandboxes in `folder`, or in memory where none is given. */
  constructor(sandbox: Sandbox, sandboxes: Pick<Sandboxes, 'list'>, folder: string | undefined) {
    this.#sandbox = sandbox
    this.#sandboxes = sandboxes
    this.#shelf = folder === undefined ? sandbox.snapshots : new SnapshotFolder(sandbox.name, folder)
  }

  /** By name. */
  async list(): Promise<SnapshotEntry[]> {
    const entries: SnapshotEntry[] = []
    for (const name of [...this.#shelf.keys()].sort()) {
      entries.push(...describeSnapshot(name, this.#shelf.get(name)))
      await this.#sandbox.takeTurn()
    }
    return entries
  }

  has(name: string): boolean {
    return this.#shelf.has(name)
  }

  /** Saves the sandbox as it stands. Throws a SnapshotLimitError. */
  async save(name: string): Promise<void> {
    this.#assertRoom(name)
    await this.#keep(name, currentState(this.#sandbox))
  }

  /** Saves the state that a document describes. Throws a FindingsError, or a SnapshotLimitError. */
  async upload(name: string, document: unknown): Promise<void> {
    this.#assertRoom(name)
    await this.#keep(name, await readState(this.#sandbox, document))
  }

  /** Puts the sandbox back to what was saved. Returns whether there is such a snapshot. Throws a FindingsError. */
  async restore(name: string): Promise<boolean> {
    const snapshot = this.#shelf.get(name)
    if (snapshot !== undefined) await importState(this.#sandbox, parseSnapshot(name, snapshot))
    return snapshot !== undefined
  }

  /** Deletes a snapshot. Returns whether there was one. */
  drop(name: string): boolean {
    return this.#shelf.delete(name)
  }

  /** The state document; undefined where there is no such snapshot. Throws a FindingsError where a file is none. */
  async download(name: string): Promise<string | undefined> {
    const snapshot = this.#shelf.get(name)
    if (snapshot !== undefined) await checkState(parseSnapshot(name, snapshot), this.#sandbox.takeTurn)
    return snapshot?.document
  }

  #assertRoom(name: string): void {
    if (!this.has(name) && [...this.#shelf.keys()].length >= MAX_SNAPSHOTS) {
      throw new SnapshotLimitError(`a sandbox keeps ${MAX_SNAPSHOTS} snapshots; drop one before you save ${name}`)
    }
  }

  async #keep(name: string, state: SandboxState): Promise<void> {
    const document = await formatState(state, this.#sandbox.takeTurn)
    if (Buffer.byteLength(document) > MAX_STATE_BYTES) {
      throw new SnapshotLimitError(`${name} must not have more than ${MAX_STATE_BYTES} bytes`)
    }
    // Another call may have saved one meanwhile.
    this.#assertRoom(name)
    if (this.#shelf === this.#sandbox.snapshots) this.#rejectBeyondMemory(name, document)
    this.#shelf.set(name, { document, madeAt: Date.now() })
  }

  /** Throws a SnapshotLimitError where the snapshots of all sandboxes would take too much memory with this one. */
  #rejectBeyondMemory(name: string, { length }: string): void {
    const all = this.#sandboxes.list().flatMap(({ snapshots }) => [...snapshots.values()])
    const others =
      all.reduce((sum, { document }) => sum + document.length, 0) - (this.#shelf.get(name)?.document.length ?? 0)
    if (others + length > MAX_SNAPSHOT_CHARACTERS) {
      throw new SnapshotLimitError(
        `the snapshots of all sandboxes have at most ${MAX_SNAPSHOT_CHARACTERS} characters in memory; drop one before you save ${name}, or keep them in a folder (--snapshots)`
      )
    }
  }
}

/** The content of a snapshot. Throws a FindingsError where it is no JSON. */
function parseSnapshot(name: string, { document }: Snapshot): unknown {
  try {
    return parseJson(withoutByteOrderMark(document), MAX_STATE_LEVELS)
  } catch {
    throw new FindingsError([
      { at: '', message: `${name}${SNAPSHOT_EXTENSION} is no JSON of at most ${MAX_STATE_LEVELS} levels` }
    ])
  }
}

function describeSnapshot(name: string, snapshot: Snapshot | undefined): SnapshotEntry[] {
  // It has gone while the list was made.
  if (snapshot === undefined) return []
  return [{ name, madeAt: snapshot.madeAt, numbers: countNumbers(name, snapshot) }]
}

function countNumbers(name: string, snapshot: Snapshot): number | null {
  try {
    const content = parseSnapshot(name, snapshot)
    return isObject(content) && Array.isArray(content.numbers) ? content.numbers.length : 0
  } catch {
    return null
  }
}
