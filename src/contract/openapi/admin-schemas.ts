import { Type, type Static, type TSchema } from '@sinclair/typebox'
import type { JsonObject } from '../../json.js'
import { RECORDED_REQUEST, stateOrNull } from '../../journal/recorded-request.js'
import { DELAY_KINDS } from '../../numbering/delay-kinds.js'
import type { DelaySetting } from '../../numbering/delays.js'
import { ACTIONS, STATES, TRANSITIONS, type CurrentState } from '../../numbering/number-state.js'
import { ACCOUNT } from '../../sandbox/accounts.js'
import { NEW_FAULT_RULE } from '../../sandbox/fault-rule.js'
import { OWN_SETTINGS, type OwnSettingName } from '../../sandbox/own-settings.js'
import { STATE } from '../../state/schema.js'
import { FIDELITY } from '../fidelity.js'
import type { OutcomeName } from '../outcomes.js'
import { CONTRACT_REPORT } from '../report.js'
import { oneOf, textOrNull } from '../../text/text-schema.js'

/** Refers to one of the schemas below, so that a generator makes one type of it. */
export const refTo = <Referred>(name: string) => Type.Unsafe<Referred>({ $ref: `#/components/schemas/${name}` })

const text = (description?: string) => Type.String(description === undefined ? {} : { description })
const integer = (description?: string) => Type.Integer(description === undefined ? {} : { description })
const optional = <Schema extends TSchema>(schema: Schema) => Type.Optional(schema)

/** A schema for each name. */
export const each = <Name extends string, Schema extends TSchema>(names: readonly Name[], schema: Schema) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>)

const TEXTS = Type.Array(Type.String())
const REASON = Type.Object({ at: text('JSON pointer to the wrong part of the body'), message: text() })

const OWNED_NUMBER = Type.Object({
  number: text('E.164'),
  state: oneOf(STATES),
  account: textOrNull({ description: 'The id of the account that owns it' }),
  used_by: textOrNull(),
  features: TEXTS,
  created: integer('Gregorian seconds'),
  modified: integer('Gregorian seconds')
})

const DELAY_OF_KIND = Type.Object({
  due: optional(integer('When it ends, in Gregorian seconds')),
  reads: optional(integer('After how many reads of the number it ends'))
})

const NUMBER_DETAIL = Type.Object({
  ...OWNED_NUMBER.properties,
  carrier: text(),
  reserved_by: TEXTS,
  document: Type.Unsafe<JsonObject>({ description: 'The document of the number' }),
  delays: Type.Partial(each(DELAY_KINDS, DELAY_OF_KIND)),
  changes: Type.Array(
    Type.Object({ from: stateOrNull, to: stateOrNull, request: text('The id of the request'), at: text() })
  )
})

const FAULT_RULE = Type.Object({
  ...NEW_FAULT_RULE.properties,
  name: text(),
  id: text(),
  hits: integer('How often it has happened')
})

const DELAY_SETTING = Type.Unsafe<DelaySetting>({
  anyOf: [
    { type: 'string', enum: ['immediate', 'held'] },
    { type: 'object', properties: { after_reads: integer() }, required: ['after_reads'] },
    { type: 'object', properties: { after_seconds: integer() }, required: ['after_seconds'] }
  ]
})

const TIMING_SETTINGS = each(DELAY_KINDS, DELAY_SETTING)

/** The body that sets some delays. */
export const TIMING_CHANGE = Type.Partial(TIMING_SETTINGS)
export type TimingChange = Static<typeof TIMING_CHANGE>

const OUTLINE = {
  name: text(),
  base_path: text('The prefix of its paths'),
  numbers: integer(),
  requests: integer()
}
const { max_page_size, random_seed, ...OTHER_SETTINGS } = OWN_SETTINGS.properties
const settingNames = Type.Array(oneOf(Object.keys(OWN_SETTINGS.properties) as OwnSettingName[]))
const wholeOrNull = ({ description = '' }: TSchema) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], description })

const SANDBOX_SUMMARY = Type.Object({
  ...OUTLINE,
  settings: Type.Required(
    Type.Object({
      ...OTHER_SETTINGS,
      max_page_size: wholeOrNull(max_page_size),
      random_seed: wholeOrNull(random_seed)
    })
  ),
  own: settingNames,
  after_reset: settingNames
})

/**
 * Any JSON, which generators cannot make of an empty schema. TypeScript refuses a type that is a list of itself, so lists are
 * written out for as many levels as the documents of the API have, and only objects refer to the whole.
 */
function anyJson(levelsOfLists: number): object {
  return {
    anyOf: [
      { type: ['string', 'number', 'boolean', 'null'] },
      { type: 'object', additionalProperties: { $ref: '#/components/schemas/Json' } },
      ...(levelsOfLists === 0 ? [] : [{ type: 'array', items: anyJson(levelsOfLists - 1) }])
    ]
  }
}

/** The schemas of the admin API that have a name. */
export const ADMIN_SCHEMAS = {
  AdminFailure: Type.Object({
    error: text('The kind of the failure'),
    message: text('What is wrong, and what would be right'),
    at: text('JSON pointer to the wrong part of the body'),
    problems: optional(
      Type.Array(REASON, {
        description: 'All that is wrong, where that is more than one thing; the first is `message` and `at`'
      })
    )
  }),
  Json: Type.Unsafe(anyJson(4)),
  Account: ACCOUNT,
  State: STATE,
  Fidelity: FIDELITY,
  Request: RECORDED_REQUEST,
  FoundRequest: Type.Object({ ...RECORDED_REQUEST.properties.request.properties, ...RECORDED_REQUEST.properties }),
  RequestPage: Type.Object({
    requests: Type.Array(refTo<Static<typeof RECORDED_REQUEST>>('Request')),
    meta: Type.Object({ total: integer() })
  }),
  Number: OWNED_NUMBER,
  NumberDetail: NUMBER_DETAIL,
  FaultRule: FAULT_RULE,
  Clock: Type.Object({
    now: text('ISO 8601'),
    gregorian_seconds: integer('The same time in the unit of the API'),
    rate: Type.Number({ description: '0 stands still, 1 runs in real time' })
  }),
  Timing: TIMING_SETTINGS,
  Delay: Type.Object({ number: text('E.164'), kind: oneOf(DELAY_KINDS), ...DELAY_OF_KIND.properties }),
  Sandbox: SANDBOX_SUMMARY,
  SandboxOutline: Type.Object(OUTLINE),
  Snapshot: Type.Object({ name: text(), made_at: text('ISO 8601'), numbers: integer() }),
  Outcome: Type.Object({
    name: Type.Unsafe<OutcomeName>({ type: 'string' }),
    status: Type.Unsafe<'success' | number>({
      type: ['string', 'integer'],
      description: 'success, or the status of the failure'
    }),
    means: text(),
    source: text()
  }),
  Transition: Type.Object({
    from: oneOf(Object.keys(TRANSITIONS) as CurrentState[]),
    action: oneOf(ACTIONS),
    to: oneOf(STATES)
  }),
  ContractReport: CONTRACT_REPORT
} satisfies Record<string, TSchema>
