/** Values that need not be made again, by key. Beyond a limit all are forgotten: whoever asks for ever others must not fill the memory. */
export class Remembered<Value> {
  readonly #values = new Map<string, Value>()
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: string): Value | undefined {
    return this.#values.get(key)
  }

  set(key: string, value: Value): void {
    if (this.#values.size >= this.#limit && !this.#values.has(key)) this.#values.clear()
    this.#values.set(key, value)
  }

  /** The value of `key`, which `make` makes where it is not known. */
  of(key: string, make: () => Value): Value {
    const known = this.#values.get(key)
    if (known !== undefined) return known
    const made = make()
    this.set(key, made)
    return made
  }

  clear(): void {
    this.#values.clear()
  }
}
