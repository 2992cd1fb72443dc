import type { JsonObject, JsonValue } from '../../json.js'
import { VERSION } from '../../package.js'
import { ADMIN_EXAMPLES, PATH_EXAMPLES } from './admin-examples.js'
import { ADMIN_OPERATIONS } from './admin-operations.js'
import { ADMIN_BODIES, describeAdminResponses } from './admin-responses.js'
import { ADMIN_SCHEMAS } from './admin-schemas.js'
import { inContent, mapCalls, type RouteCall, type RoutePaths } from './api.js'
import { completeContent, completeSchema } from './complete-schema.js'

const ADMIN_PREFIX = '/__admin/'

const SANDBOX: JsonObject = {
  name: 'X-Emulator-Sandbox',
  in: 'header',
  required: false,
  description: 'The sandbox that the call acts on; the default one where it names none',
  schema: { type: 'string' }
}

const ADMIN_COMPONENTS: JsonObject = Object.fromEntries(
  Object.entries(ADMIN_SCHEMAS).map(([name, schema]) => [name, completeSchema(schema as unknown as JsonObject)])
)

/** The groups of the calls, by the first part of their paths, in the order in which a page shows them. */
const TAGS: readonly { name: string; description: string; resources: readonly string[] }[] = [
  { name: 'Requests', description: 'What the client did, and got', resources: ['requests', 'events'] },
  {
    name: 'Numbers',
    description: 'Numbers, their states and their owners',
    resources: ['numbers', 'states', 'accounts']
  },
  { name: 'Faults', description: 'Requests that fail on purpose', resources: ['faults', 'outcomes', 'magic'] },
  { name: 'Time', description: 'The clock, and what waits for it', resources: ['clock', 'timing'] },
  {
    name: 'Contract',
    description: 'How well the client knows the document',
    resources: ['contract', 'fidelity', 'pact-states']
  },
  {
    name: 'State',
    description: 'Everything as one document, saved and restored',
    resources: ['state', 'snapshots', 'reset']
  },
  { name: 'Sandboxes', description: 'Emulators beside one another', resources: ['sandboxes'] },
  { name: 'Emulator', description: 'The process itself', resources: ['health', 'ready', 'openapi.json'] }
]

/** Describes the admin API in OpenAPI 3.1: the calls are those that the routes have registered, in the words of the tables. */
export function describeAdmin(paths: RoutePaths): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Admin API of the emulator',
      version: VERSION,
      description:
        'Looks into the emulator and steers it. Each call acts on one sandbox. A wrong call changes nothing, and is told ' +
        'where it is wrong and what would be right.'
    },
    tags: TAGS.map(({ name, description }) => ({ name, description })),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'Where --admin-token wants one' } },
      schemas: ADMIN_COMPONENTS
    },
    paths: mapCalls(paths, (path, call, method) =>
      path.startsWith(ADMIN_PREFIX) ? describeCall(path.slice(ADMIN_PREFIX.length), call, method) : undefined
    )
  }
}

/** Describes a call, tagged with its group. A test fails for one that the tables lack. */
function describeCall(path: string, call: RouteCall, method: string): JsonObject {
  const name = `${method.toUpperCase()} /${path}`
  const [resource = ''] = path.split('/')
  const { parameters = [], requestBody } = call
  const { body = null, response = null } = { ...ADMIN_EXAMPLES[name] }
  return {
    ...call,
    ...ADMIN_OPERATIONS[name],
    tags: TAGS.filter(({ resources }) => resources.includes(resource)).map((tag) => tag.name),
    parameters: [...parameters.map(withPathExample), SANDBOX],
    security: [{}, { bearer: [] }],
    ...describeBody(name, requestBody, body),
    responses: Object.fromEntries(
      Object.entries(describeAdminResponses(name, response)).map(([status, one]) => [status, completeContent(one)])
    )
  }
}

/** Describes the body that a call takes: by the schema of its route, or by that of the table where the route takes any. */
function describeBody(name: string, routeBody: RouteCall['requestBody'], example: JsonValue): JsonObject {
  const { schema, isRequired = true } = ADMIN_BODIES[name] ?? {}
  if (routeBody === undefined && schema === undefined) return {}
  const more = { ...(schema === undefined ? {} : { schema }), example }
  const described = inContent(routeBody ?? { content: { 'application/json': {} } }, more)
  return { requestBody: { ...completeContent(described), required: isRequired } }
}

function withPathExample(parameter: JsonObject): JsonObject {
  const { in: place, name } = parameter
  return { ...parameter, ...(place === 'path' ? PATH_EXAMPLES[name as string] : {}) }
}
