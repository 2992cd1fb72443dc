import type { LiveSandbox } from '../sandbox/live-sandbox.js'
import { SnapshotFolder } from './snapshot-folder.js'
import { SnapshotMemory } from './snapshot-memory.js'

export interface SnapshotEntry {
  name: string
  /** Unix milliseconds, real time. */
  madeAt: number
  /** How many numbers it has; null where it cannot be read. */
  numbers: number | null
}

/** States of a sandbox under names (those that `isSandboxName` allows), in memory or in a folder. */
export interface Snapshots {
  /** By name. */
  list: () => SnapshotEntry[]
  has: (name: string) => boolean
  /** Saves the sandbox as it stands. Throws a SnapshotLimitError, as `upload` does. */
  save: (name: string) => void
  /** Saves what a state document says. Throws a StateError where that is wrong. */
  upload: (name: string, document: unknown) => void
  /** Puts the sandbox back to what was saved. Returns whether there is such a snapshot. Throws a StateError. */
  restore: (name: string) => boolean
  /** Takes one away. Returns whether there was one. */
  drop: (name: string) => boolean
  /** The state document; undefined where there is no such snapshot. */
  download: (name: string) => string | undefined
}

/** The snapshots of a sandbox: in `folder`, or in memory where none is given. */
export function snapshotsOf(sandbox: LiveSandbox, folder: string | undefined): Snapshots {
  return folder === undefined ? new SnapshotMemory(sandbox) : new SnapshotFolder(sandbox, folder)
}
