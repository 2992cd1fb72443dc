import { wantsToken } from '../../src/api/access.js'
import type { App } from '../../src/api/app-type.js'
import { METHODS } from '../../src/api/cors.js'
import { callerOf, type Envelope } from '../../src/api/context.js'
import { forward, type ForwardedRequest } from '../../src/api/forward.js'
import { Problem } from '../../src/problems.js'

const BASE = '/v2/phone_numbers/'

/** Numbers without an account in the path: an admin's own, nobody else's business (reference implementation). */
export function withoutAccount(app: App): void {
  app.route({
    url: `${BASE}*`,
    method: [...METHODS],
    preValidation: wantsToken,
    handler: async (request, reply) => {
      const { account } = callerOf(request)
      if (!account.admin) throw new Problem('account_forbidden')
      const url = request.url.replace(BASE, `/v2/accounts/${account.id}/phone_numbers/`)
      return forward(app, request, reply, {
        method: request.method as ForwardedRequest['method'],
        url,
        body: request.body as Envelope
      })
    }
  })
}
