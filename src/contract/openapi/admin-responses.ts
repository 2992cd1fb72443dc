import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { STATES, type State } from '../../numbering/number-state.js'
import type { JsonObject, JsonValue } from '../../json.js'
import { NUMBER_FIXTURE, type NumberFixture } from '../../state/fixture-schemas.js'
import type { OperationName } from '../outcomes.js'
import type { ADMIN_SCHEMAS } from './admin-schemas.js'
import { each, refTo, TIMING_CHANGE } from './admin-schemas.js'
import { oneOf } from '../../text/text-schema.js'

/** A response of a call: its schema, or those of its media types. */
type Media = Readonly<Record<string, TSchema>>
type Responses = Readonly<Record<number, TSchema | { media: Media }>>

const text = Type.String()
const WHOLE = Type.Integer()
const ref = <Name extends keyof typeof ADMIN_SCHEMAS>(name: Name) => refTo<Static<(typeof ADMIN_SCHEMAS)[Name]>>(name)
const listOf = <Name extends keyof typeof ADMIN_SCHEMAS>(name: Name) => Type.Array(ref(name))
const one = <Name extends string>(name: Name) => each([name], text)
const document = Type.Unsafe<JsonObject>({})

const RULES_BODY = Type.Object({ faults: listOf('FaultRule') })
const REQUEST_PAGE = ref('RequestPage')
/** The fields of the requests stand beside them here, where clients of WireMock look for them. */
const FOUND = Type.Object({ requests: listOf('FoundRequest'), meta: Type.Object({ total: WHOLE }) })
const ADMIN_FAILURE = ref('AdminFailure')
/** The response to a call that names something which does not exist. */
const NOT_FOUND = { 404: ADMIN_FAILURE }
const TOO_MANY = { 409: ADMIN_FAILURE }
const TOO_BUSY = { 429: ADMIN_FAILURE }

/** What each call of the admin API answers, by status. The failures that every call can have stand in the description. */
const ADMIN_RESPONSES = {
  'GET /openapi.json': { 200: document },
  'GET /health': { 200: Type.Object({ status: oneOf(['healthy']), version: text, uptime_seconds: WHOLE }) },
  'GET /ready': { 200: Type.Object({ status: oneOf(['ready']) }) },
  'POST /reset': {
    200: Type.Object({
      status: oneOf(['reset']),
      sandbox: text,
      account: Type.Optional(text),
      numbers: Type.Optional(WHOLE)
    }),
    ...NOT_FOUND
  },
  'GET /accounts': { 200: Type.Object({ accounts: listOf('Account') }) },
  'GET /state': { 200: ref('State') },
  'PUT /state': { 200: Type.Object({ status: oneOf(['replaced']), sandbox: text }), 413: ADMIN_FAILURE },
  'POST /numbers': {
    201: Type.Object({ numbers: Type.Array(Type.Unsafe<Required<NumberFixture>>({})) }),
    413: ADMIN_FAILURE
  },
  'GET /numbers': {
    200: Type.Object({
      numbers: listOf('Number'),
      total: WHOLE,
      counts: Type.Partial(each(STATES, WHOLE)),
      next_start_key: Type.Optional(text)
    })
  },
  'GET /numbers/{number}': { 200: ref('NumberDetail'), ...NOT_FOUND },
  'GET /states': {
    200: Type.Object({ states: Type.Array(Type.Unsafe<State>(text)), transitions: listOf('Transition') })
  },
  'GET /magic': {
    200: Type.Object({
      numbers: Type.Array(Type.Object({ number: text, activate: text })),
      addresses: Type.Array(Type.Object({ street_address: text, result: text }))
    })
  },
  'GET /outcomes': {
    200: Type.Object({
      operations: Type.Array(
        Type.Object({ name: Type.Unsafe<OperationName>(text), source: text, outcomes: listOf('Outcome') })
      ),
      anywhere: listOf('Outcome')
    })
  },
  'GET /fidelity': { 200: ref('Fidelity') },
  'GET /contract': {
    200: {
      media: {
        // A contract of Pact has a form of its own, which its own tools know.
        'application/json': Type.Unsafe({ anyOf: [ref('ContractReport'), ref('Json')] }),
        'text/html': text,
        'application/xml': text,
        'text/markdown': text,
        'text/plain': text
      }
    }
  },
  'DELETE /contract': { 200: Type.Object({ status: oneOf(['cleared']) }) },
  'POST /pact-states': { 200: document, ...NOT_FOUND },
  'GET /faults': { 200: RULES_BODY },
  'POST /faults': { 201: ref('FaultRule'), ...TOO_MANY },
  'PUT /faults': { 200: RULES_BODY },
  'DELETE /faults': { 200: RULES_BODY },
  'DELETE /faults/{id}': { 200: one('removed'), ...NOT_FOUND },
  'GET /clock': { 200: ref('Clock') },
  'PUT /clock': { 200: ref('Clock') },
  'POST /clock/advance': { 200: ref('Clock') },
  'GET /requests': {
    200: {
      media: {
        // An archive in the format HAR, or the page.
        'application/json': Type.Unsafe({ anyOf: [REQUEST_PAGE, Type.Object({ log: document })] }),
        'text/plain': text
      }
    }
  },
  'DELETE /requests': { 200: REQUEST_PAGE },
  'GET /requests/unmatched': { 200: REQUEST_PAGE },
  'POST /requests/remove': { 200: REQUEST_PAGE, ...TOO_BUSY },
  'GET /requests/{id}': { 200: ref('Request'), ...NOT_FOUND },
  'DELETE /requests/{id}': { 200: one('removed'), ...NOT_FOUND },
  'POST /requests/count': { 200: Type.Object({ count: WHOLE }), ...TOO_BUSY },
  'POST /requests/find': { 200: FOUND, ...TOO_BUSY },
  'POST /requests/wait': { 200: REQUEST_PAGE, 408: REQUEST_PAGE, ...TOO_BUSY },
  'POST /requests/verify': {
    202: Type.Object({ status: oneOf(['verified']), count: WHOLE }),
    406: ADMIN_FAILURE,
    ...TOO_BUSY
  },
  'GET /events': { 200: { media: { 'text/event-stream': text } }, ...TOO_BUSY },
  'GET /timing': { 200: ref('Timing') },
  'PUT /timing': { 200: ref('Timing') },
  'GET /timing/waiting': { 200: Type.Object({ delays: listOf('Delay') }) },
  'POST /timing/release': { 200: Type.Object({ released: Type.Array(text) }), ...NOT_FOUND },
  'GET /sandboxes': {
    200: Type.Object({ sandboxes: listOf('SandboxOutline'), dropped: WHOLE, api_port: Type.Optional(WHOLE) })
  },
  'GET /sandboxes/{name}': { 200: ref('Sandbox'), ...NOT_FOUND },
  'POST /sandboxes/{name}': { 200: ref('Sandbox'), 201: ref('Sandbox') },
  'PATCH /sandboxes/{name}': { 200: ref('Sandbox'), ...NOT_FOUND },
  'DELETE /sandboxes/{name}': { 200: one('dropped'), ...NOT_FOUND, ...TOO_MANY },
  'GET /snapshots': { 200: Type.Object({ snapshots: listOf('Snapshot') }) },
  'GET /snapshots/{name}': { 200: ref('State'), ...NOT_FOUND },
  'PUT /snapshots/{name}': { 200: one('saved'), 201: one('saved'), ...TOO_MANY, 413: ADMIN_FAILURE },
  'POST /snapshots/{name}': { 200: one('restored'), ...NOT_FOUND },
  'DELETE /snapshots/{name}': { 200: one('dropped'), ...NOT_FOUND }
} satisfies Readonly<Record<string, Responses>>

