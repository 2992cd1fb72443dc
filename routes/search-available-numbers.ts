import { Type } from '@sinclair/typebox'
import type { FoundNumber as Found } from '../db/found.js'
import { wantsNoToken } from '../src/http/access.js'
import type { App } from '../src/http/app-type.js'
import { success, Success } from '../src/http/envelope.js'
import { callerOf, exchangeOf } from '../src/http/exchange.js'
import type { SearchRecord as Rich } from '../src/inventory/search-record.js'
import { FoundNumber, SearchRecord } from '../src/numbering/number-schema.js'
import { searchAvailable } from '../src/operations/search.js'
import type { Query } from '../src/operations/search-query.js'
import type { RouteOptions } from './index.js'

/** Search For Available Numbers. */
export function searchAvailableNumbers(app: App, { dialect }: RouteOptions): void {
  const found = dialect.public_search === 'rich' ? Type.Array(SearchRecord) : Type.Array(FoundNumber)
  const schema = {
    operationId: 'search',
    response: { 200: Success(Type.Unsafe<(Found | Rich)[]>(found), 'Numbers that anybody may buy') }
  }
  app.get('/v2/phone_numbers', { schema, preValidation: wantsNoToken }, async (request) =>
    success(request, searchAvailable(exchangeOf(request).sandbox, callerOf(request), request.query as Query))
  )
}
