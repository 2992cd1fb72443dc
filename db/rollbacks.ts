/** The transactions of a database that have been rolled back. */
export class Rollbacks {
  #count = 0

  get count(): number {
    return this.#count
  }

  /** Says that one was. */
  add(): void {
    this.#count++
  }

  /**
   * For whoever remembers what rows held, so as not to ask again: the function that it returns says whether that may have been
   * undone since it was last called.
   */
  watch(): () => boolean {
    let seen = this.#count
    return () => {
      const isUndone = seen !== this.#count
      seen = this.#count
      return isUndone
    }
  }
}
