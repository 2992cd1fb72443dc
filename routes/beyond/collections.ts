import { endpoint } from '../../src/api/endpoint.js'
import { SuccessEnvelope } from '../../src/api/envelope.js'
import { replyForEach, type NumberOperation } from '../../src/api/replies.js'
import type { OperationName } from '../../src/contract/outcomes.js'
import { CollectionAnswer } from '../../src/numbering/number-schema.js'
import { create } from '../../src/operations/create.js'
import { release } from '../../src/operations/release.js'
import { mergeFields, replaceFields } from '../../src/operations/update.js'
import { AccountParams, Body, Collection, NUMBERS, type RoutePlugin } from '../schemas.js'

/** The operations on one number, done to a list of them (reference implementation). */
const COLLECTION_CHANGES: readonly {
  method: 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  operation: OperationName
  work: NumberOperation
}[] = [
  { method: 'PUT', operation: 'create_collection', work: create },
  { method: 'POST', operation: 'update_collection', work: replaceFields },
  { method: 'PATCH', operation: 'patch_collection', work: mergeFields },
  { method: 'DELETE', operation: 'remove_collection', work: release }
]

/** The calls that change a list of numbers beside the documented purchase. */
export const collections: RoutePlugin = (app, _options, done) => {
  for (const { method, operation, work } of COLLECTION_CHANGES) {
    app.route({
      method,
      url: `${NUMBERS}/collection`,
      ...endpoint({
        operation,
        token: 'needed',
        schema: {
          params: AccountParams,
          body: Body(Collection),
          response: { '2xx': SuccessEnvelope(CollectionAnswer, 'What became of the numbers') }
        },
        work: (context, input) => replyForEach(context, work, input)
      })
    })
  }
  done()
}
