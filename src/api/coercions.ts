/** Which fields of which bodies had the wrong type and were read as what they spell. Bodies are forgotten with their requests. */
export class Coercions {
  readonly #paths = new WeakMap<object, string[]>()

  note(body: unknown, path: string): void {
    if (typeof body !== 'object' || body === null) return
    this.#paths.set(body, [...this.of(body), path])
  }

  /** Dotted paths below `data`. */
  of(body: unknown): readonly string[] {
    return (typeof body === 'object' && body !== null ? this.#paths.get(body) : undefined) ?? []
  }
}
