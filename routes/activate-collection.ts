import { andThen, endpoint } from '../src/api/endpoint.js'
import { SuccessEnvelope } from '../src/api/envelope.js'
import { collectionReply } from '../src/api/replies.js'
import { CollectionAnswer } from '../src/numbering/number-schema.js'
import { activateMany } from '../src/operations/activate.js'
import { AccountParams, Body, Collection, NUMBERS, type RoutePlugin } from './schemas.js'

/** Buy a Collection (List) of numbers. */
export const activateCollection: RoutePlugin = (app, _options, done) => {
  app.put(
    `${NUMBERS}/collection/activate`,
    endpoint({
      operation: 'buy_collection',
      token: 'needed',
      schema: {
        params: AccountParams,
        body: Body(Collection),
        response: { 201: SuccessEnvelope(CollectionAnswer, 'The numbers are in service') }
      },
      work: (context, { data }) =>
        andThen(activateMany(context.sandbox, context.caller, data), (outcome) => collectionReply(context, outcome))
    })
  )
  done()
}
