/** What a request and its answer consist of, as they went over the wire. */
export interface Texts {
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** `''` where there was none. */
  body: string
  answer: string
}

/** A text that can be made again at any time, being made of what is kept elsewhere. */
export interface Again {
  text: () => string
}

/** The same as they are handed over. */
export interface Sent {
  /** JSON. */
  headers: string
  body: string
  answer: string | Again
  /** Bytes of the answer. */
  bytes: number
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

  keep({ headers, body, bytes }: Sent, answer: string): KeptTexts {
    const size = Buffer.byteLength(body) + bytes
    if (this.#page.bytes.length - this.#page.used < size) this.#turn(size)
    const page = this.#page
    const from = page.used
    const answerAt = from + size - bytes
    if (body !== '') page.bytes.write(body, from)
    // One byte a character, which is what most answers are, is several times faster to copy.
    page.bytes.write(answer, answerAt, bytes === answer.length ? 'latin1' : 'utf8')
    page.used += size
    page.kept++
    return new Kept(headers, page, from, answerAt, this.#leave)
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
  /** In the heap: the requests of a connection mostly have the same. */
  readonly #headers: string
  readonly #page: Page
  readonly #from: number
  readonly #answerAt: number
  readonly #to: number
  readonly #leave: (page: Page) => void

  constructor(headers: string, page: Page, from: number, answerAt: number, leave: (page: Page) => void) {
    this.#headers = headers
    this.#page = page
    this.#from = from
    this.#answerAt = answerAt
    this.#to = page.used
    this.#leave = leave
  }

  read(): Texts {
    const { bytes } = this.#page
    return {
      headers: headersIn(this.#headers),
      body: bytes.toString('utf8', this.#from, this.#answerAt),
      answer: bytes.toString('utf8', this.#answerAt, this.#to)
    }
  }

  giveUp(): void {
    this.#leave(this.#page)
  }
}

/** Texts that stay where they are. */
export class Unkept implements KeptTexts {
  readonly #headers: string
  readonly #body: string
  readonly #answer: Sent['answer']

  constructor({ headers, body, answer }: Sent) {
    this.#headers = headers
    this.#body = body
    this.#answer = answer
  }

  read(): Texts {
    const answer = this.#answer
    return {
      headers: headersIn(this.#headers),
      body: this.#body,
      answer: typeof answer === 'string' ? answer : answer.text()
    }
  }
}

function headersIn(text: string): Texts['headers'] {
  return JSON.parse(text) as Texts['headers']
}
