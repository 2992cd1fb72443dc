import { Client } from './client.js'
import { parseObject, type Form } from './judge.js'
import { jsonMessage } from './message.js'
import type { Target } from './run.js'
import type { Schema } from './values.js'

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  schema: Schema
  example?: unknown
}

/** A call, as the program describes it. */
export interface Operation {
  form: Form
  method: string
  path: string
  parameters: readonly Parameter[]
  /** Undefined where the call takes no body. */
  body: Schema | undefined
  example: unknown
}

const METHODS: ReadonlySet<string> = new Set(['get', 'put', 'post', 'patch', 'delete', 'head'])

interface Description {
  parameters?: Parameter[]
  requestBody?: { content?: Record<string, { schema?: Schema; example?: unknown }> }
}

/** Reads the calls of the API and of the admin API out of the program's own descriptions. */
export async function readOperations(target: Target): Promise<Operation[]> {
  const client = new Client(target, 'descriptions')
  const found: Operation[] = []
  for (const [form, path] of [
    ['api', '/openapi.json'],
    ['admin', '/__admin/openapi.json']
  ] as const) {
    const answer = await client.ask(jsonMessage('GET', path), 'admin')
    const paths = parseObject(answer?.text ?? '')?.paths
    if (answer?.status !== 200 || typeof paths !== 'object') continue
    for (const [route, methods] of Object.entries(paths as Record<string, Record<string, Description>>)) {
      for (const [method, description] of Object.entries(methods)) {
        if (!METHODS.has(method)) continue
        const content = Object.values(description.requestBody?.content ?? {})[0]
        found.push({
          form,
          method: method.toUpperCase(),
          path: route,
          parameters: description.parameters ?? [],
          body: content && (content.schema ?? {}),
          example: content?.example
        })
      }
    }
  }
  client.close()
  return found
}