/** What a call answers where it is good. */
export type Reply<Call extends keyof typeof ADMIN_RESPONSES, Status extends number = 200> =
  (typeof ADMIN_RESPONSES)[Call] extends Readonly<Record<Status, infer Schema extends TSchema>> ? Static<Schema> : never

/** The bodies of the calls whose routes take any JSON, or none, and check it by themselves. */
export const ADMIN_BODIES: Readonly<Record<string, { schema?: JsonObject; isRequired?: boolean }>> = {
  'PUT /state': { schema: asJson(ref('State')) },
  'PUT /snapshots/{name}': { schema: asJson(ref('State')), isRequired: false },
  'POST /numbers': { schema: { anyOf: [asJson(NUMBER_FIXTURE), { type: 'array', items: asJson(NUMBER_FIXTURE) }] } },
  'PUT /timing': { schema: asJson(TIMING_CHANGE) },
  'POST /timing/release': { isRequired: false },
  'POST /sandboxes/{name}': { isRequired: false }
}

function asJson(schema: TSchema): JsonObject {
  return schema
}

/** The failures that every call can have: ranges, as the guard, the parser and the sandbox have statuses of their own. */
const ANY_FAILURE: Readonly<Record<string, string>> = { '4XX': 'A wrong call', '5XX': 'The emulator failed' }

const FAILURE_TEXTS: Readonly<Record<string, string>> = {
  404: 'There is no such thing',
  406: 'Not as many requests match',
  408: 'Not as many requests match in time',
  409: 'A limit is reached, or a file stays',
  413: 'The body is too long',
  429: 'Too many of these calls wait'
}

/** Describes the responses of a call, which a test holds to be in the table; the example belongs to the first status that is good. */
export function describeAdminResponses(name: string, example: JsonValue): Record<string, JsonObject> {
  const own = Object.entries({ ...(ADMIN_RESPONSES as Readonly<Record<string, Responses>>)[name] })
  const described = own.map(([status, response], i) => {
    const media = 'media' in response ? (response.media as Media) : { 'application/json': response }
    const content = Object.entries(media).map(([type, schema], j) => [
      type,
      { schema, ...(i === 0 && j === 0 ? { example } : {}) }
    ])
    return [
      status,
      { description: FAILURE_TEXTS[status] ?? 'Done', content: Object.fromEntries(content) as object }
    ] as const
  })
  const any = Object.entries(ANY_FAILURE).map(
    ([range, description]) =>
      [range, { description, content: { 'application/json': { schema: ADMIN_FAILURE } } }] as const
  )
  return Object.fromEntries([...described, ...any]) as unknown as Record<string, JsonObject>
}
