import { existsSync } from 'node:fs'
import { residentKibibytes } from '../processes.js'

/** The run is looked at in so many parts of the same length. */
const PARTS = 60
/** What is held for so many parts is no garbage: the collector runs more often. */
const PARTS_HELD = 6

/**
 * The resident set of a process over a run. Of each part of the run the least one counts: what the process keeps is in it, while garbage
 * comes and goes.
 */
export class Memory {
  readonly #pid: number
  readonly #least = Array.from({ length: PARTS }, () => Number.POSITIVE_INFINITY)
  #peak = 0
  /** The resident set before the attack, where a workload has marked it. */
  marked: number | undefined

  constructor(pid: number) {
    this.#pid = pid
  }

  /** Reads the resident set; `at` says how much of the run is over, from 0 to 1. */
  sample(at: number): void {
    const megabytes = this.now()
    if (Number.isNaN(megabytes)) return
    const part = Math.min(PARTS - 1, Math.floor(at * PARTS))
    this.#least[part] = Math.min(this.#least[part] ?? megabytes, megabytes)
    this.#peak = Math.max(this.#peak, megabytes)
  }

  /** Returns the resident set in megabytes; NaN where the process is gone, or the system does not tell. */
  now(): number {
    return existsSync(`/proc/${this.#pid}/status`) ? residentKibibytes(this.#pid) / 1024 : Number.NaN
  }

  /** Marks the beginning of the attack. */
  mark(): void {
    this.marked = this.now()
  }

  get peak(): number {
    return this.#peak
  }

  /**
   * Returns the resident set before and after, both in megabytes; undefined where the run was too short to tell. Where a beginning is
   * marked, the most that was held since counts as after; else the second third of the run is held against the last.
   */
  growth(): { before: number; after: number } | undefined {
    const before = this.marked ?? this.#floor(PARTS / 3, (PARTS * 2) / 3)
    const after = this.marked === undefined ? this.#floor((PARTS * 2) / 3, PARTS) : this.#held()
    return Number.isFinite(before) && Number.isFinite(after) ? { before, after } : undefined
  }

  #floor(from: number, to: number): number {
    return Math.min(...this.#least.slice(from, to))
  }

  /** The most that was held for a tenth of the run. */
  #held(): number {
    const floors = Array.from({ length: PARTS / PARTS_HELD }, (_, i) =>
      this.#floor(i * PARTS_HELD, (i + 1) * PARTS_HELD)
    )
    return Math.max(...floors.filter((floor) => Number.isFinite(floor)))
  }
}
