import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { isObject, type JsonObject } from '../json.js'
import { isPhoneNumber, toE164 } from '../numbering/e164.js'
import { STATES, type State } from '../numbering/number-state.js'
import { ACCOUNT, ACCOUNT_ID, type Account } from '../sandbox/accounts.js'
import { schemaFindings, type Finding } from './schema-findings.js'

export type { Finding }

export const e164 = Type.String({ pattern: '^\\+\\d{8,63}$' })
const digits = (count: number) => Type.String({ pattern: `^\\d{${count}}$` })
/** Allows null. The schema has one list of types instead of a union, so that a wrong value is one finding. */
const orNull = <Schema extends TSchema & { type: string }>(schema: Schema) =>
  Type.Unsafe<Static<Schema> | null>({ ...schema, type: [schema.type, 'null'] })
const strict = { additionalProperties: false }
export const gregorianSeconds = Type.Integer({ minimum: 0, maximum: 10 ** 12, description: 'Gregorian seconds' })

const Delay = Type.Object(
  { due: Type.Optional(gregorianSeconds), reads: Type.Optional(Type.Integer({ minimum: 0 })) },
  strict
)
const Delays = Type.Partial(Type.Object({ e911: Delay, port_in: Delay, aging: Delay }, strict))

export const ACCOUNTS = Type.Array(ACCOUNT)

/** The schema of a row of `fixtures/numbers.json`. */
export const NUMBER = Type.Object(
  {
    e164,
    state: Type.Unsafe<State>({ type: 'string', enum: STATES }),
    owner: Type.Optional(orNull(ACCOUNT_ID)),
    carrier: Type.Optional(Type.Unsafe<'external' | 'local'>({ type: 'string', enum: ['external', 'local'] })),
    document: Type.Optional(Type.Unsafe<JsonObject>({ type: 'object' })),
    /** Names of the features that are on. @default those that state, carrier and document imply */
    features: Type.Optional(Type.Array(Type.String())),
    used_by: Type.Optional(orNull(Type.String())),
    /** Account ids, the latest reservation first. */
    history: Type.Optional(Type.Array(ACCOUNT_ID)),
    created: Type.Optional(gregorianSeconds),
    modified: Type.Optional(gregorianSeconds),
    /** The changes that the number waits for. */
    pending: Type.Optional(Delays)
  },
  strict
)

/** A row of `fixtures/numbers.json`; features are derived from the rest where absent. */
export type NumberFixture = Static<typeof NUMBER>

export const NUMBERS = Type.Array(NUMBER)

const RATE_CENTRES = Type.Array(
  Type.Object({
    npa: digits(3),
    nxx: digits(3),
    rate_center: orNull(Type.String()),
    state: orNull(Type.String({ minLength: 2, maxLength: 2 })),
    lata: orNull(digits(3))
  })
)

const PINNED_NUMBERS = Type.Array(Type.Object({ e164, number_id: Type.Optional(Type.String()) }, strict))

const CHARGES = Type.Array(
  Type.Object(
    {
      prefix: Type.Optional(Type.String({ pattern: '^\\d+$' })),
      category: Type.String({ minLength: 1 }),
      item: Type.String({ minLength: 1 }),
      rate: Type.Number({ minimum: 0 }),
      activation_charge: Type.Number({ minimum: 0 })
    },
    strict
  )
)

/** A fixture file is a list, or an object that has the list under `key` and may name its schema. */
interface FixtureFile {
  schema: TSchema
  key: string
}

/** Every fixture file but the streets, which have rules between their rows. */
export const FIXTURE_FILES = {
  accounts: { schema: ACCOUNTS, key: 'accounts' },
  numbers: { schema: NUMBERS, key: 'numbers' },
  'rate-centers': { schema: RATE_CENTRES, key: 'rate_centers' },
  'toll-free': { schema: RATE_CENTRES, key: 'rate_centers' },
  'documented-numbers': { schema: PINNED_NUMBERS, key: 'numbers' },
  charges: { schema: CHARGES, key: 'charges' }
} as const satisfies Record<string, FixtureFile>

export type FixtureName = keyof typeof FIXTURE_FILES

/** Makes the schema of the object form of a fixture file. */
export function objectForm({ schema, key }: FixtureFile): TSchema {
  return Type.Object({ $schema: Type.Optional(Type.String()), [key]: schema }, strict)
}

/** The list of a fixture file, its JSON pointer, and everything that the schema does not allow. */
export interface CheckedFile {
  list: unknown
  at: string
  findings: Finding[]
}

/** Checks a fixture file; `name` is its name without the extension. */
export function checkFixtureFile(name: FixtureName, content: unknown): CheckedFile {
  const file = FIXTURE_FILES[name]
  if (!isObject(content)) return { list: content, at: '', findings: schemaFindings(file.schema, content) }
  const { key } = file
  return { list: content[key], at: `/${key}`, findings: schemaFindings(objectForm(file), content) }
}

/** Finds duplicate accounts, unknown parents, and accounts below themselves. `others` are accounts that exist besides. */
export function checkAccounts(accounts: readonly Account[], others: Iterable<Account> = []): Finding[] {
  const parents = new Map([...others, ...accounts].map(({ id, parent }) => [id, parent]))
  return [
    ...duplicates(accounts.map(({ id }) => id)).map((i) => ({
      at: `/${i}/id`,
      message: 'another account has this id'
    })),
    ...accounts.flatMap(({ id, parent }, i) =>
      parent !== null && (!parents.has(parent) || isOwnAncestor(parents, id))
        ? [{ at: `/${i}/parent`, message: 'must be the id of another account that is not below this one' }]
        : []
    )
  ]
}

/**
 * Finds duplicate numbers, and those of no numbering plan, in a piece of a list that begins at position `first`; `seen` are the
 * numbers before it, to which those of the piece are added.
 */
export function checkNumbers(numbers: readonly NumberFixture[], first = 0, seen = new Set<string>()): Finding[] {
  const e164s = numbers.map(({ e164: number }) => number)
  return [
    ...duplicates(e164s, seen).map((i) => ({ at: `/${first + i}/e164`, message: 'another row has this number' })),
    ...e164s.flatMap((number, i) =>
      isPhoneNumber(toE164(number)) ? [] : [{ at: `/${first + i}/e164`, message: 'no numbering plan knows it' }]
    )
  ]
}

/** Returns the positions of the values that occur at an earlier position too, or in `seen`, to which they are added. */
export function duplicates(values: readonly string[], seen = new Set<string>()): number[] {
  return values.flatMap((value, i) => (seen.size === seen.add(value).size ? [i] : []))
}

function isOwnAncestor(parents: ReadonlyMap<string, string | null>, id: string): boolean {
  const ancestors = new Set<string>()
  for (let at = parents.get(id); at != null && !ancestors.has(at); at = parents.get(at)) ancestors.add(at)
  return ancestors.has(id)
}
