/** What a request and its answer consist of, as they went over the wire. */
export interface Texts {
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** `''` where there was none. */
  body: string
  answer: string
}

/** Texts that are kept until they are given up. */
export interface KeptTexts {
  read: () => Texts
  /** Absent where nothing is kept by it. */
  giveUp?: () => void
}

/** A stretch of memory for texts, one behind the other. */
interface Page {
  readonly bytes: Buffer
  used: number
  /** How many of the texts in it are still kept. */
  kept: number
}

/** Bytes of the first page, and of those that follow once that was not enough. */
const FIRST_PAGE = 16 * 1024
const LARGEST_PAGE = 1024 * 1024

/**
 * Keeps texts outside of the engine's heap: they live long enough to be moved there several times and then die, thousands
 * of times a second, which would cost more than everything else about them.
 */
export class TextPages {
  #page: Page = { bytes: Buffer.alloc(0), used: 0, kept: 0 }
  /** A page whose texts have all been given up. */
  #spare: Page | undefined

  keep({ headers, body, answer }: Texts): KeptTexts {
    const head = JSON.stringify(headers)
    const text = head + body + answer
    const size = Buffer.byteLength(text)
    if (this.#page.bytes.length - this.#page.used < size) this.#turn(size)
    const page = this.#page
    const from = page.used
    page.bytes.write(text, from)
    page.used += size
    page.kept++
    return new Kept(page, from, head.length, body.length, this.#leave)
  }

  readonly #leave = (page: Page): void => {
    page.kept--
    if (page.kept > 0) return
    page.used = 0
    if (page !== this.#page) this.#spare = page
  }

  #turn(size: number): void {
    const spare = this.#spare
    this.#spare = undefined
    const length = Math.max(size, Math.min(LARGEST_PAGE, Math.max(FIRST_PAGE, 2 * this.#page.bytes.length)))
    // A spare page that is too small is not worth keeping: pages have grown since.
    this.#page =
      spare !== undefined && spare.bytes.length >= length
        ? spare
        : { bytes: Buffer.allocUnsafeSlow(length), used: 0, kept: 0 }
  }
}

class Kept implements KeptTexts {
  readonly #page: Page
  readonly #from: number
  readonly #to: number
  readonly #headLength: number
  readonly #bodyLength: number
  readonly #leave: (page: Page) => void

  constructor(page: Page, from: number, headLength: number, bodyLength: number, leave: (page: Page) => void) {
    this.#page = page
    this.#from = from
    this.#to = page.used
    this.#headLength = headLength
    this.#bodyLength = bodyLength
    this.#leave = leave
  }

  read(): Texts {
    const text = this.#page.bytes.toString('utf8', this.#from, this.#to)
    const bodyEnd = this.#headLength + this.#bodyLength
    return {
      headers: JSON.parse(text.slice(0, this.#headLength)) as Texts['headers'],
      body: text.slice(this.#headLength, bodyEnd),
      answer: text.slice(bodyEnd)
    }
  }

  giveUp(): void {
    this.#leave(this.#page)
  }
}

/** Texts for the moment. */
export function unkept(texts: Texts): KeptTexts {
  return { read: () => texts }
}
