import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { operationProblem, type OperationName } from '../contract/outcomes.js'
import { addUnseen, type Finding } from '../findings/finding.js'
import type { Part } from '../findings/part.js'
import { MAX_INTEGER } from '../settings.js'
import { oneOf } from '../text/text-schema.js'

/** The most rate limits of a sandbox: more than there are operations. */
const MAX_RATE_LIMITS = 100

const RATE_LIMIT = {
  properties: {
    operation: Type.String({ maxLength: 100, description: 'The name of the operation that is limited' }),
    per_minute: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description:
        'How many requests each account may send at once, and gets back each minute of the clock of the sandbox'
    })
  },
  required: ['operation', 'per_minute'],
  additionalProperties: false
}

/** A limit for the requests of one operation, which each account has for itself. */
export interface RateLimit {
  operation: OperationName
  per_minute: number
}

function settingChoice<const Names extends readonly string[]>(names: Names, description: string) {
  return Type.Optional(oneOf(names, { description }))
}

/** The schema of the settings that a sandbox has of its own. One that is absent is the process's. */
export const OWN_SETTINGS = Type.Object(
  {
    /** Which tokens are accepted. */
    auth: settingChoice(['documented', 'strict', 'off'], 'Which tokens are accepted, as --auth'),
    /** Whether an account that no fixture describes exists. */
    accounts: settingChoice(['auto', 'known'], 'Whether an account that no fixture describes exists, as --accounts'),
    /** Which addresses E911 accepts. */
    e911: settingChoice(['streets', 'permissive'], 'Which addresses E911 accepts, as --e911'),
    /** What happens to a request that differs from the document. */
    contract: settingChoice(
      ['warn', 'strict', 'off'],
      'What happens to a request that differs from the document, as --contract'
    ),
    /** How many numbers a page of the list has at most. */
    max_page_size: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_INTEGER,
        description: 'How many numbers a page of the list has at most, as --max-page-size'
      })
    ),
    /** The number from which ids are derived. It takes effect when the sandbox is made or reset. */
    random_seed: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: MAX_INTEGER,
        description:
          'The number from which ids are derived, as --random-seed; it takes effect when the sandbox is made or reset'
      })
    ),
    /** Limits for operations, true for those of the reference implementation, false for none. */
    rate_limit: Type.Optional(
      // One schema for every form, so that a violation is found in the form that was sent.
      Type.Unsafe<boolean | RateLimit | readonly RateLimit[]>({
        type: ['boolean', 'object', 'array'],
        ...RATE_LIMIT,
        items: { type: 'object', ...RATE_LIMIT },
        maxItems: MAX_RATE_LIMITS,
        description:
          'A limit for an operation or a list of limits, in the place of those of --rate-limit; true for those, false for none'
      })
    )
  },
  { additionalProperties: false }
)

/** Settings as a test writes them. */
type GivenSettings = Static<typeof OWN_SETTINGS>
export type OwnSettingName = keyof GivenSettings

/** The settings that a sandbox has of its own. */
export type OwnSettings = Omit<GivenSettings, 'rate_limit'> & { rate_limit?: boolean | readonly RateLimit[] }

/** Settings to be changed: null stands for that of the process, and one that is absent stays. */
export type SettingsChange = { [Name in OwnSettingName]?: GivenSettings[Name] | null }

/** The schema of a change of settings. */
export const SETTINGS_CHANGE = Type.Unsafe<SettingsChange>({
  ...OWN_SETTINGS,
  properties: Object.fromEntries(Object.entries(OWN_SETTINGS.properties).map(([name, one]) => [name, nullable(one)]))
})

function nullable(schema: TSchema): object {
  const { type, enum: names } = schema as { type?: string | string[]; enum?: readonly string[] }
  return { ...schema, type: [type, 'null'].flat(), ...(names === undefined ? {} : { enum: [...names, null] }) }
}

/** Finds what a schema cannot say of settings. */
export function settingsFindings(settings: Part<SettingsChange>): Finding[] {
  const seen = new Set<string>()
  return settings
    .field('rate_limit')
    .each()
    .flatMap((limit) =>
      limit.check('/operation', ['operation'], ({ operation }) => {
        const isTwice = !addUnseen(seen, operation)
        return operationProblem(operation) ?? (isTwice ? `must not stand twice: ${operation}` : undefined)
      })
    )
}

/** Applies a change to own settings; a single rate limit becomes a list. */
export function changeSettings(own: OwnSettings, change: SettingsChange): OwnSettings {
  const entries = Object.entries({ ...own, ...change }).filter(([, value]) => value !== null)
  const { rate_limit, ...others } = Object.fromEntries(entries) as GivenSettings
  if (rate_limit === undefined) return others
  return { ...others, rate_limit: typeof rate_limit === 'boolean' ? rate_limit : [rate_limit].flat() }
}
