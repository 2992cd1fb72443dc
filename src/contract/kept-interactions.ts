import { ByteBudget } from '../journal/byte-budget.js'
import type { Interaction } from './interaction.js'

/** The most bytes of one interaction, with the documents of its numbers. */
const MAX_INTERACTION_BYTES = 100_000

/** The most bytes that the kept interactions of all sandboxes of a process take. */
const MAX_BYTES_OF_ALL = 16_000_000

/** An interaction that may be kept; it is described only then. */
export interface SeenInteraction {
  /** Characters of the URL and the body of the request. */
  length: number
  /** Unix milliseconds. */
  at: number
  /** Describes the request and its response; undefined where they are too long. */
  describe: () => Interaction | undefined
}

interface KeptInteraction {
  interaction: Interaction
  length: number
  at: number
  bytes: number
}

/** The shortest interaction that met each outcome, by `operation.outcome`. */
export class KeptInteractions {
  readonly #budget: ByteBudget
  readonly #kept = new Map<string, KeptInteraction>()
  #largest = MAX_INTERACTION_BYTES

  /** `parent` shares the bound in bytes. */
  constructor(parent?: KeptInteractions) {
    this.#budget = parent === undefined ? new ByteBudget(MAX_BYTES_OF_ALL) : parent.#budget
    this.#budget.join(this)
  }

  /** Unix milliseconds of the interaction that was kept first; Infinity where there is none. */
  get oldestAt(): number {
    const [oldest] = this.#kept.values()
    return oldest?.at ?? Infinity
  }

  get(name: string): Interaction | undefined {
    return this.#kept.get(name)?.interaction
  }

  /** Keeps an interaction if it is the first that met an outcome, or shorter than the one that is kept. */
  add(name: string, { length, at, describe }: SeenInteraction): void {
    const known = this.#kept.get(name)
    if (known !== undefined && known.length <= length) return
    const interaction = describe()
    if (interaction === undefined) return
    const bytes = Buffer.byteLength(JSON.stringify(interaction))
    if (bytes > this.#largest) return
    this.#remove(name)
    this.#kept.set(name, { interaction, length, at, bytes })
    this.#budget.count(bytes)
  }

  removeOldest(): void {
    const [oldest] = this.#kept.keys()
    if (oldest !== undefined) this.#remove(oldest)
  }

  clear(): void {
    for (const name of [...this.#kept.keys()]) this.#remove(name)
  }

  /** Forgets all interactions, and keeps none from now on: a request can end after its sandbox. */
  close(): void {
    this.#largest = 0
    this.clear()
    this.#budget.leave(this)
  }

  #remove(name: string): void {
    const known = this.#kept.get(name)
    if (known === undefined) return
    this.#kept.delete(name)
    this.#budget.count(-known.bytes)
  }
}
