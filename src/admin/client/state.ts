import type { Reply } from '../../contract/openapi/admin-responses.js'
import type { StateDocument } from '../../state/schema.js'
import type { AdminCalls } from './calls.js'

/** The calls that read and replace what a sandbox holds. */
export function stateCalls(admin: AdminCalls) {
  return {
    /** Returns everything that the sandbox holds, as a state document that `put` takes. */
    get: () => admin.get<Reply<'GET /state'>>('/state'),
    /** Replaces everything that the sandbox holds. @throws AdminError for an invalid document; nothing has changed then */
    put: (state: StateDocument) => admin.call('PUT', '/state', state) as Promise<Reply<'PUT /state'>>
  }
}
