import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { isObject, type JsonObject } from '../json.js'
import { isPhoneNumber, toE164 } from '../numbering/e164.js'
import { STATES, type State } from '../numbering/number-state.js'
import { ACCOUNT, accountId, type Account } from '../sandbox/accounts.js'
import { PATTERNS } from '../text/patterns.js'
import { schemaFindings, type Finding } from './schema-findings.js'

export type { Finding }

export const e164 = (description: string) => Type.String({ pattern: PATTERNS.e164, description })
const threeDigits = (description: string) => Type.String({ pattern: PATTERNS.threeDigits, description })
/** Allows null. The schema has one list of types instead of a union, so that a wrong value is one finding. */
const orNull = <Schema extends TSchema & { type: string }>(schema: Schema) =>
  Type.Unsafe<Static<Schema> | null>({ ...schema, type: [schema.type, 'null'] })
const strict = { additionalProperties: false }
/** What documents may begin with; the emulator ignores it. */
export const SCHEMA_OF_EDITORS = Type.String({ description: 'The JSON Schema that an editor holds this file to' })
/** Describes a time; all of them are in seconds since the year 0. */
export const gregorianSeconds = (what: string) =>
  Type.Integer({ minimum: 0, maximum: 10 ** 12, description: `${what}, in Gregorian seconds` })

const delay = (description: string) =>
  Type.Object(
    {
      due: Type.Optional(gregorianSeconds('When the change happens')),
      reads: Type.Optional(Type.Integer({ minimum: 0, description: 'After how many further reads it happens' }))
    },
    { ...strict, description }
  )
const DelaysSchema = Type.Partial(
  Type.Object(
    {
      e911: delay('The address becomes provisioned'),
      port_in: delay('The port completes'),
      aging: delay('The released number becomes available')
    },
    { ...strict, description: 'The changes that the number waits for' }
  )
)

export const ACCOUNTS = Type.Array(ACCOUNT, { description: 'The accounts, with their tokens, API keys and logins' })

/** The schema of a row of `fixtures/numbers.json`. */
export const NUMBER_FIXTURE = Type.Object(
  {
    e164: e164('The number, such as +14155550142'),
    state: Type.Unsafe<State>({ type: 'string', enum: STATES, description: 'The state that it is in' }),
    owner: Type.Optional(orNull(accountId('The id of its account, or null'))),
    carrier: Type.Optional(
      Type.Unsafe<'external' | 'local'>({
        type: 'string',
        enum: ['external', 'local'],
        description: 'external, from a carrier (the default), or local, made by an account'
      })
    ),
    document: Type.Optional(
      Type.Unsafe<JsonObject>({
        type: 'object',
        description: 'The fields that its owner has set, such as e911 or fields of your own'
      })
    ),
    features: Type.Optional(
      Type.Array(Type.String(), {
        description: 'The names of the features that are on; by default those that state, carrier and document imply'
      })
    ),
    used_by: Type.Optional(orNull(Type.String({ description: 'What uses it, such as callflow, or null' }))),
    history: Type.Optional(
      Type.Array(accountId('The id of an account'), {
        description: 'The ids of the accounts that have reserved it, the latest first'
      })
    ),
    created: Type.Optional(gregorianSeconds('When it was created; by default the time of the start')),
    modified: Type.Optional(gregorianSeconds('When it was last changed; by default the time of the start')),
    pending: Type.Optional(DelaysSchema)
  },
  strict
)

/** A row of `fixtures/numbers.json`; features are derived from the rest where absent. */
export type NumberFixture = Static<typeof NUMBER_FIXTURE>

export const NumberFixtures = Type.Array(NUMBER_FIXTURE, { description: 'The numbers that exist' })

const RATE_CENTRES = Type.Array(
  Type.Object({
    npa: threeDigits('The area code'),
    nxx: threeDigits('The exchange, the three digits behind the area code'),
    rate_center: orNull(Type.String({ description: 'The name of the rate centre in upper case; null for toll-free' })),
    state: orNull(
      Type.String({
        minLength: 2,
        maxLength: 2,
        description: 'The state or province in two letters; null for toll-free'
      })
    ),
    lata: orNull(threeDigits('The LATA, 888 for all of Canada; null for toll-free'))
  })
)

const PINNED_NUMBERS = Type.Array(
  Type.Object(
    {
      e164: e164('A number that comes first in a search, such as +14152338397'),
      number_id: Type.Optional(Type.String({ description: 'The id that a search shows; by default one is made up' }))
    },
    strict
  )
)

const CHARGES = Type.Array(
  Type.Object(
    {
      prefix: Type.Optional(
        Type.String({
          pattern: PATTERNS.onlyDigits,
          description: 'The digits that its numbers begin with, such as 1212; absent for all'
        })
      ),
      category: Type.String({ minLength: 1, description: 'The category of the item, such as phone_numbers' }),
      item: Type.String({ minLength: 1, description: 'The name of the item, such as did' }),
      rate: Type.Number({ minimum: 0, description: 'What a number costs each month' }),
      activation_charge: Type.Number({ minimum: 0, description: 'What an activation costs once' })
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
  numbers: { schema: NumberFixtures, key: 'numbers' },
  'rate-centers': { schema: RATE_CENTRES, key: 'rate_centers' },
  'toll-free': { schema: RATE_CENTRES, key: 'rate_centers' },
  'documented-numbers': { schema: PINNED_NUMBERS, key: 'numbers' },
  charges: { schema: CHARGES, key: 'charges' }
} as const satisfies Record<string, FixtureFile>

export type FixtureName = keyof typeof FIXTURE_FILES

/** Makes the schema of the object form of a fixture file. */
export function objectForm({ schema, key }: FixtureFile): TSchema {
  return Type.Object(
    { $schema: Type.Optional(SCHEMA_OF_EDITORS), [key]: { ...schema, description: 'The rows' } },
    strict
  )
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
