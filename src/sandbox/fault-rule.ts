import { Type, type Static } from '@sinclair/typebox'
import type { OperationName, OutcomeName } from '../contract/outcomes.js'
import type { JsonValue } from '../json.js'
import { PATTERNS } from '../text/patterns.js'
import { mapOf, oneOf } from '../text/text-schema.js'
import { accountId } from './accounts.js'

/** What the wire can do instead of answering (the names are WireMock's). */
const TRANSPORT_FAULTS = [
  'CONNECTION_RESET_BY_PEER',
  'EMPTY_RESPONSE',
  'MALFORMED_RESPONSE_CHUNK',
  'RANDOM_DATA_THEN_CLOSE'
] as const
export type TransportFault = (typeof TRANSPORT_FAULTS)[number]

/** The most rules of a sandbox. */
export const MAX_RULES = 1_000

/** When a fault happens: instead of the operation, or once the operation is carried out. */
export const FAULT_PHASES = ['before', 'after'] as const
export type FaultPhase = (typeof FAULT_PHASES)[number]

/** The longest delay, in milliseconds. */
export const LONGEST_DELAY_MS = 600_000

/** The most bytes of a response body of one's own, and the most headers. */
export const MAX_OWN_BODY_BYTES = 16_000
const MAX_OWN_HEADERS = 20
const MAX_HEADER_LENGTH = 1_000

/** The greatest number of bytes or times. */
const MAX_BYTES_OR_TIMES = 2_147_483_647

const milliseconds = { minimum: 0, maximum: LONGEST_DELAY_MS }

/** Longer than any name, number or id. */
const NAME_LIMIT = 100

/** The schema of a rule as a test writes it. */
export const NEW_FAULT_RULE = Type.Object(
  {
    /** How responses name the rule: up to 100 printable ASCII characters. @default the rule's effect */
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        pattern: PATTERNS.printable,
        description: 'How responses name the rule: up to 100 printable ASCII characters'
      })
    ),
    /** The name of the operation that fails. @default every operation */
    operation: Type.Optional(
      Type.Unsafe<OperationName>({
        type: 'string',
        maxLength: NAME_LIMIT,
        description: 'The name of the operation that fails; absent for every operation'
      })
    ),
    /** The number that fails, in any form that the API reads. @default every number */
    number: Type.Optional(
      Type.String({
        maxLength: NAME_LIMIT,
        description: 'The number that fails, in any form that the API reads; absent for every number'
      })
    ),
    /** The id of the account whose requests fail. @default every account */
    account: Type.Optional(
      accountId('The id of the account whose requests fail, 32 characters; absent for every account')
    ),
    /** The name of one of the operation's outcomes. */
    outcome: Type.Optional(
      Type.Unsafe<OutcomeName>({
        type: 'string',
        maxLength: NAME_LIMIT,
        description: 'The name of an outcome of the operation, such as carrier_fault'
      })
    ),
    /** An HTTP status, where no outcome is named. */
    status: Type.Optional(Type.Integer({ description: 'An HTTP status, if no outcome is named' })),
    /** What the connection does instead of answering. */
    fault: Type.Optional(oneOf(TRANSPORT_FAULTS, { description: 'What the connection does instead of answering' })),
    /**
     * Whether the operation is carried out: `after` carries it out, and then the fault takes the place of its answer.
     * @default 'before'
     */
    phase: Type.Optional(
      oneOf(FAULT_PHASES, {
        description: 'after carries the operation out before the fault happens; by default before'
      })
    ),
    /** The body of the response instead of the envelope, with a `status`: a text, or JSON. Up to 16,000 bytes. */
    body: Type.Optional(
      Type.Unsafe<JsonValue>({
        description: 'The response body instead of the envelope, with a status: a text, or JSON'
      })
    ),
    /** Headers of the response that the fault makes, up to 20. */
    headers: Type.Optional(
      mapOf(Type.String({ maxLength: MAX_HEADER_LENGTH }), {
        maxProperties: MAX_OWN_HEADERS,
        description: 'Headers of the response that the fault makes'
      })
    ),
    /**
     * Milliseconds before the fault happens, up to 600,000. A range is drawn from the random seed, the same on every run.
     */
    delay_ms: Type.Optional(
      // One schema for both forms, so that a violation is found in the form that was sent.
      Type.Unsafe<number | { min: number; max: number }>({
        type: ['integer', 'object'],
        ...milliseconds,
        properties: {
          min: Type.Integer({ ...milliseconds, description: 'The shortest delay in milliseconds' }),
          max: Type.Integer({ ...milliseconds, description: 'The longest delay in milliseconds' })
        },
        required: ['min', 'max'],
        additionalProperties: false,
        description: 'Milliseconds before the fault happens: a number, or a range that is drawn from the random seed'
      })
    ),
    /** Bytes of the response body after which the connection closes. */
    truncate_bytes: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: MAX_BYTES_OR_TIMES,
        description: 'Bytes of the response body after which the connection closes'
      })
    ),
    /** How often the fault happens. @default always */
    times: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_BYTES_OR_TIMES,
        description: 'How often the fault happens; absent for always'
      })
    )
  },
  { additionalProperties: false }
)

/** A rule as a test writes it. */
export type NewFaultRule = Static<typeof NEW_FAULT_RULE>

/** A rule that makes requests fail: which requests, how, and how often. Its number is in E.164. */
export type FaultRule = NewFaultRule & { name: string }

/** A rule as it applies to one request: a range of delays is drawn. */
export type AppliedRule = Omit<FaultRule, 'delay_ms'> & { delay_ms?: number }
