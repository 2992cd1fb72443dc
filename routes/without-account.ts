import { wantsToken } from '../src/http/access.js'
import type { App } from '../src/http/app-type.js'
import { METHODS } from '../src/http/cors.js'
import { callerOf, type Envelope } from '../src/http/exchange.js'
import { relay, type Relayed } from '../src/http/relay.js'
import { Problem } from '../src/problems.js'

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
      return relay(app, request, reply, {
        method: request.method as Relayed['method'],
        url,
        body: request.body as Envelope
      })
    }
  })
}
