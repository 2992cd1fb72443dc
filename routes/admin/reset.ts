import { Type } from '@sinclair/typebox'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { invalidAt } from '../../src/admin/problems.js'
import type { App } from '../../src/api/app-type.js'
import { RESETTABLE, type Resettable, type ResetTarget } from '../../src/sandbox/events.js'

const ResetQuery = Type.Object(
  {
    to: Type.Optional(Type.Unsafe<ResetTarget>({ type: 'string', enum: ['fixtures', 'empty'] })),
    only: Type.Optional(Type.String({ description: `some of ${RESETTABLE.join(',')}` }))
  },
  { additionalProperties: false }
)

/** Puts a sandbox back to the fixtures, or empties it (`?to=empty`), as a whole or in parts (`?only=numbers,faults`). */
export function reset(admin: App, options: AdminOptions): void {
  admin.post('/reset', { schema: { querystring: ResetQuery } }, async (request) => {
    const { to = 'fixtures', only } = request.query
    const sandbox = sandboxOf(options, request)
    if (only === undefined) sandbox.reset(to)
    else sandbox.resetParts(only.split(',').map(parsePart), to)
    return { status: 'reset', sandbox: sandbox.name }
  })
}

function parsePart(name: string): Resettable {
  const known = RESETTABLE.find((one) => one === name.trim())
  if (known === undefined) throw invalidAt('/only', `must be some of ${RESETTABLE.join(', ')}`)
  return known
}
