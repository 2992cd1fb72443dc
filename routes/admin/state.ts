import { Type } from '@sinclair/typebox'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import type { App } from '../../src/api/app-type.js'
import { exportState } from '../../src/state/export-state.js'
import { importState } from '../../src/state/import-state.js'
import { putNumbers } from '../../src/state/put-numbers.js'
import { MAX_STATE_BYTES } from '../../src/state/schema.js'

/** Everything that a sandbox holds, as one document; its accounts; and numbers that are put there past the rules. */
export function state(admin: App, options: AdminOptions): void {
  const schema = { body: Type.Unknown() }
  admin.get('/accounts', async (request) => ({ accounts: [...sandboxOf(options, request).accounts.values()] }))
  admin.get('/state', async (request) => exportState(sandboxOf(options, request)))
  admin.put('/state', { bodyLimit: MAX_STATE_BYTES, schema }, async (request) => {
    const sandbox = sandboxOf(options, request)
    await importState(sandbox, request.body)
    return { status: 'replaced', sandbox: sandbox.name }
  })
  admin.post('/numbers', { schema }, async (request, reply) => {
    const sandbox = sandboxOf(options, request)
    const numbers = await putNumbers(sandbox, request.body)
    reply.code(201)
    return { numbers }
  })
}
