import type { Dialect } from '../../dialect.js'
import type { JsonObject, JsonValue } from '../../json.js'
import { VERSION } from '../../package.js'
import { examplesOf, REQUEST_EXAMPLES, type Example } from './examples.js'
import { isOperation, OPERATION_NAMES, OPERATIONS, type OperationName } from '../outcomes.js'
import { QUERIES } from '../queries.js'

/** Paths that do two things each: which, by the operation that their route is named after. */
const BESIDE: Partial<Record<OperationName, readonly OperationName[]>> = {
  list: ['search_account'],
  update: ['e911']
}

/** Calls that anybody may make. */
const OPEN: ReadonlySet<string> = new Set(['search', 'search_account', 'log_in_by_key', 'log_in_by_user'])
/** The one path that is in a folder of its own with and without an account. */
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

/** A body, or what holds one. */
type Body = JsonObject & { content: JsonObject & { 'application/json': JsonObject } }

/** A call as its route describes it. */
export type DescribedCall = JsonObject & {
  parameters?: JsonObject[]
  requestBody?: Body
  responses: Record<string, Body>
}

/** Calls by their path and method. */
export type DescribedPaths = Record<string, Record<string, DescribedCall>>

/** What the description says of itself before any path. */
export function apiHead(): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Phone Number API, emulated',
      version: VERSION,
      description:
        'What the emulator answers. Every example bears the name of its outcome; `Prefer: example=<name>` asks for it.'
    },
    tags: [...new Set(OPERATION_NAMES.map(tagOf))].map((name) => ({ name })),
    components: {
      securitySchemes: { token: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' } },
      schemas: { Failure: FAILURE }
    }
  }
}

/** The paths that the routes have described, with what the tables know: outcomes, queries, tokens, headings. */
export function describedApi(paths: DescribedPaths, dialect: Dialect): JsonObject {
  const used = new Set<string>()
  return mapCalls(paths, (path, call) => {
    const { operationId: name } = call
    if (typeof name !== 'string' || !isOperation(name)) return call
    const operations = [name, ...(BESIDE[name] ?? [])]
    const isOpen = OPEN.has(name) || path.startsWith(OPEN_PATH)
    const examples = operations.map((one) => REQUEST_EXAMPLES[one]).find((one) => one !== undefined)
    const described: JsonObject = {
      ...call,
      operationId: used.has(name) ? `${name}_without_account` : name,
      tags: [...new Set(operations.map(tagOf))],
      summary: operations.map((one) => summaryOf(one)).join('; or: '),
      parameters: parametersOf(call, operations),
      security: isOpen
        ? [{}, { token: [] }]
        : operations.some((one) => OPEN.has(one))
          ? [{ token: [] }, {}]
          : [{ token: [] }],
      responses: responsesOf(call.responses, examplesOf(operations, dialect)),
      ...(call.requestBody === undefined ? {} : { requestBody: withExample(call.requestBody, examples) })
    }
    used.add(name)
    return described
  })
}

/** Every call of the paths, changed. */
export function mapCalls(
  paths: DescribedPaths,
  change: (path: string, call: DescribedCall, method: string) => JsonObject
): JsonObject {
  return Object.fromEntries(
    Object.entries(paths).map(([path, calls]) => [
      path,
      Object.fromEntries(Object.entries(calls).map(([method, call]) => [method, change(path, call, method)]))
    ])
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

function parametersOf({ parameters = [] }: DescribedCall, operations: readonly OperationName[]): JsonValue[] {
  const inPath = parameters.map((one) =>
    one.name === 'phone_number'
      ? {
          ...one,
          description: 'E.164, URL-encoded once: +14155555555 is written %2B14155555555',
          example: '+14152338397'
        }
      : one
  )
  const keys = new Map(operations.flatMap((one) => QUERIES[one] ?? []).map((key) => [key.name, key]))
  const inQuery = [...keys.values()].map(({ name, says, example, isNumber }) => ({
    name,
    in: 'query',
    required: name === 'prefix' && operations.includes('search'),
    description: says,
    schema: { type: isNumber === true ? 'integer' : 'string' },
    example: isNumber === true ? Number(example) : example
  }))
  return [...inPath, ...inQuery]
}

/** The successes as the routes describe them and the failures by their status, with the outcomes as examples. */
function responsesOf(responses: Record<string, Body>, examples: readonly Example[]): JsonObject {
  const good = examples.filter(({ status }) => status === undefined)
  const described = Object.entries(responses).map(([status, response]): [string, JsonValue] => [
    status,
    withExamples(response, good)
  ])
  const statuses = [...new Set(examples.flatMap(({ status }) => status ?? []))].sort((one, other) => one - other)
  const bad = statuses.map((status): [string, JsonValue] => {
    const shown = examples.filter((example) => example.status === status)
    const description = shown.map(({ name }) => name).join(', ')
    return [
      String(status),
      withExamples(
        { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } } },
        shown
      )
    ]
  })
  return Object.fromEntries([...described, ...bad])
}

function withExamples(response: Body, examples: readonly Example[]): JsonObject {
  if (examples.length === 0) return response
  const shown = examples.map(
    ({ name, summary, description, body }) => [name, { summary, description, value: body }] as const
  )
  return inContent(response, { examples: Object.fromEntries(shown) })
}

function withExample(body: Body, example: JsonObject | undefined): JsonObject {
  return example === undefined ? body : inContent(body, { example })
}

function inContent(holder: Body, more: JsonObject): JsonObject {
  const { content } = holder
  return { ...holder, content: { ...content, 'application/json': { ...content['application/json'], ...more } } }
}
