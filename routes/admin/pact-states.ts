import { Type, type Static } from '@sinclair/typebox'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { takesBody } from '../../src/admin/validation.js'
import type { App } from '../../src/api/app-type.js'
import type { Finding } from '../../src/findings/finding.js'
import type { Part } from '../../src/findings/part.js'
import { readProviderState, PROVIDER_STATES } from '../../src/contract/pact/provider-states.js'
import { setUpState, stateNameFindings, tearDownStates } from '../../src/contract/pact/set-up.js'
import type { JsonObject } from '../../src/json.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import { oneOf } from '../../src/text/text-schema.js'

const maxLength = 1_000

/** What a verifier of Pact sends. */
const PactStateBody = Type.Object(
  {
    state: Type.String({ maxLength, description: 'the name of the state' }),
    params: Type.Optional(Type.Unsafe<JsonObject>({ type: 'object' })),
    action: Type.Optional(oneOf(['setup', 'teardown'])),
    consumer: Type.Optional(Type.String({ maxLength }))
  },
  { additionalProperties: false }
)

/** Sets up what a contract of Pact presumes; the verifier puts the values of the answer into its requests. */
export function pactStates(admin: App, options: AdminOptions): void {
  const takesState = takesBody(PactStateBody, async (call, request) => [
    ...call.check('/state', ['state'], ({ state }) =>
      readProviderState(state) === undefined
        ? `is no state; there are ${Object.values(PROVIDER_STATES).join(', ')}`
        : undefined
    ),
    ...(await partFindings(call, sandboxOf(options, request)))
  ])
  admin.post('/pact-states', takesState, async (request) => {
    const { state, params = {}, action = 'setup' } = request.body
    const sandbox = sandboxOf(options, request)
    const read = readProviderState(state)
    if (action === 'teardown' || read === undefined) {
      tearDownStates(sandbox)
      return {}
    }
    return setUpState(read.name, { sandbox, parts: read.parts, params })
  })
}

async function partFindings(call: Part<Static<typeof PactStateBody>>, sandbox: Sandbox): Promise<readonly Finding[]> {
  const { state = '', params = {}, action } = call.accepted() ?? {}
  const read = readProviderState(state)
  if (read === undefined || action === 'teardown') return []
  return stateNameFindings(read.name, { sandbox, parts: read.parts, params: params as JsonObject })
}
