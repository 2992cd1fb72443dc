import { Type } from '@sinclair/typebox'
import { wantsNoToken } from '../../src/api/access.js'
import type { App } from '../../src/api/app-type.js'
import { success, Success } from '../../src/api/envelope.js'
import { dataOf, contextOf, type FastifyRequest } from '../../src/api/context.js'
import { logInByKey, logInByUser } from '../../src/operations/log-in.js'

const LoginAnswer = Success(
  Type.Object({ account_id: Type.String(), owner_id: Type.String() }, { additionalProperties: true }),
  'The token stands in the envelope'
)

/** How clients come by a token (reference implementation). */
export function logIn(app: App): void {
  const options = (operationId: string) => ({
    schema: { operationId, response: { 201: LoginAnswer } },
    preValidation: wantsNoToken
  })
  app.put('/v2/api_auth', options('log_in_by_key'), async (request) => answered(request, logInByKey))
  app.put('/v2/user_auth', options('log_in_by_user'), async (request) => answered(request, logInByUser))
}

function answered(request: FastifyRequest, by: typeof logInByKey) {
  const context = contextOf(request)
  const { token, data } = by(context.sandbox, dataOf(request))
  context.token = token
  return success(request, data)
}
