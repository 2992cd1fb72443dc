import type { AppliedRule, FaultRule } from './fault-rule.js'
import type { Identifiers } from './identifiers.js'

/** What a request is about, as far as rules look. */
interface FaultSubject {
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

  /** The rule that a request meets, counted as hit. A range of delays is drawn by the rule and its hits, so that a run repeats. */
  match(subject: FaultSubject, identifiers: Identifiers): AppliedRule | undefined {
    const rule = this.#rules.find((one) => appliesTo(one, subject))
    if (rule === undefined) return undefined
    rule.hits++
    const { id, hits, delay_ms, ...rest } = rule
    if (delay_ms === undefined) return rest
    const delay =
      typeof delay_ms === 'number'
        ? delay_ms
        : identifiers.drawBetween(delay_ms.min, delay_ms.max, `fault/${id}/${hits}`)
    return { ...rest, delay_ms: delay }
  }
}

function appliesTo({ operation, number, account, times, hits }: CountedRule, subject: FaultSubject): boolean {
  return (
    (times === undefined || hits < times) &&
    (operation === undefined || operation === subject.operation) &&
    (account === undefined || account === subject.account) &&
    (number === undefined || subject.numbers.includes(number))
  )
}
