import { textOf, type Again } from '../again.js'
import type { State } from '../numbering/number-state.js'

/** What happened to a number: `null` is no record. */
export interface StateChange {
  e164: string
  from: State | null
  to: State | null
}

/** What a request and its answer consist of, as they went over the wire. */
export interface Texts {
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** `''` where there was none. */
  body: string
  answer: string
}

/** Who has sent a request. Those of one connection have the same, mostly. */
export interface Sender {
  ip: string
  /** JSON. */
  headers: string
}

/** What was asked for and how it ended: the same for all requests of a kind that go well. */
export interface Course {
  method: string
  status: number
  /** Name of the operation; undefined where the request met no route. */
  operation: string | undefined
  /** Name of the outcome; undefined where there is none for it. */
  outcome: string | undefined
  /** Name of the fault that made the answer. */
  fault: string | undefined
  warnings: readonly string[]
}

/** What is entered of one request and its answer. */
export interface NewEntry {
  sandbox: string
  /** Unix milliseconds, by the clock of the process. */
  loggedAt: number
  sender: Sender
  /** Path and query. */
  url: string | Again
  body: string
  course: Course
  /** The body of the answer. */
  answer: string | Again
  changes: readonly StateChange[]
}

export const NO_CHANGES: readonly StateChange[] = []

const SECOND = 1000

/** A request and its answer, in a journal. */
export class JournalEntry {
  readonly sandbox: string
  readonly #number: number
  /** When, in two small numbers: the engine makes an object of a large one. */
  readonly #second: number
  readonly #millisecond: number
  readonly #url: string | Again
  readonly #sender: Sender
  readonly #course: Course
  readonly #body: string
  readonly #answer: string | Again
  /** The only change, part by part: most requests that change anything have one, and what journals keep is moved about a lot. */
  readonly #e164: string | undefined
  readonly #from: State | null
  readonly #to: State | null
  /** All of them, where there are more. */
  readonly #changes: readonly StateChange[]

  /** The `number`th that was entered. */
  constructor(number: number, { sandbox, loggedAt, sender, url, body, course, answer, changes }: NewEntry) {
    this.#number = number
    this.sandbox = sandbox
    this.#second = Math.floor(loggedAt / SECOND)
    this.#millisecond = loggedAt % SECOND
    this.#url = url
    this.#sender = sender
    this.#course = course
    this.#body = body
    this.#answer = answer
    const only = changes.length === 1 ? changes[0] : undefined
    this.#changes = only === undefined ? changes : NO_CHANGES
    this.#e164 = only?.e164
    this.#from = only?.from ?? null
    this.#to = only?.to ?? null
  }

  /** Given when it is entered: '1' for the first. */
  get id(): string {
    return String(this.#number)
  }

  /** Unix milliseconds, by the clock of the process. */
  get loggedAt(): number {
    return this.#second * SECOND + this.#millisecond
  }

  /** Path and query. */
  get url(): string {
    return textOf(this.#url)
  }

  get method(): string {
    return this.#course.method
  }

  get clientIp(): string {
    return this.#sender.ip
  }

  get status(): number {
    return this.#course.status
  }

  get operation(): string | undefined {
    return this.#course.operation
  }

  get outcome(): string | undefined {
    return this.#course.outcome
  }

  get fault(): string | undefined {
    return this.#course.fault
  }

  get warnings(): readonly string[] {
    return this.#course.warnings
  }

  get changes(): readonly StateChange[] {
    return this.#e164 === undefined ? this.#changes : [{ e164: this.#e164, from: this.#from, to: this.#to }]
  }

  texts(): Texts {
    return {
      headers: JSON.parse(this.#sender.headers) as Texts['headers'],
      body: this.#body,
      answer: textOf(this.#answer)
    }
  }
}
