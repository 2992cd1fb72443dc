import type { JsonObject } from '../../json.js'
import { VERSION } from '../../package.js'
import { mapCalls, type RouteCall, type RoutePaths } from './api.js'

const PREFIX = '/__admin/'

const FAILURE: JsonObject = {
  type: 'object',
  properties: {
    error: { type: 'string' },
    message: { type: 'string' },
    at: { type: 'string', description: 'JSON pointer to the wrong part of the body' }
  },
  required: ['error', 'message', 'at']
}

const SANDBOX: JsonObject = {
  name: 'X-Emulator-Sandbox',
  in: 'header',
  required: false,
  description: 'The sandbox that the call acts on; the default one where it names none',
  schema: { type: 'string' }
}

/** Describes the admin API in OpenAPI 3.1. Each call is named after its method and path, and tagged with its resource. */
export function describeAdmin(paths: RoutePaths): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: 'Admin API of the emulator', version: VERSION },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'Where --admin-token wants one' } },
      schemas: { AdminFailure: FAILURE }
    },
    paths: mapCalls(paths, (path, call, method) =>
      path.startsWith(PREFIX) ? describeCall(path, call, method) : undefined
    )
  }
}

function describeCall(path: string, call: RouteCall, method: string): JsonObject {
  const parts = path.slice(PREFIX.length).split('/')
  const { parameters: inPath = [] } = call
  return {
    ...call,
    operationId: [method, ...parts].map((part) => part.replaceAll(/\W/g, '')).join('_'),
    tags: parts.slice(0, 1),
    parameters: [...inPath, SANDBOX],
    security: [{}, { bearer: [] }],
    responses: {
      '2XX': { description: 'Done', content: { 'application/json': { schema: {} } } },
      '4XX': {
        description: 'A wrong call',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/AdminFailure' } } }
      }
    }
  }
}
