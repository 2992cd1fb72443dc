import { Type } from '@sinclair/typebox'
import { isSearch, wantsTokenToList } from '../src/api/access.js'
import { listAnswerOf } from '../src/api/replies.js'
import type { App } from '../src/api/app-type.js'
import { success, Success, type Answer } from '../src/api/envelope.js'
import { callerOf, contextOf, type FastifyRequest } from '../src/api/context.js'
import type { FoundNumber as Found } from '../db/search-pages.js'
import { FoundNumber, ListAnswer } from '../src/numbering/number-schema.js'
import type { Listing } from '../src/operations/list.js'
import { searchWithin } from '../src/operations/search.js'
import type { Query } from '../src/operations/rules/search-query.js'
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
    isSearch(request) ? searched(request) : listAnswerOf(contextOf(request), request.query as Query)
  )
}

function searched(request: FastifyRequest): Answer<Found[]> {
  return success(request, searchWithin(contextOf(request).sandbox, callerOf(request), request.query as Query))
}
