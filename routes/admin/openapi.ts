import type { App } from '../../src/api/app-type.js'
import type { JsonObject } from '../../src/json.js'
import type { AdminOptions } from './index.js'

/** The description of the admin API, made when somebody asks first. */
export function openapi(admin: App, options: AdminOptions): void {
  let described: Promise<JsonObject> | undefined
  admin.get('/openapi.json', async () => {
    described ??= import('../describe.js').then(({ describeAdmin }) => describeAdmin(options))
    return described
  })
}
