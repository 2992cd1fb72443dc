import { Type } from '@sinclair/typebox'
import type { App } from '../../src/api/app-type.js'
import { admit } from '../../src/api/authentication.js'
import { contextOf, type Envelope } from '../../src/api/context.js'
import { METHODS } from '../../src/api/cors.js'
import { endpoint } from '../../src/api/endpoint.js'
import { SuccessEnvelope } from '../../src/api/envelope.js'
import { forward, type ForwardedRequest } from '../../src/api/method-override.js'
import { beginRefusal } from '../../src/api/not-found.js'
import { logInByKey, logInByUser } from '../../src/operations/log-in.js'
import { Problem } from '../../src/problems.js'
import { accountOf, isReseller } from '../../src/sandbox/accounts.js'
import { AccountParams, type RoutePlugin } from '../schemas.js'

/** How clients get a token (reference implementation). */
const LOGINS = [
  { path: '/v2/api_auth', operation: 'log_in_by_key', logIn: logInByKey },
  { path: '/v2/user_auth', operation: 'log_in_by_user', logIn: logInByUser }
] as const

const LoginAnswer = Type.Object({ account_id: Type.String(), owner_id: Type.String() }, { additionalProperties: true })

const ACCOUNT_PATH = '/v2/accounts/:account_id'

const AccountAnswer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  realm: Type.String(),
  enabled: Type.Boolean(),
  superduper_admin: Type.Boolean(),
  wnm_allow_additions: Type.Boolean(),
  is_reseller: Type.Boolean(),
  reseller_id: Type.String(),
  language: Type.String(),
  timezone: Type.String()
})

/** Numbers without an account in the path: they are an admin's own (reference implementation). */
const OWN_NUMBERS = '/v2/phone_numbers/'

/** The accounts, as far as clients of the numbers use them. */
export const accounts: RoutePlugin = (app, _options, done) => {
  addLogins(app)
  addAccount(app)
  addOwnNumbers(app)
  done()
}

function addLogins(app: App): void {
  for (const { path, operation, logIn } of LOGINS) {
    app.put(
      path,
      endpoint({
        operation,
        token: 'optional',
        schema: { response: { 201: SuccessEnvelope(LoginAnswer, 'The token stands in the envelope') } },
        work: (context, input) => {
          const { token, data } = logIn(context.sandbox, input.data)
          context.token = token
          return { data }
        }
      })
    )
  }
}

function addAccount(app: App): void {
  app.get(
    ACCOUNT_PATH,
    endpoint({
      operation: 'read_account',
      token: 'needed',
      schema: { params: AccountParams, response: { 200: SuccessEnvelope(AccountAnswer, 'The account') } },
      work: ({ sandbox, caller: { path } }) => {
        const { id, name, realm, admin, additions, parent } = accountOf(sandbox.accounts, path)
        return {
          data: {
            id,
            name,
            realm,
            enabled: true,
            superduper_admin: admin,
            wnm_allow_additions: additions,
            is_reseller: isReseller(sandbox.accounts, id),
            reseller_id: parent ?? id,
            language: 'en-us',
            timezone: 'America/Los_Angeles'
          }
        }
      }
    })
  )
  // The real service lets accounts be changed here too.
  app.route({
    url: ACCOUNT_PATH,
    method: ['PUT', 'POST', 'PATCH', 'DELETE'],
    schema: { params: AccountParams },
    handler: (request, reply) => {
      admit(request, contextOf(request), 'needed')
      beginRefusal(request, reply)
      throw new Problem('not_emulated', 'accounts')
    }
  })
}

function addOwnNumbers(app: App): void {
  app.route({
    url: `${OWN_NUMBERS}*`,
    method: [...METHODS],
    handler: (request, reply) => {
      admit(request, contextOf(request), 'needed')
      const { account } = beginRefusal(request, reply).caller
      if (!account.admin) throw new Problem('account_forbidden')
      return forward(request, reply, {
        method: request.method as ForwardedRequest['method'],
        url: request.url.replace(OWN_NUMBERS, `/v2/accounts/${account.id}/phone_numbers/`),
        body: request.body as Envelope
      })
    }
  })
}
