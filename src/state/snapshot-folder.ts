import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  type Stats
} from 'node:fs'
import { join } from 'node:path'
import { FindingsError } from '../findings/findings-error.js'
import type { Snapshot } from '../sandbox/sandbox-state.js'
import { DEFAULT_SANDBOX, isSandboxName } from '../sandbox/sandboxes.js'
import { makeFolder } from '../text/make-folder.js'
import { FixtureError } from './fixtures.js'
import { MAX_STATE_BYTES } from './schema.js'

export const SNAPSHOT_EXTENSION = '.json'

/** Follows no link, and does not wait for the other end of a pipe. */
const READ_PLAINLY = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** Makes the folder where there is none. Throws a FixtureError where that cannot be. */
export function prepareSnapshotFolder(folder: string): void {
  try {
    makeFolder(folder)
  } catch (error) {
    const message = `cannot be a folder for snapshots: ${(error as Error).message}`
    throw new FixtureError([{ file: folder, at: '', message }])
  }
}

/**
 * Snapshots as files: `<name>.json` for the default sandbox, `sandboxes/<sandbox>/<name>.json` for any other. They outlive the
 * process, and may be written by hand. Links, folders and devices are no snapshots: what they lead to lies outside of the folder.
 * Messages carry names instead of paths.
 */
export class SnapshotFolder {
  readonly #folder: string
  /** The folders below the one of the settings, from the outer to the inner one. */
  readonly #inner: readonly string[]

  constructor(sandbox: string, folder: string) {
    const sandboxes = join(folder, 'sandboxes')
    this.#inner = sandbox === DEFAULT_SANDBOX ? [] : [sandboxes, join(sandboxes, sandbox)]
    this.#folder = this.#inner.at(-1) ?? folder
  }

  keys(): string[] {
    if (!this.#isReal()) return []
    const files = readdirSync(this.#folder, { withFileTypes: true })
    return files
      .filter((file) => file.isFile() && file.name.endsWith(SNAPSHOT_EXTENSION))
      .map(({ name }) => name.slice(0, -SNAPSHOT_EXTENSION.length))
      .filter(isSandboxName)
  }

  has(name: string): boolean {
    return this.#isReal() && fileStatus(this.#file(name))?.isFile() === true
  }

  /** Reads a snapshot; undefined where there is none. One that is too large has no text, which is no state document. */
  get(name: string): Snapshot | undefined {
    if (!this.has(name)) return undefined
    // The file may be another one by now.
    const descriptor = openSync(this.#file(name), READ_PLAINLY)
    try {
      const { size, mtimeMs } = fstatSync(descriptor)
      return { document: size > MAX_STATE_BYTES ? '' : readFileSync(descriptor, 'utf8'), madeAt: mtimeMs }
    } finally {
      closeSync(descriptor)
    }
  }

  /** Writes beside, then renames, so that a reader never finds half a file. Throws a FindingsError where another thing has the name. */
  set(name: string, { document }: Snapshot): void {
    const file = this.#file(name)
    for (const folder of this.#inner) if (!isFolderOrNothing(folder)) throw refused(name, 'must not lie behind a link')
    if (fileStatus(file)?.isFile() === false) throw refused(name, 'must not be a folder or a link')
    makeFolder(this.#folder)
    const written = `${file}.new`
    rmSync(written, { force: true })
    try {
      // Fails where there is something by that name, a link included.
      writeFileSync(written, document, { flag: 'wx' })
      renameSync(written, file)
    } finally {
      // It is still there where one of them has failed.
      rmSync(written, { force: true })
    }
  }

  delete(name: string): boolean {
    const isThere = this.has(name)
    if (isThere) rmSync(this.#file(name), { force: true })
    return isThere
  }

  /** Whether the folder is there, and every folder on the way to it is one instead of a link. */
  #isReal(): boolean {
    return this.#inner.every(isFolderOrNothing) && fileStatus(this.#folder) !== undefined
  }

  #file(name: string): string {
    return join(this.#folder, name + SNAPSHOT_EXTENSION)
  }
}

function refused(name: string, message: string): FindingsError {
  return new FindingsError([{ at: '', message: `${name}${SNAPSHOT_EXTENSION} ${message}` }])
}

function isFolderOrNothing(path: string): boolean {
  return fileStatus(path)?.isDirectory() ?? true
}

function fileStatus(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}
