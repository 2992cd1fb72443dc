import { Type } from '@sinclair/typebox'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { invalidAt, withStateErrors } from '../../src/admin/problems.js'
import type { App } from '../../src/api/app-type.js'
import { readProviderState, PROVIDER_STATES } from '../../src/contract/pact/provider-states.js'
import { setUpState, tearDownStates } from '../../src/contract/pact/set-up.js'
import type { JsonObject } from '../../src/json.js'

const maxLength = 1_000

/** What a verifier of Pact sends. */
const PactStateBody = Type.Object(
  {
    state: Type.String({ maxLength, description: 'the name of the state' }),
    params: Type.Optional(Type.Unsafe<JsonObject>({ type: 'object' })),
    action: Type.Optional(Type.Unsafe<'setup' | 'teardown'>({ type: 'string', enum: ['setup', 'teardown'] })),
    consumer: Type.Optional(Type.String({ maxLength }))
  },
  { additionalProperties: false }
)

/** Sets up what a contract of Pact presumes; the verifier puts the values of the answer into its requests. */
export function pactStates(admin: App, options: AdminOptions): void {
  admin.post('/pact-states', { schema: { body: PactStateBody } }, async (request) => {
    const { state, params = {}, action = 'setup' } = request.body
    const sandbox = sandboxOf(options, request)
    const read = readProviderState(state)
    if (read === undefined)
      throw invalidAt('/state', `is no state; there are ${Object.values(PROVIDER_STATES).join(', ')}`)
    if (action === 'teardown') {
      tearDownStates(sandbox)
      return {}
    }
    return withStateErrors(() => setUpState(sandbox, read.name, read.parts, params))
  })
}
