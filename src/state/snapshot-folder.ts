import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FixtureError } from './fixtures.js'
import { isObject } from '../json.js'
import type { LiveSandbox } from '../sandbox/live-sandbox.js'
import { DEFAULT_SANDBOX, isSandboxName } from '../sandbox/sandboxes.js'
import { exportState } from './export-state.js'
import { captureOf, importState } from './import-state.js'
import { claimPlace } from './snapshot-limit.js'
import type { SnapshotEntry, Snapshots } from './snapshots.js'
import { StateError } from './checks.js'

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
 * Snapshots as files that hold state documents: `<name>.json` for the default sandbox, `sandboxes/<sandbox>/<name>.json`
 * for any other. They outlive the process, and may be written by hand.
 */
export class SnapshotFolder implements Snapshots {
  readonly #sandbox: LiveSandbox
  readonly #folder: string

  constructor(sandbox: LiveSandbox, folder: string) {
    this.#sandbox = sandbox
    this.#folder = sandbox.name === DEFAULT_SANDBOX ? folder : join(folder, 'sandboxes', sandbox.name)
  }

  list(): SnapshotEntry[] {
    return this.#names().map((name) => ({
      name,
      madeAt: statSync(this.#file(name)).mtimeMs,
      numbers: this.#count(name)
    }))
  }

  has(name: string): boolean {
    return existsSync(this.#file(name))
  }

  save(name: string): void {
    this.#write(name, exportState(this.#sandbox.view()))
  }

  upload(name: string, document: unknown): void {
    const capture = captureOf(this.#sandbox, document)
    try {
      this.#write(name, exportState(capture))
    } finally {
      this.#sandbox.abandon(capture)
    }
  }

  restore(name: string): boolean {
    if (!this.has(name)) return false
    importState(this.#sandbox, this.#read(name))
    return true
  }

  drop(name: string): boolean {
    const isThere = this.has(name)
    rmSync(this.#file(name), { force: true })
    return isThere
  }

  download(name: string): string | undefined {
    return this.has(name) ? readFileSync(this.#file(name), 'utf8') : undefined
  }

  #names(): string[] {
    if (!existsSync(this.#folder)) return []
    const files = readdirSync(this.#folder).filter((file) => file.endsWith(EXTENSION))
    return files
      .map((file) => file.slice(0, -EXTENSION.length))
      .filter(isSandboxName)
      .sort()
  }

  #count(name: string): number | null {
    try {
      const content = this.#read(name)
      return isObject(content) && Array.isArray(content.numbers) ? content.numbers.length : 0
    } catch {
      return null
    }
  }

  #file(name: string): string {
    return join(this.#folder, name + EXTENSION)
  }

  /** The content of a file. Throws a StateError where it is no JSON. */
  #read(name: string): unknown {
    try {
      return JSON.parse(readFileSync(this.#file(name), 'utf8'))
    } catch (error) {
      throw new StateError([{ at: '', message: `${this.#file(name)}: ${String(error)}` }])
    }
  }

  /** Writes beside, then renames: nobody ever reads half a file. */
  #write(name: string, text: string): void {
    claimPlace(name, this.#names())
    mkdirSync(this.#folder, { recursive: true })
    const beside = `${this.#file(name)}.new`
    writeFileSync(beside, text)
    renameSync(beside, this.#file(name))
  }
}
