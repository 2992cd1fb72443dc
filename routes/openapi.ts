import type { Dialect } from '../src/dialect.js'
import type { App } from '../src/api/app-type.js'
import type { JsonObject } from '../src/json.js'
import { docs } from './docs.js'

/** The description of the emulated API, made when somebody asks first. */
export function openapi(app: App, dialect: Dialect, hasAdminPort: boolean): void {
  let described: Promise<JsonObject> | undefined
  app.get('/openapi.json', async (_request, reply) => {
    described ??= import('./describe.js').then(({ describeApi }) => describeApi(dialect))
    return reply.header('access-control-allow-origin', '*').send(await described)
  })
  docs(app, hasAdminPort)
}
