/** What the wire can do instead of answering (the names are WireMock's). */
export const TRANSPORT_FAULTS = [
  'CONNECTION_RESET_BY_PEER',
  'EMPTY_RESPONSE',
  'MALFORMED_RESPONSE_CHUNK',
  'RANDOM_DATA_THEN_CLOSE'
] as const
export type TransportFault = (typeof TRANSPORT_FAULTS)[number]

/** Something that goes wrong on purpose: for which requests, how, and how often. */
export interface FaultRule {
  /** How answers name it: the rule's own name, or what it does. */
  name: string
  operation?: string
  /** E.164; any number where absent. */
  number?: string
  account?: string
  /** An outcome of the operation by its name. */
  outcome?: string
  /** A status, where no outcome is named. */
  status?: number
  fault?: TransportFault
  /** Milliseconds before anything else happens. */
  delay_ms?: number
  /** Bytes of the answer's body after which the connection closes. */
  truncate_bytes?: number
  /** How often it happens before it is over; always where absent. */
  times?: number
}

/** What a request is about, as far as rules look. */
export interface FaultSubject {
  operation: string
  /** E.164. */
  numbers: readonly string[]
  account: string
}

/** A rule with the count of what it has done. */
export interface CountedRule extends FaultRule {
  id: string
  hits: number
}

/** The rules of one sandbox, in the order in which they were made; the first that fits counts. */
export class Faults {
  #rules: CountedRule[] = []
  #made = 0

  get rules(): readonly CountedRule[] {
    return this.#rules
  }

  add(rule: FaultRule): CountedRule {
    this.#made++
    const counted = { ...rule, id: String(this.#made), hits: 0 }
    this.#rules.push(counted)
    return counted
  }

  /** Takes a rule away. Returns whether there was one. */
  remove(id: string): boolean {
    const before = this.#rules.length
    this.#rules = this.#rules.filter((rule) => rule.id !== id)
    return this.#rules.length < before
  }

  clear(): void {
    this.#rules = []
  }

  /** Puts rules with their counts in the place of all others; no rule made later has the id of one of them. */
  restore(rules: readonly CountedRule[]): void {
    this.#rules = rules.map((rule) => ({ ...rule }))
    this.#made = Math.max(this.#made, ...rules.map(({ id }) => Number(id)))
  }

  /** The rule that a request meets, counted as hit. */
  match(subject: FaultSubject): CountedRule | undefined {
    if (this.#rules.length === 0) return undefined
    const rule = this.#rules.find((one) => fits(one, subject))
    if (rule !== undefined) rule.hits++
    return rule
  }
}

function fits({ operation, number, account, times, hits }: CountedRule, subject: FaultSubject): boolean {
  return (
    (times === undefined || hits < times) &&
    (operation === undefined || operation === subject.operation) &&
    (account === undefined || account === subject.account) &&
    (number === undefined || subject.numbers.includes(number))
  )
}
