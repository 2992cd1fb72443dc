import type { JsonObject } from '../../json.js'
import { VERSION } from '../../package.js'
import { mapCalls, type DescribedPaths } from './api.js'

const FAILURE: JsonObject = {
  type: 'object',
  properties: {
    error: { type: 'string' },
    message: { type: 'string' },
    at: { type: 'string', description: 'JSON pointer to what is wrong in the body' }
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

/** What the description of the admin API says of itself. */
export function adminHead(): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: 'Admin API of the emulator', version: VERSION },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'Where --admin-token wants one' } },
      schemas: { AdminFailure: FAILURE }
    }
  }
}

/** The calls of the admin API, each named after its method and path, tagged with what it is about. */
export function describedAdmin(paths: DescribedPaths): JsonObject {
  return mapCalls(paths, (path, call, method) => {
    // All of them are below /__admin.
    const parts = path.split('/').slice(2)
    const name = [method, ...parts].map((part) => part.replaceAll(/\W/g, '')).join('_')
    const { parameters: inPath = [] } = call
    return {
      ...call,
      operationId: name,
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
  })
}
