import type { Reply } from '../../contract/openapi/admin-responses.js'
import type { StateDocument } from '../../state/schema.js'
import type { AdminCalls } from './calls.js'

/** The calls on states under names. */
export function snapshotCalls(admin: AdminCalls) {
  return {
    list: () => admin.get<Reply<'GET /snapshots'>>('/snapshots'),
    save: (name: string) => admin.call('PUT', `/snapshots/${encodeURIComponent(name)}`),
    /** @throws AdminError where there is no such snapshot */
    restore: (name: string) => admin.call('POST', `/snapshots/${encodeURIComponent(name)}`),
    /** @throws AdminError where there is no such snapshot */
    drop: (name: string) => admin.call('DELETE', `/snapshots/${encodeURIComponent(name)}`),
    /** Returns a snapshot as a state document. @throws AdminError where there is no such snapshot */
    download: (name: string) => admin.get<Reply<'GET /snapshots/{name}'>>(`/snapshots/${encodeURIComponent(name)}`),
    /** Saves a state document as a snapshot. @throws AdminError for an invalid document */
    upload: (name: string, state: StateDocument) => admin.call('PUT', `/snapshots/${encodeURIComponent(name)}`, state)
  }
}
