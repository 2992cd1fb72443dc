import { Type } from '@sinclair/typebox'
import { endpoint } from '../src/api/endpoint.js'
import { SuccessEnvelope } from '../src/api/envelope.js'
import { QUERIES } from '../src/contract/queries.js'
import { FoundNumberSchema, SearchRecordSchema } from '../src/numbering/number-schema.js'
import { searchAvailable, type SearchResult } from '../src/operations/search.js'
import type { RoutePlugin } from './schemas.js'

/** Search For Available Numbers. */
export const searchAvailableNumbers: RoutePlugin = (app, { dialect }, done) => {
  const found = Type.Unsafe<SearchResult[]>(
    Type.Array(dialect.public_search === 'rich' ? SearchRecordSchema : FoundNumberSchema)
  )
  app.get(
    '/v2/phone_numbers',
    endpoint({
      operation: 'search',
      token: 'optional',
      schema: {
        querystring: QUERIES.search,
        response: { 200: SuccessEnvelope(found, 'Numbers that anybody may buy') }
      },
      work: ({ sandbox, caller }, { query }) => ({ data: searchAvailable(sandbox, caller, query) })
    })
  )
  done()
}
