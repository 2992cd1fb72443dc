import { Type } from '@sinclair/typebox'
import type { App } from '../../src/api/app-type.js'
import { invalid } from '../../src/admin/plugin.js'
import { RESETTABLE, type Resettable } from '../../src/sandbox/events.js'
import { sandboxOf, type AdminServices } from './options.js'

const Extent = Type.Object(
  {
    to: Type.Optional(Type.Unsafe<'fixtures' | 'empty'>({ type: 'string', enum: ['fixtures', 'empty'] })),
    only: Type.Optional(Type.String({ description: `some of ${RESETTABLE.join(',')}` }))
  },
  { additionalProperties: false }
)

/** Back to the fixtures (`?to=empty`: to nothing), whole or by kind (`?only=numbers,faults,requests,clock`). */
export function reset(admin: App, options: AdminServices): void {
  admin.post('/reset', { schema: { querystring: Extent } }, async (request) => {
    const { to = 'fixtures', only } = request.query
    const sandbox = sandboxOf(options, request)
    if (only === undefined) sandbox.reset(to)
    else sandbox.resetParts(only.split(',').map(part), to)
    return { status: 'reset', sandbox: sandbox.name }
  })
}

function part(name: string): Resettable {
  const known = RESETTABLE.find((one) => one === name.trim())
  if (known === undefined) throw invalid('/only', `must be some of ${RESETTABLE.join(', ')}`)
  return known
}
