import type { Capture } from '../sandbox/capture.js'
import type { LiveSandbox } from '../sandbox/live-sandbox.js'
import { exportState } from './export-state.js'
import { captureOf } from './import-state.js'
import { claimPlace } from './snapshot-limit.js'
import type { SnapshotEntry, Snapshots } from './snapshots.js'

/** Snapshots as copied worlds: saving and restoring cost what differs from the fixtures, however large those are. */
export class SnapshotMemory implements Snapshots {
  readonly #sandbox: LiveSandbox

  constructor(sandbox: LiveSandbox) {
    this.#sandbox = sandbox
  }

  list(): SnapshotEntry[] {
    return Array.from(this.#sandbox.snapshots, ([name, { madeAt, store }]) => ({
      name,
      madeAt,
      numbers: store.numbers.total()
    })).sort((one, other) => (one.name < other.name ? -1 : 1))
  }

  has(name: string): boolean {
    return this.#sandbox.snapshots.has(name)
  }

  save(name: string): void {
    this.#keep(name, () => this.#sandbox.capture())
  }

  upload(name: string, document: unknown): void {
    this.#keep(name, () => captureOf(this.#sandbox, document))
  }

  restore(name: string): boolean {
    const snapshot = this.#sandbox.snapshots.get(name)
    if (snapshot !== undefined) this.#sandbox.restore(snapshot)
    return snapshot !== undefined
  }

  drop(name: string): boolean {
    const snapshot = this.#sandbox.snapshots.get(name)
    if (snapshot !== undefined) this.#sandbox.abandon(snapshot)
    return this.#sandbox.snapshots.delete(name)
  }

  download(name: string): string | undefined {
    const snapshot = this.#sandbox.snapshots.get(name)
    return snapshot === undefined ? undefined : exportState(snapshot)
  }

  #keep(name: string, make: () => Capture): void {
    claimPlace(name, [...this.#sandbox.snapshots.keys()])
    const capture = make()
    this.drop(name)
    this.#sandbox.snapshots.set(name, { ...capture, madeAt: Date.now() })
  }
}
