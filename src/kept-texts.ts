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
  /** Path and query. */
  url: string
  /** JSON. */
  headers: string
  body: string
  answer: string | Again
  /** Bytes of the answer. */
  bytes: number
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

  /** A page that has room for one text more, of so many bytes. */
  withRoom(size: number): Page {
    if (this.#page.bytes.length - this.#page.used < size) this.#turn(size)
    return this.#page
  }

  /** For whoever gives up a text in `page`. */
  leave(page: Page): void {
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

/** The texts of a request and its answer: others each time that it is used again. */
export class KeptTexts {
  /** In the heap: the requests of a connection mostly have the same. */
  #headers = '{}'
  #url = ''
  #body = ''
  #answer: string | Again = ''
  /** Where the others lie instead, one behind the other. */
  #page: Page | undefined
  #from = 0
  #bodyAt = 0
  #answerAt = 0
  #to = 0

  /** Keeps what was sent: in `pages`, but for what is there anyway; without them as it is, since nobody will ask for it. */
  hold(sent: Sent, pages: TextPages | undefined): void {
    const { headers, url, body, answer, bytes } = sent
    this.#headers = headers
    const isCopied = pages !== undefined && typeof answer === 'string'
    this.#url = isCopied ? '' : url
    this.#body = isCopied ? '' : body
    this.#answer = isCopied ? '' : answer
    if (isCopied) this.#copy(url, body, answer, bytes, pages)
  }

  get url(): string {
    return this.#page === undefined ? this.#url : this.#page.bytes.toString('utf8', this.#from, this.#bodyAt)
  }

  read(): Texts {
    const headers = JSON.parse(this.#headers) as Texts['headers']
    const answer = this.#answer
    if (this.#page === undefined) {
      return { headers, body: this.#body, answer: typeof answer === 'string' ? answer : answer.text() }
    }
    const { bytes } = this.#page
    return {
      headers,
      body: bytes.toString('utf8', this.#bodyAt, this.#answerAt),
      answer: bytes.toString('utf8', this.#answerAt, this.#to)
    }
  }

  giveUp(pages: TextPages): void {
    if (this.#page !== undefined) pages.leave(this.#page)
    this.#page = undefined
  }

  /** Lets go of whatever is large, where the pages go too. */
  forget(): void {
    this.#page = undefined
    this.#body = ''
    this.#answer = ''
  }

  #copy(url: string, body: string, answer: string, bytes: number, pages: TextPages): void {
    const ofUrl = Buffer.byteLength(url)
    const size = ofUrl + Buffer.byteLength(body) + bytes
    const text = url + body + answer
    const page = pages.withRoom(size)
    this.#page = page
    this.#from = page.used
    this.#bodyAt = page.used + ofUrl
    this.#to = page.used + size
    this.#answerAt = this.#to - bytes
    // One byte a character, which is what most of them are, is several times faster to copy.
    page.bytes.write(text, this.#from, size === text.length ? 'latin1' : 'utf8')
    page.used = this.#to
    page.kept++
  }
}
