import { Type } from '@sinclair/typebox'
import { unknownAccount } from '../../src/sandbox/accounts.js'
import { wantsToken } from '../../src/api/access.js'
import type { App } from '../../src/api/app-type.js'
import { success, Success } from '../../src/api/envelope.js'
import { callerOf, contextOf } from '../../src/api/context.js'
import { Problem } from '../../src/problems.js'
import { AccountParams } from '../schemas.js'

const ACCOUNT = '/v2/accounts/:account_id'

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

/** As much of an account as clients read when they start (reference implementation). */
export function readAccount(app: App): void {
  const schema = {
    operationId: 'read_account',
    params: AccountParams,
    response: { 200: Success(AccountAnswer, 'The account') }
  }
  app.get(ACCOUNT, { schema, preValidation: wantsToken }, async (request) => {
    const { accounts } = contextOf(request).sandbox
    const { path } = callerOf(request)
    const { id, name, realm, admin, additions, parent } = accounts.get(path) ?? unknownAccount(path)
    return success(request, {
      id,
      name,
      realm,
      enabled: true,
      superduper_admin: admin,
      wnm_allow_additions: additions,
      is_reseller: [...accounts.values()].some((account) => account.parent === id),
      reseller_id: parent ?? id,
      language: 'en-us',
      timezone: 'America/Los_Angeles'
    })
  })
  // The real service lets accounts be changed here too.
  app.route({
    url: ACCOUNT,
    method: ['PUT', 'POST', 'PATCH', 'DELETE'],
    schema: { params: AccountParams },
    preValidation: wantsToken,
    handler: () => {
      throw new Problem('not_emulated', 'accounts')
    }
  })
}
