import { Type } from '@sinclair/typebox'
import { wantsToken } from '../../src/api/access.js'
import { listAnswerOf } from '../../src/api/replies.js'
import type { App } from '../../src/api/app-type.js'
import { success, Success } from '../../src/api/envelope.js'
import { contextOf } from '../../src/api/context.js'
import { ListAnswer } from '../../src/numbering/number-schema.js'
import type { Listing } from '../../src/operations/list.js'
import type { Query } from '../../src/operations/rules/search-query.js'
import { NUMBERS } from '../paths.js'
import { AccountParams, NumberParams } from '../schemas.js'

/** Clients ask for a repair of the account's records (reference implementation); these never need one. */
export function fixNumbers(app: App): void {
  const answer = Success(Type.Unsafe<Listing['data']>(ListAnswer), 'Numbers of the account')
  const all = { operationId: 'fix', params: AccountParams, response: { 200: answer } }
  app.post(`${NUMBERS}/fix`, { schema: all, preValidation: wantsToken }, async (request) =>
    listAnswerOf(contextOf(request), request.query as Query)
  )
  const one = {
    operationId: 'fix_number',
    params: NumberParams,
    response: { 200: Success(Type.Object({}), 'Nothing') }
  }
  app.post(`${NUMBERS}/fix/:phone_number`, { schema: one, preValidation: wantsToken }, async (request) =>
    success(request, {})
  )
}
