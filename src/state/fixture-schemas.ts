import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { ACCOUNT_ID_LENGTH, type Account } from '../sandbox/accounts.js'
import { isObject, type JsonObject } from '../json.js'
import { isPhoneNumber, toE164 } from '../numbering/e164.js'
import { STATES, type State } from '../numbering/number-state.js'
import { schemaFindings, type Finding } from './schema-findings.js'

export type { Finding }

export const e164 = Type.String({ pattern: '^\\+\\d{8,63}$' })
export const accountId = Type.String({ minLength: ACCOUNT_ID_LENGTH, maxLength: ACCOUNT_ID_LENGTH })
const digits = (count: number) => Type.String({ pattern: `^\\d{${count}}$` })
/** One type list, so that a wrong value is one fault and not one for each way of being right. */
const orNull = <Schema extends TSchema & { type: string }>(schema: Schema) =>
  Type.Unsafe<Static<Schema> | null>({ ...schema, type: [schema.type, 'null'] })
const strict = { additionalProperties: false }
export const gregorianSeconds = Type.Integer({ minimum: 0, maximum: 10 ** 12, description: 'Gregorian seconds' })

const Wait = Type.Object(
  { due: Type.Optional(gregorianSeconds), reads: Type.Optional(Type.Integer({ minimum: 0 })) },
  strict
)
const Pending = Type.Partial(Type.Object({ e911: Wait, port_in: Wait, aging: Wait }, strict))

export const ACCOUNTS = Type.Array(
  Type.Object(
    {
      id: accountId,
      name: Type.String({ minLength: 1 }),
      realm: Type.String(),
      parent: orNull(accountId),
      admin: Type.Boolean(),
      additions: Type.Boolean(),
      api_key: Type.String({ minLength: 64, maxLength: 64 }),
      user: Type.String(),
      password: Type.String(),
      token: Type.String({ minLength: 1 })
    },
    strict
  )
)

export const NUMBER = Type.Object(
  {
    e164,
    state: Type.Unsafe<State>({ type: 'string', enum: STATES }),
    owner: Type.Optional(orNull(accountId)),
    carrier: Type.Optional(Type.Unsafe<'external' | 'local'>({ type: 'string', enum: ['external', 'local'] })),
    document: Type.Optional(Type.Unsafe<JsonObject>({ type: 'object' })),
    features: Type.Optional(Type.Array(Type.String())),
    used_by: Type.Optional(orNull(Type.String())),
    history: Type.Optional(Type.Array(accountId)),
    created: Type.Optional(gregorianSeconds),
    modified: Type.Optional(gregorianSeconds),
    pending: Type.Optional(Pending)
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

const LEADS = Type.Array(Type.Object({ e164, number_id: Type.Optional(Type.String()) }, strict))

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

/** A fixture file: a list, or an object that has it under `key` and may name its schema. */
interface FixtureFile {
  schema: TSchema
  key: string
}

/** Each fixture file but the streets, which have rules that no schema says. */
export const FIXTURE_FILES = {
  accounts: { schema: ACCOUNTS, key: 'accounts' },
  numbers: { schema: NUMBERS, key: 'numbers' },
  'rate-centers': { schema: RATE_CENTRES, key: 'rate_centers' },
  'toll-free': { schema: RATE_CENTRES, key: 'rate_centers' },
  'documented-numbers': { schema: LEADS, key: 'numbers' },
  charges: { schema: CHARGES, key: 'charges' }
} as const satisfies Record<string, FixtureFile>

export type FixtureName = keyof typeof FIXTURE_FILES

/** The object form of a fixture file. */
export function objectForm({ schema, key }: FixtureFile): TSchema {
  return Type.Object({ $schema: Type.Optional(Type.String()), [key]: schema }, strict)
}

/** The list of a fixture file, where it begins (a JSON pointer), and everything that its schema does not allow. */
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

/** What is wrong between accounts: doubles, parents that do not exist, and trees that bite their tail. `others` are there besides. */
export function checkAccounts(accounts: readonly Account[], others: Iterable<Account> = []): Finding[] {
  const parents = new Map([...others, ...accounts].map(({ id, parent }) => [id, parent]))
  return [
    ...doubles(accounts.map(({ id }) => id)).map((i) => ({ at: `/${i}/id`, message: 'another account has this id' })),
    ...accounts.flatMap(({ id, parent }, i) =>
      parent !== null && (!parents.has(parent) || isOwnAncestor(parents, id))
        ? [{ at: `/${i}/parent`, message: 'must be the id of another account that is not below this one' }]
        : []
    )
  ]
}

/** What is wrong between numbers: doubles, and those of no plan. */
export function checkNumbers(numbers: readonly NumberFixture[]): Finding[] {
  const written = numbers.map(({ e164: number }) => number)
  return [
    ...doubles(written).map((i) => ({ at: `/${i}/e164`, message: 'another row has this number' })),
    ...written.flatMap((number, i) =>
      isPhoneNumber(toE164(number)) ? [] : [{ at: `/${i}/e164`, message: 'no numbering plan knows it' }]
    )
  ]
}

/** The positions of the values that stand further ahead already. */
export function doubles(values: readonly string[]): number[] {
  const seen = new Set<string>()
  return values.flatMap((value, i) => (seen.size === seen.add(value).size ? [i] : []))
}

function isOwnAncestor(parents: ReadonlyMap<string, string | null>, id: string): boolean {
  const passed = new Set<string>()
  for (let at = parents.get(id); at != null && !passed.has(at); at = parents.get(at)) passed.add(at)
  return passed.has(id)
}
