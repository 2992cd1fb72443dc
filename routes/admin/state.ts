import { Type } from '@sinclair/typebox'
import type { App } from '../../src/api/app-type.js'
import { MAX_STATE_BYTES } from '../../src/state/schema.js'
import { exportState } from '../../src/state/export-state.js'
import { importState } from '../../src/state/import-state.js'
import { putNumbers } from '../../src/state/put-numbers.js'
import { sandboxOf, type AdminServices } from './options.js'
import { refusing } from './state-errors.js'

/** Everything that a sandbox holds as one document, to take away and to put back; and numbers put there past the rules. */
export function state(admin: App, options: AdminServices): void {
  const large = { bodyLimit: MAX_STATE_BYTES, schema: { body: Type.Unknown() } }
  admin.get('/state', async (request) => exportState(sandboxOf(options, request)))
  admin.put('/state', large, async (request) => {
    const sandbox = sandboxOf(options, request)
    refusing(() => {
      importState(sandbox, request.body)
    })
    return { status: 'replaced', sandbox: sandbox.name }
  })
  admin.post('/numbers', large, async (request, reply) => {
    const sandbox = sandboxOf(options, request)
    const numbers = refusing(() => putNumbers(sandbox, request.body))
    reply.code(201)
    return { numbers }
  })
}
