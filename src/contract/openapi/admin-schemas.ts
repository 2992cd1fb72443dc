import { Type, type TSchema } from '@sinclair/typebox'
import { DELAY_KINDS } from '../../numbering/delay-kinds.js'
import { ACTIONS, STATES, TRANSITIONS } from '../../numbering/number-state.js'
import { ACCOUNT } from '../../sandbox/accounts.js'
import { NEW_FAULT_RULE } from '../../sandbox/fault-rule.js'
import { OWN_SETTINGS } from '../../sandbox/own-settings.js'
import { STATE } from '../../state/schema.js'
import { FIDELITY } from '../fidelity.js'

/** Refers to one of the schemas below, so that a generator makes one type of it. */
export const ref = (name: string) => Type.Unsafe({ $ref: `#/components/schemas/${name}` })

const text = (description?: string) => Type.String(description === undefined ? {} : { description })
const whole = (description?: string) => Type.Integer(description === undefined ? {} : { description })
const optional = <Schema extends TSchema>(schema: Schema) => Type.Optional(schema)
const choice = (names: readonly string[], description?: string) =>
  Type.Unsafe({ type: 'string', enum: names, ...(description === undefined ? {} : { description }) })
const textOrNull = (description?: string) =>
  Type.Unsafe({ type: ['string', 'null'], ...(description === undefined ? {} : { description }) })
const stateOrNull = Type.Unsafe({ type: ['string', 'null'], enum: [...STATES, null] })

const TEXTS = Type.Array(Type.String())
const HEADERS = Type.Unsafe({ type: 'object', additionalProperties: { type: 'string' } })
const CHANGE = Type.Object({ e164: text('The number'), from: stateOrNull, to: stateOrNull })
const REASON = Type.Object({ at: text('JSON pointer to the wrong part of the body'), message: text() })

const REQUEST = Type.Object({
  id: text('Counts up: 1 is the first'),
  request: Type.Object({
    url: text('Path and query, without what names the sandbox'),
    absoluteUrl: text(),
    method: text(),
    clientIp: text(),
    headers: HEADERS,
    body: text(),
    bodyCutBytes: optional(whole('Bytes of the body that the journal has not kept')),
    bodyEncoding: optional(
      choice(['latin1'], 'Present where the body was not UTF-8: it has a character for each byte')
    ),
    loggedDate: whole('Unix milliseconds'),
    loggedDateString: text('ISO 8601')
  }),
  response: Type.Object({
    status: whole('0 where no response was sent'),
    headers: HEADERS,
    body: text(),
    bodyCutBytes: optional(whole()),
    duration_ms: Type.Number()
  }),
  trace_id: optional(text('The trace of a W3C traceparent header')),
  wasMatched: Type.Boolean({ description: 'Whether there is such an operation' }),
  sandbox: text(),
  operation: textOrNull(),
  outcome: textOrNull(),
  fault: textOrNull('The fault that made the response'),
  fault_phase: optional(choice(['after'], 'Present where the fault came once the operation was over')),
  answered: optional(
    textOrNull('The outcome that the client saw, null for none, where it may not be that of the operation')
  ),
  changes: Type.Array(CHANGE),
  warnings: TEXTS,
  hint: optional(text('Names the nearest call, where the request met no route'))
})

const NUMBER = Type.Object({
  number: text('E.164'),
  state: choice(STATES),
  account: textOrNull('The id of the account that owns it'),
  used_by: textOrNull(),
  features: TEXTS,
  created: whole('Gregorian seconds'),
  modified: whole('Gregorian seconds')
})

const DELAY = Type.Object({
  due: optional(whole('When it ends, in Gregorian seconds')),
  reads: optional(whole('After how many reads of the number it ends'))
})

const NUMBER_DETAIL = Type.Object({
  ...NUMBER.properties,
  carrier: text(),
  reserved_by: TEXTS,
  document: Type.Unknown({ description: 'The document of the number' }),
  delays: Type.Partial(Type.Object(Object.fromEntries(DELAY_KINDS.map((kind) => [kind, DELAY])))),
  changes: Type.Array(
    Type.Object({ from: stateOrNull, to: stateOrNull, request: text('The id of the request'), at: text() })
  )
})

