import { Type, type Static } from '@sinclair/typebox'

/** What the wire can do instead of answering (the names are WireMock's). */
export const TRANSPORT_FAULTS = [
  'CONNECTION_RESET_BY_PEER',
  'EMPTY_RESPONSE',
  'MALFORMED_RESPONSE_CHUNK',
  'RANDOM_DATA_THEN_CLOSE'
] as const
export type TransportFault = (typeof TRANSPORT_FAULTS)[number]

/** The most rules of a sandbox. */
export const MAX_RULES = 1_000

/** Longer than any name, number or id. */
const maxLength = 100

/** The schema of a rule as a test writes it. */
export const NEW_FAULT_RULE = Type.Object(
  {
    /** How responses name the rule: up to 100 printable ASCII characters. @default the rule's effect */
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        pattern: '^[\\x20-\\x7e]+$',
        description: 'How responses name the rule: up to 100 printable ASCII characters'
      })
    ),
    /** The name of the operation that fails. @default every operation */
    operation: Type.Optional(
      Type.String({ maxLength, description: 'The name of the operation that fails; absent for every operation' })
    ),
    /** The number that fails, in any form that the API reads. @default every number */
    number: Type.Optional(
      Type.String({
        maxLength,
        description: 'The number that fails, in any form that the API reads; absent for every number'
      })
    ),
    /** The id of the account whose requests fail. @default every account */
    account: Type.Optional(
      Type.String({ maxLength, description: 'The id of the account whose requests fail; absent for every account' })
    ),
    /** The name of one of the operation's outcomes. */
    outcome: Type.Optional(
      Type.String({ maxLength, description: 'The name of an outcome of the operation, such as carrier_fault' })
    ),
    /** An HTTP status, where no outcome is named. */
    status: Type.Optional(Type.Integer({ description: 'An HTTP status, if no outcome is named' })),
    /** What the connection does instead of answering. */
    fault: Type.Optional(
      Type.Unsafe<TransportFault>({
        type: 'string',
        enum: TRANSPORT_FAULTS,
        description: 'What the connection does instead of answering'
      })
    ),
    /** Milliseconds before anything else happens, up to 600,000. */
    delay_ms: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 600_000, description: 'Milliseconds before anything else happens' })
    ),
    /** Bytes of the response body after which the connection closes. */
    truncate_bytes: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Bytes of the response body after which the connection closes' })
    ),
    /** How often the fault happens. @default always */
    times: Type.Optional(Type.Integer({ minimum: 1, description: 'How often the fault happens; absent for always' }))
  },
  { additionalProperties: false }
)

/** A rule as a test writes it. */
export type NewFaultRule = Static<typeof NEW_FAULT_RULE>

/** A rule that makes requests fail: which requests, how, and how often. Its number is in E.164. */
export type FaultRule = NewFaultRule & { name: string }

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
