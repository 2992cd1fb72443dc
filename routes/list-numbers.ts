import { Type } from '@sinclair/typebox'
import { isSearch, wantsTokenToList } from '../src/http/access.js'
import { listAnswerOf } from '../src/http/answers.js'
import type { App } from '../src/http/app-type.js'
import { success, Success, type Answer } from '../src/http/envelope.js'
import { callerOf, exchangeOf, type FastifyRequest } from '../src/http/exchange.js'
import type { FoundNumber as Found } from '../db/found.js'
import { FoundNumber, ListAnswer } from '../src/numbering/number-schema.js'
import type { Listing } from '../src/operations/list.js'
import { searchWithin } from '../src/operations/search.js'
import type { Query } from '../src/operations/search-query.js'
import { NUMBERS } from './paths.js'
import { AccountParams } from './schemas.js'

/** Told apart by their type alone, so that the serialiser need not try one after the other. */
const FoundOrListed = Type.Unsafe<Found[] | Listing['data']>({
  type: ['array', 'object'],
  items: FoundNumber,
  properties: ListAnswer.properties
})

/** Search for available numbers you own, with a prefix; List Account's Phone Numbers, without. */
export function listNumbers(app: App): void {
  const schema = {
    operationId: 'list',
    params: AccountParams,
    response: { 200: Success(FoundOrListed, 'Numbers found, or numbers of the account') }
  }
  app.get(NUMBERS, { schema, preValidation: wantsTokenToList }, async (request) =>
    isSearch(request) ? searched(request) : listAnswerOf(exchangeOf(request), request.query as Query)
  )
}

function searched(request: FastifyRequest): Answer<Found[]> {
  return success(request, searchWithin(exchangeOf(request).sandbox, callerOf(request), request.query as Query))
}
