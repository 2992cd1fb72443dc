import type { App } from '../../src/http/app-type.js'
import type { JsonObject } from '../../src/json.js'
import type { AdminOptions } from './index.js'

/** The description of the door, made when somebody asks first. */
export function openapi(door: App, options: AdminOptions): void {
  let described: Promise<JsonObject> | undefined
  door.get('/openapi.json', async () => {
    described ??= import('../describe.js').then(({ describeDoor }) => describeDoor(options))
    return described
  })
}
