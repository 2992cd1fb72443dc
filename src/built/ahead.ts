/**
 * What is compiled out of schemas when the package is built. The build puts these in the place of the compilers, which are
 * loaded only for a schema that it has not met: that is what makes the program start quickly.
 */
import { createHash } from 'node:crypto'

/** A compiled check; its faults stand in `errors`. */
export interface Check {
  (value: unknown): unknown
  errors?: unknown
}

/** Functions by name, as a compiler of checks takes them. */
type Formats = Readonly<Record<string, unknown>>

/** How checks are compiled. */
export interface CheckOptions {
  formats?: Formats
}

/** Makes a check that was compiled ahead. */
export type MakeCheck = (formats: Formats) => Check

export type Serialise = (value: unknown) => string

/** A compiler of checks. */
interface Checker {
  compile: (schema: object) => Check
}

/** What says which schema something was compiled out of, and how. */
export function keyOf(schema: unknown, options: object = {}): string {
  return createHash('sha256')
    .update(JSON.stringify([options, schema]))
    .digest('base64url')
}

/** A compiler of checks that has those of `made`, and asks the one that `load` loads for all others. */
export function checksAhead(made: Readonly<Record<string, MakeCheck>>, load: () => new (options: object) => Checker) {
  return class Ahead {
    /** The faults that the last `validate` found. */
    errors: unknown = null
    readonly #options: CheckOptions
    readonly #bySchema = new Map<object, Check>()
    #checker: Checker | undefined

    constructor(options: CheckOptions) {
      this.#options = options
    }

    /** The check is made when it is asked first. */
    compile(schema: object): Check {
      let own: Check | undefined
      const check: Check = (value) => {
        own ??= this.#make(schema)
        const isGood = own(value)
        check.errors = own.errors
        return isGood
      }
      return check
    }

    validate(schema: object, value: unknown): unknown {
      const check = this.#bySchema.get(schema) ?? this.compile(schema)
      this.#bySchema.set(schema, check)
      const isGood = check(value)
      this.errors = check.errors
      return isGood
    }

    #make(schema: object): Check {
      const make = made[keyOf(schema, this.#options)]
      if (make !== undefined) return make(this.#options.formats ?? {})
      this.#checker ??= new (load())(this.#options)
      return this.#checker.compile(schema)
    }
  }
}

/** A compiler of serialisers that has those of `made`, and asks the one that `load` loads for all others. */
export function serialisersAhead(
  made: Readonly<Record<string, () => Serialise>>,
  load: () => (schema: object) => Serialise
): (schema: object) => Serialise {
  return (schema) => {
    let own: Serialise | undefined
    // Made when it is asked first.
    return (value) => {
      own ??= (made[keyOf(schema)] ?? (() => load()(schema)))()
      return own(value)
    }
  }
}
