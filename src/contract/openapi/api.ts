import type { Dialect } from '../../dialect.js'
import type { JsonObject, JsonValue } from '../../json.js'
import { VERSION } from '../../package.js'
import { isOperation, OPERATION_NAMES, OPERATIONS, type OperationName } from '../outcomes.js'
import { EXAMPLE_ACCOUNT, EXAMPLE_NUMBER, examplesOf, REQUEST_EXAMPLES, type Example } from './examples.js'

/** The second operation of a path, by the operation that its route is named after. */
const SECOND_OPERATIONS: Partial<Record<OperationName, OperationName>> = {
  list: 'search_account',
  update: 'e911'
}

/** Operations that need no token. */
const OPEN: ReadonlySet<string> = new Set(['search', 'search_account', 'log_in_by_key', 'log_in_by_user'])
/** The paths below this one have the same operations without an account, and need no token. */
const OPEN_PATH = '/v2/phone_numbers'

const REFERENCE_TAG = 'Beyond the document'

const FAILURE: JsonObject = {
  type: 'object',
  description: 'A failure; which one, say `error` and `message`',
  properties: {
    auth_token: { type: 'string' },
    data: { description: 'What is wrong, in the form of the failure' },
    error: { type: 'string', description: 'The status as text' },
    message: { type: 'string' },
    request_id: { type: 'string' },
    status: { type: 'string', enum: ['error'] }
  },
  required: ['auth_token', 'data', 'error', 'message', 'request_id', 'status']
}

/** A body, or an object that has one. */
type JsonBody = JsonObject & { content: JsonObject & { 'application/json': JsonObject } }

/** A call as @fastify/swagger describes its route. */
export type RouteCall = JsonObject & {
  parameters?: (JsonObject & { name: string })[]
  requestBody?: JsonBody
  responses: Record<string, JsonBody>
}

/** Calls by their path and method. */
export type RoutePaths = Record<string, Record<string, RouteCall>>

/**
 * Describes the emulated API in OpenAPI 3.1: the paths are those that the routes have registered, with what the tables know of
 * their operations.
 */
export function describeApi(paths: RoutePaths, dialect: Dialect): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Phone Number API, emulated',
      version: VERSION,
      description:
        'What the emulator answers. Every example bears the name of its outcome; `Prefer: example=<name>` asks for it, ' +
        '`Prefer: code=<status>` for a status, and `Prefer: delay=<milliseconds>` for an answer that is late.'
    },
    tags: [...new Set(OPERATION_NAMES.map(tagOf))].map((name) => ({ name })),
    components: {
      securitySchemes: {
        token: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Auth-Token',
          description: 'The token of an account: `demo-token` is the one of the fixtures'
        }
      },
      schemas: { Failure: FAILURE }
    },
    paths: describeCalls(paths, dialect)
  }
}

function describeCalls(paths: RoutePaths, dialect: Dialect): JsonObject {
  const used = new Set<string>()
  return mapCalls(paths, (path, call) => {
    const { operationId: name } = call
    if (typeof name !== 'string' || !isOperation(name)) return undefined
    const second = SECOND_OPERATIONS[name]
    const operations = second === undefined ? [name] : [name, second]
    const example = operations.map((one) => REQUEST_EXAMPLES[one]).find((one) => one !== undefined)
    const described: JsonObject = {
      ...call,
      operationId: used.has(name) ? `${name}_without_account` : name,
      tags: [...new Set(operations.map(tagOf))],
      summary: operations.map((one) => summaryOf(one)).join('; or: '),
      parameters: describeParameters(call),
      security: securityOf(path, operations),
      responses: describeResponses(call.responses, examplesOf(operations, dialect)),
      ...(call.requestBody === undefined ? {} : { requestBody: withExample(call.requestBody, example) })
    }
    used.add(name)
    return described
  })
}

/** Changes every call of the paths, and drops those that become undefined. */
export function mapCalls(
  paths: RoutePaths,
  change: (path: string, call: RouteCall, method: string) => JsonObject | undefined
): JsonObject {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, calls]) => {
      const changed = Object.entries(calls).flatMap(([method, call]): [string, JsonObject][] => {
        const described = change(path, call, method)
        return described === undefined ? [] : [[method, described]]
      })
      return changed.length === 0 ? [] : [[path, Object.fromEntries(changed)]]
    })
  )
}

function tagOf(operation: OperationName): string {
  const { source, isDocumented } = OPERATIONS[operation]
  return isDocumented ? source : REFERENCE_TAG
}

function summaryOf(operation: OperationName): string {
  const { source, isDocumented } = OPERATIONS[operation]
  return isDocumented ? source : operation.replaceAll('_', ' ')
}

function securityOf(path: string, operations: readonly OperationName[]): JsonValue {
  const [first = ''] = operations
  if (OPEN.has(first) || path.startsWith(OPEN_PATH)) return [{}, { token: [] }]
  return operations.some((one) => OPEN.has(one)) ? [{ token: [] }, {}] : [{ token: [] }]
}

/** The parameters of the path. Their examples are of the fixtures, so that a reader can try a call as it stands. */
const IN_PATH: Readonly<Record<string, JsonObject>> = {
  account_id: { example: EXAMPLE_ACCOUNT },
  phone_number: {
    description: 'E.164, URL-encoded once: +14155555555 is written %2B14155555555',
    example: EXAMPLE_NUMBER
  }
}

/** Lists the parameters of the path before those of the query. */
function describeParameters({ parameters = [] }: RouteCall): JsonValue[] {
  const inPath = parameters.filter((one) => one.in === 'path').map((one) => ({ ...one, ...IN_PATH[one.name] }))
  const inQuery = parameters
    .filter((one) => one.in === 'query')
    .map(({ schema, ...one }) => {
      // OpenAPI 3.1 deprecates examples within the schema.
      const { example = null, ...type } = schema as JsonObject
      return { ...one, schema: type, example }
    })
  return [...inPath, ...inQuery]
}

/** Describes the successes as the routes do, and the failures by their status, with the outcomes as examples. */
function describeResponses(responses: Record<string, JsonBody>, examples: readonly Example[]): JsonObject {
  const good = examples.filter(({ status }) => status === undefined)
  const successes = Object.entries(responses).map(([status, response]): [string, JsonValue] => [
    status,
    withExamples(response, good)
  ])
  const statuses = [...new Set(examples.flatMap(({ status }) => status ?? []))].sort((one, other) => one - other)
  const failures = statuses.map((status): [string, JsonValue] => {
    const own = examples.filter((example) => example.status === status)
    const description = own.map(({ name }) => name).join(', ')
    return [
      String(status),
      withExamples(
        { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } } },
        own
      )
    ]
  })
  return Object.fromEntries([...successes, ...failures])
}

function withExamples(response: JsonBody, examples: readonly Example[]): JsonObject {
  if (examples.length === 0) return response
  const named = examples.map(
    ({ name, summary, description, body }) => [name, { summary, description, value: body }] as const
  )
  return inContent(response, { examples: Object.fromEntries(named) })
}

function withExample(body: JsonBody, example: JsonObject | undefined): JsonObject {
  return example === undefined ? body : inContent(body, { example })
}

/** Adds to the description of a JSON body. */
export function inContent(holder: JsonBody, more: JsonObject): JsonObject {
  const { content } = holder
  return { ...holder, content: { ...content, 'application/json': { ...content['application/json'], ...more } } }
}
