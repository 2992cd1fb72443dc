import type { State } from './numbering/number-state.js'

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

/** A text that can be made again at any time. */
export interface Again {
  text: () => string
}

/** What is entered of one request and its answer. */
export interface Entered {
  sandbox: string
  /** Unix milliseconds, by the clock of the process. */
  loggedAt: number
  method: string
  /** Path and query. */
  url: string
  /** JSON. */
  headers: string
  body: string
  clientIp: string
  status: number
  /** The body of the answer. */
  answer: string | Again
  /** Name of the operation; undefined where the request met no route. */
  operation: string | undefined
  /** Name of the outcome; undefined where there is none for it. */
  outcome: string | undefined
  /** Name of the fault that made the answer. */
  fault: string | undefined
  changes: readonly StateChange[]
  warnings: readonly string[]
}

export const NO_CHANGES: readonly StateChange[] = []

/**
 * A request and its answer, in a journal. Entries are made once and used again: new ones would live just long enough to be moved
 * about by the collection of garbage, thousands of times a second, which would cost more than everything else about them.
 */
export class JournalEntry {
  sandbox = ''
  loggedAt = 0
  method = ''
  url = ''
  clientIp = ''
  status = 0
  operation: string | undefined
  outcome: string | undefined
  fault: string | undefined
  warnings: readonly string[] = []
  #number = 0
  #headers = '{}'
  #body = ''
  #answer: string | Again = ''
  /** The only change, part by part, as most requests that change anything have it. */
  #e164: string | undefined
  #from: State | null = null
  #to: State | null = null
  /** All of them, where there are more. */
  #changes = NO_CHANGES

  /** Given when it is entered: '1' for the first. */
  get id(): string {
    return String(this.#number)
  }

  get changes(): readonly StateChange[] {
    return this.#e164 === undefined ? this.#changes : [{ e164: this.#e164, from: this.#from, to: this.#to }]
  }

  texts(): Texts {
    const answer = this.#answer
    return {
      headers: JSON.parse(this.#headers) as Texts['headers'],
      body: this.#body,
      answer: typeof answer === 'string' ? answer : answer.text()
    }
  }

  /** Says from now on what was entered as the `number`th. */
  become(number: number, entered: Entered): void {
    this.#number = number
    this.sandbox = entered.sandbox
    this.loggedAt = entered.loggedAt
    this.method = entered.method
    this.url = entered.url
    this.clientIp = entered.clientIp
    this.status = entered.status
    this.operation = entered.operation
    this.outcome = entered.outcome
    this.fault = entered.fault
    this.warnings = entered.warnings
    this.#headers = entered.headers
    this.#body = entered.body
    this.#answer = entered.answer
    const { changes } = entered
    const only = changes.length === 1 ? changes[0] : undefined
    this.#changes = only === undefined ? changes : NO_CHANGES
    this.#e164 = only?.e164
    this.#from = only?.from ?? null
    this.#to = only?.to ?? null
  }

  /** Lets go of what may be large. */
  forget(): void {
    this.url = ''
    this.#body = ''
    this.#answer = ''
    this.#changes = NO_CHANGES
  }
}
