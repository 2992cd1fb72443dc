import { Type } from '@sinclair/typebox'
import type { FoundNumber as Found } from '../db/search-pages.js'
import { wantsNoToken } from '../src/api/access.js'
import type { App } from '../src/api/app-type.js'
import { foundAnswerOf } from '../src/api/replies.js'
import { Success } from '../src/api/envelope.js'
import { contextOf } from '../src/api/context.js'
import { FoundNumber, SearchRecord } from '../src/numbering/number-schema.js'
import type { Query } from '../src/operations/rules/search-query.js'
import type { RouteOptions } from './index.js'

/** Search For Available Numbers. */
export function searchAvailableNumbers(app: App, { dialect }: RouteOptions): void {
  const found = dialect.public_search === 'rich' ? Type.Array(SearchRecord) : Type.Array(FoundNumber)
  const schema = {
    operationId: 'search',
    response: { 200: Success(Type.Unsafe<Found[]>(found), 'Numbers that anybody may buy') }
  }
  app.get('/v2/phone_numbers', { schema, preValidation: wantsNoToken }, async (request) =>
    foundAnswerOf(contextOf(request), request.query as Query)
  )
}
