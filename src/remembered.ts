/**
 * Values that need not be made again, by key. Beyond a limit those go that were not asked for since the limit was last reached:
 * whoever asks for ever others must not fill the memory.
 */
export class Remembered<Value> {
  #young = new Map<string, Value>()
  #old = new Map<string, Value>()
  readonly #limit: number

  /** Keeps the last `limit` values at least, and fewer than twice as many. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: string, value: Value): void {
    if (this.#young.size >= this.#limit && !this.#young.has(key)) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }

  /** The value of `key`, which `make` makes where it is not known. */
  of(key: string, make: () => Value): Value {
    const known = this.get(key)
    if (known !== undefined) return known
    const made = make()
    this.set(key, made)
    return made
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }
}
