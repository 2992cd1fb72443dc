import { escapePointer, isObject } from '../json.js'
import type { Finding } from './finding.js'
import type { SchemaFinding } from './schema-findings.js'

/** A value as far as its schema accepts it: every field may have been wrong, and every item of a list. */
export type Accepted<Value> = Value extends readonly (infer Item)[]
  ? readonly (Accepted<Item> | undefined)[]
  : Value extends object
    ? { [Name in keyof Value]?: Accepted<Value[Name]> }
    : Value

/** The items of a list; of any other object, itself. */
type Each<Value> = Value extends readonly (infer Item)[] ? Item : Extract<Value, object>

/**
 * A part of a document that its schema accepts as a whole, or of which it refuses something. Checks of meaning read a document
 * by its parts, so that they see everything that is not in doubt: a fault of form hides nothing else.
 */
export class Part<Value> {
  /** A JSON pointer to it. */
  readonly at: string
  readonly #value: unknown
  readonly #doubts: Doubts

  private constructor(at: string, value: unknown, doubts: Doubts) {
    this.at = at
    this.#value = value
    this.#doubts = doubts
  }

  /** The whole of a document in which its schema has found something, or nothing. */
  static of<Value>(content: unknown, findings: readonly SchemaFinding[]): Part<Value> {
    const doubts = doubtsIn(findings)
    return new Part('', doubts.refused.has('') ? undefined : content, doubts)
  }

  /**
   * Returns what is wrong with some fields, as a finding at `place` within the part. Passes over the check where one of the fields
   * is in doubt: its fault is told already.
   */
  check<const Name extends keyof Value & string>(
    place: string,
    names: readonly Name[],
    findProblem: (fields: Pick<Value, Name>) => string | undefined
  ): Finding[] {
    if (!isObject(this.#value) || this.isRefused() || !this.isSound(...names)) return []
    const message = findProblem(this.#value as Pick<Value, Name>)
    return message === undefined ? [] : [{ at: this.at + place, message }]
  }

  /** Whether the schema does not accept it at all. */
  isRefused(): boolean {
    return this.#doubts.refused.has(this.at)
  }

  /** Whether none of some fields is in doubt. */
  isSound(...names: readonly string[]): boolean {
    return names.every((name) => !this.#doubts.within.has(this.#placeOf(name)))
  }

  field<Name extends keyof Value & string>(name: Name): Part<NonNullable<Value[Name]>> {
    const value = isObject(this.#value) ? this.#value[name] : undefined
    return new Part(this.#placeOf(name), value, this.#doubts)
  }

  /** The fields of an object by their names. */
  entries(): [name: string, Part<NonNullable<Value[keyof Value]>>][] {
    if (!isObject(this.#value) || this.isRefused()) return []
    return Object.keys(this.#value).map((name) => [name, this.field(name as keyof Value & string)])
  }

  /** The items of a list, or the part itself where it may be one or a list; nothing where it is absent. */
  each(): Part<Each<Value>>[] {
    if (this.#value === undefined || this.isRefused()) return []
    if (!Array.isArray(this.#value)) return [new Part(this.at, this.#value, this.#doubts)]
    return this.#value.map((item: unknown, i) => new Part(`${this.at}/${i}`, item, this.#doubts))
  }

  /** The value without everything that is in doubt; undefined where nothing is left. */
  accepted(): Accepted<Value> | undefined {
    return withoutRefused(this.#value, this.at, this.#doubts) as Accepted<Value> | undefined
  }

  #placeOf(name: string): string {
    return `${this.at}/${escapePointer(name)}`
  }
}

/** Pointers to the values that a schema refuses, and with them those to all that contains one. */
interface Doubts {
  refused: ReadonlySet<string>
  within: ReadonlySet<string>
}

function doubtsIn(findings: readonly SchemaFinding[]): Doubts {
  const refused = new Set(findings.flatMap(({ doubts }) => doubts))
  const within = new Set([''])
  for (const pointer of refused) {
    for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) within.add(pointer.slice(0, end))
  }
  return { refused, within }
}

function withoutRefused(value: unknown, at: string, doubts: Doubts): unknown {
  if (doubts.refused.has(at)) return undefined
  if (!doubts.within.has(at)) return value
  if (Array.isArray(value)) return value.map((item, i) => withoutRefused(item, `${at}/${i}`, doubts))
  const fields = Object.entries(value as object).map(([name, field]) => [
    name,
    withoutRefused(field, `${at}/${escapePointer(name)}`, doubts)
  ])
  return Object.fromEntries(fields.filter(([, field]) => field !== undefined))
}