const RULE = Type.Object({
  ...NEW_FAULT_RULE.properties,
  name: text(),
  id: text(),
  hits: whole('How often it has happened')
})

const DELAY_SETTING = Type.Unsafe({
  anyOf: [
    { type: 'string', enum: ['immediate', 'held'] },
    { type: 'object', properties: { after_reads: whole() }, required: ['after_reads'] },
    { type: 'object', properties: { after_seconds: whole() }, required: ['after_seconds'] }
  ]
})

const TIMING = Type.Object(Object.fromEntries(DELAY_KINDS.map((kind) => [kind, DELAY_SETTING])))

/** The body that sets some delays. */
export const TIMING_CHANGE = Type.Partial(TIMING)

const OUTLINE = { name: text(), base_path: text('The prefix of its paths'), numbers: whole(), requests: whole() }
const { max_page_size, random_seed, ...OTHER_SETTINGS } = OWN_SETTINGS.properties
const settingNames = Type.Array(choice(Object.keys(OWN_SETTINGS.properties)))
const wholeOrNull = ({ description = '' }: TSchema) => Type.Unsafe({ type: ['integer', 'null'], description })

const SANDBOX = Type.Object({
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

const FIRST = Type.Object({
  id: text('The id of the request'),
  sandbox: text(),
  request: text('Method, path and query')
})
const SHARE = Type.Object({ seen: whole(), of: whole(), percent: whole('Rounded down') })
const REPORT = Type.Object({
  sandbox: textOrNull('Null for all together'),
  summary: Type.Object({ requests: whole(), warnings: whole(), unmatched: whole(), documented: SHARE, all: SHARE }),
  warnings: Type.Array(
    Type.Object({ code: text(), section: text(), means: text(), advice: text(), count: whole(), first: FIRST })
  ),
  operations: Type.Array(
    Type.Object({
      name: text(),
      source: text(),
      documented: Type.Boolean(),
      outcomes: Type.Array(
        Type.Object({
          name: text(),
          status: text(),
          means: text(),
          source: text(),
          documented: Type.Boolean(),
          count: whole(),
          first: Type.Unsafe({ anyOf: [FIRST, { type: 'null' }] })
        })
      )
    })
  ),
  lost_answers: Type.Array(
    Type.Object({
      operation: text(),
      outcome: text('What the operation did'),
      answered: textOrNull('The outcome that the client saw; null for none'),
      fault: textOrNull('The fault of the first request; null where the client had left'),
      count: whole(),
      first: FIRST
    })
  ),
  unmatched: Type.Array(Type.Object({ request: text('Method and path'), count: whole(), first: FIRST })),
  unmatched_beyond: whole()
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
  Request: REQUEST,
  FoundRequest: Type.Object({ ...REQUEST.properties.request.properties, ...REQUEST.properties }),
  RequestPage: Type.Object({ requests: Type.Array(ref('Request')), meta: Type.Object({ total: whole() }) }),
  Number: NUMBER,
  NumberDetail: NUMBER_DETAIL,
  FaultRule: RULE,
  Clock: Type.Object({
    now: text('ISO 8601'),
    gregorian_seconds: whole('The same time in the unit of the API'),
    rate: Type.Number({ description: '0 stands still, 1 runs in real time' })
  }),
  Timing: TIMING,
  Delay: Type.Object({ number: text('E.164'), kind: choice(DELAY_KINDS), ...DELAY.properties }),
  Sandbox: SANDBOX,
  SandboxOutline: Type.Object(OUTLINE),
  Snapshot: Type.Object({ name: text(), made_at: text('ISO 8601'), numbers: whole() }),
  Outcome: Type.Object({
    name: text(),
    status: Type.Unsafe({ type: ['string', 'integer'], description: 'success, or the status of the failure' }),
    means: text(),
    source: text()
  }),
  Transition: Type.Object({ from: choice(Object.keys(TRANSITIONS)), action: choice(ACTIONS), to: choice(STATES) }),
  ContractReport: REPORT
} satisfies Record<string, TSchema>
