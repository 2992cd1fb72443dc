import type { JsonObject } from '../../json.js'
import type { AdminCalls } from './calls.js'

/** The calls that read and replace what a sandbox holds. */
export function stateCalls(admin: AdminCalls) {
  return {
    /** Returns everything that the sandbox holds, as a state document that `put` takes. */
    get: () => admin.get<JsonObject>('/state'),
    /** Replaces everything that the sandbox holds. @throws AdminError for an invalid document; nothing has changed then */
    put: (state: JsonObject) => admin.call('PUT', '/state', state)
  }
}
