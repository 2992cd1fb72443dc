import { endpoint } from '../src/api/endpoint.js'
import { SuccessEnvelope } from '../src/api/envelope.js'
import { numberReply } from '../src/api/replies.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { buyOne } from '../src/operations/buy.js'
import { NUMBER, NumberParams, type RoutePlugin } from './schemas.js'

/** Buy a number once searched for. */
export const activateNumber: RoutePlugin = (app, { numberBody }, done) => {
  app.put(
    `${NUMBER}/activate`,
    endpoint({
      operation: 'buy',
      token: 'needed',
      schema: {
        params: NumberParams,
        body: numberBody,
        response: { 201: SuccessEnvelope(NumberDocument, 'The number is in service') }
      },
      work: async (context, { number, data }) =>
        numberReply(context, await buyOne(context.sandbox, context.caller, number, data))
    })
  )
  done()
}
