import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { isObject, type JsonObject } from '../json.js'
import { addUnseen, inOrder, type Finding } from '../findings/finding.js'
import { Part } from '../findings/part.js'
import { isPhoneNumber, toE164 } from '../numbering/e164.js'
import { STATES } from '../numbering/number-state.js'
import { ACCOUNT, accountId, type Account } from '../sandbox/accounts.js'
import { awaitTurn } from '../turns/timers.js'
import { PATTERNS } from '../text/patterns.js'
import { documentFindings } from './document-findings.js'
import { oneOf } from '../text/text-schema.js'

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
    state: oneOf(STATES, { description: 'The state that it is in' }),
    owner: Type.Optional(orNull(accountId('The id of its account, or null'))),
    carrier: Type.Optional(
      oneOf(['external', 'local'], {
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
    used_by: Type.Optional(
      orNull(Type.String({ pattern: PATTERNS.wholeCharacters, description: 'What uses it, such as callflow, or null' }))
    ),
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

/** The list of a fixture file, and everything that is wrong with the file. */
interface CheckedFile {
  list: unknown
  findings: Finding[]
}

/** What the schema of a file cannot say of its list. */
const BETWEEN_ROWS: Readonly<Partial<Record<FixtureName, (list: Part<unknown>) => Finding[]>>> = {
  accounts: (list) => accountFindings(list as Part<readonly Account[]>),
  numbers: (list) => numberFindings((list as Part<readonly NumberFixture[]>).each(), new Set())
}

/** Checks a fixture file; `name` is its name without the extension. */
export async function checkFixtureFile(name: FixtureName, content: unknown): Promise<CheckedFile> {
  const file = FIXTURE_FILES[name]
  const isList = !isObject(content)
  const found = await documentFindings(isList ? file.schema : objectForm(file), content, awaitTurn)
  const whole = Part.of<Record<string, unknown>>(content, found)
  const meaning = BETWEEN_ROWS[name]?.(isList ? whole : whole.field(file.key)) ?? []
  return { list: isList ? content : content[file.key], findings: inOrder([...found, ...meaning]) }
}

/** Finds duplicate accounts, unknown parents, and accounts below themselves. `others` are accounts that exist besides. */
export function accountFindings(list: Part<readonly Account[]>, others: Iterable<Account> = []): Finding[] {
  const accounts = list.each()
  const parents = new Map(Array.from(others, ({ id, parent }) => [id, parent]))
  // The parent of an account may be one whose id is wrong.
  const isComplete = accounts.every((account) => account.isSound('id'))
  for (const account of accounts) {
    const { id, parent = null } = account.accepted() ?? {}
    if (id !== undefined) parents.set(id, parent)
  }
  const seen = new Set<string>()
  return accounts.flatMap((account) => [
    ...account.check('/id', ['id'], ({ id }) => (addUnseen(seen, id) ? undefined : 'another account has this id')),
    ...account.check('/parent', ['id', 'parent'], ({ id, parent }) =>
      parent !== null && ((isComplete && !parents.has(parent)) || isOwnAncestor(parents, id))
        ? 'must be the id of another account that is not below this one'
        : undefined
    )
  ])
}

/** Finds duplicate numbers, and those of no numbering plan; `seen` are the numbers before them, to which they are added. */
export function numberFindings(numbers: readonly Part<NumberFixture>[], seen: Set<string>): Finding[] {
  return numbers.flatMap((number) =>
    number.check('/e164', ['e164'], (row) => {
      if (!addUnseen(seen, row.e164)) return 'another row has this number'
      return isPhoneNumber(toE164(row.e164)) ? undefined : 'no numbering plan knows it'
    })
  )
}

function isOwnAncestor(parents: ReadonlyMap<string, string | null>, id: string): boolean {
  const ancestors = new Set<string>()
  for (let at = parents.get(id); at != null && !ancestors.has(at); at = parents.get(at)) ancestors.add(at)
  return ancestors.has(id)
}
