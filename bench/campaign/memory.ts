import { existsSync } from 'node:fs'
import { residentKibibytes } from '../processes.js'

/** The run is looked at in so many parts of the same length. */
const PARTS = 60
/** What is held for so many parts is no garbage: the collector runs more often. */
const PARTS_HELD = 6

/** Two resident sets, in megabytes. */
export interface Growth {
  before: number
  after: number
}

/**
 * The resident set of a process over a run. Of each part of the run the least one counts: what the process keeps is in it, while garbage
 * comes and goes.
 */
export class Memory {
  readonly #pid: number
  readonly #least = Array.from({ length: PARTS }, () => Number.POSITIVE_INFINITY)
  #peak = 0
  #marked: number | undefined

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
    this.#marked = this.now()
  }

  get peak(): number {
    return this.#peak
  }

  /** Returns the least of the second third of the run and of the last, in megabytes; undefined where the run was too short to tell. */
  growth(): Growth | undefined {
    return growthOf(this.#floor(PARTS / 3, (PARTS * 2) / 3), this.#floor((PARTS * 2) / 3, PARTS))
  }

  /** Returns the resident set at the mark and the most that was held since, in megabytes; undefined where nothing is marked. */
  growthSinceMark(): Growth | undefined {
    return this.#marked === undefined ? undefined : growthOf(this.#marked, this.#held())
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

function growthOf(before: number, after: number): Growth | undefined {
  return Number.isFinite(before) && Number.isFinite(after) ? { before, after } : undefined
}
