/** Random numbers that follow from a seed, so that every run with the same seed draws the same ones. */
export class Random {
  readonly #seed: string
  #state: number

  constructor(seed: string) {
    this.#seed = seed
    this.#state = hash(seed)
  }

  /** Draws a whole number from 0 up to, and without, `end` (Mulberry32). */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end)
  }

  /** Tells whether an event happens that does so once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0]
  }

  /** Draws one of a list that may be empty. */
  maybe<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)]
  }

  /** Draws an entry of a table in which each entry stands with its weight. */
  weighted<Item>(entries: readonly (readonly [weight: number, item: Item])[]): Item {
    let left = this.below(entries.reduce((sum, [weight]) => sum + weight, 0))
    for (const [weight, item] of entries) {
      if (left < weight) return item
      left -= weight
    }
    throw new Error('a table without weights')
  }

  /** Makes a generator of its own for a part of the work, which does not depend on what other parts draw. */
  fork(part: string): Random {
    return new Random(`${this.#seed}/${part}`)
  }
}

/** FNV-1a. */
function hash(text: string): number {
  return Array.from(text).reduce((sum, one) => Math.imul(sum ^ (one.codePointAt(0) ?? 0), 0x01000193), 0x811c9dc5)
}
