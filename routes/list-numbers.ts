import { Type } from '@sinclair/typebox'
import { isSearch } from '../src/api/context.js'
import { endpoint } from '../src/api/endpoint.js'
import { SuccessEnvelope } from '../src/api/envelope.js'
import { listReply } from '../src/api/replies.js'
import { QUERIES } from '../src/contract/queries.js'
import { FoundNumberSchema, ListAnswer, type FoundNumber } from '../src/numbering/number-schema.js'
import { list, type Listing } from '../src/operations/list.js'
import { searchWithin } from '../src/operations/search.js'
import { AccountParams, NUMBERS, type RoutePlugin } from './schemas.js'

/** What one path answers: a list with a prefix is a search, and an object without one is a page. */
const FoundOrListed = Type.Unsafe<FoundNumber[] | Listing['data']>({
  type: ['array', 'object'],
  items: FoundNumberSchema,
  properties: ListAnswer.properties
})

const ListOrSearch = Type.Object({ ...QUERIES.list.properties, ...QUERIES.search_account.properties })

/** Search for available numbers you own, with a prefix; List Account’s Phone Numbers, without. */
export const listNumbers: RoutePlugin = (app, { dialect }, done) => {
  app.get(
    NUMBERS,
    endpoint({
      operation: 'list',
      // The document shows a token for the list only.
      token: ({ query }) => (isSearch(query) && dialect.account_search_token === 'optional' ? 'optional' : 'needed'),
      schema: {
        params: AccountParams,
        querystring: ListOrSearch,
        response: { 200: SuccessEnvelope(FoundOrListed, 'Numbers found, or numbers of the account') }
      },
      work: ({ sandbox, caller }, { query }) =>
        isSearch(query) ? { data: searchWithin(sandbox, caller, query) } : listReply(list(sandbox, caller, query))
    })
  )
  done()
}
