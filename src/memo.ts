import { Remembered } from './remembered.js'

/** Rows that say how often they have changed. */
export interface Versioned {
  readonly version: number
}

/** What has been made of rows, by what was asked for, until the rows change. */
export class Memo<Value> {
  readonly #values: Remembered<Value>
  #rows: Versioned | undefined
  #version = 0

  /** Keeps at most `limit` values. */
  constructor(limit: number) {
    this.#values = new Remembered(limit)
  }

  /** What `make` has made of `rows` as they are, for `key`. */
  of(rows: Versioned, key: string, make: () => Value): Value {
    if (rows !== this.#rows || rows.version !== this.#version) this.#values.clear()
    this.#rows = rows
    this.#version = rows.version
    const known = this.#values.get(key)
    if (known !== undefined) return known
    const made = make()
    // Making it may have changed the rows, and what was made is then of the past.
    if (rows.version === this.#version) this.#values.set(key, made)
    return made
  }
}

/** The text that an object has been written as, kept beside it. */
export interface Written {
  /** Whether it is kept for whoever asks again; absent for one that is of this answer alone. */
  isLasting?: true
  text?: string
  /** Of the text. */
  bytes?: number
  revision?: string
}
