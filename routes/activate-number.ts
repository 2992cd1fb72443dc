import { andThen, endpoint } from '../src/api/endpoint.js'
import { SuccessEnvelope } from '../src/api/envelope.js'
import { numberReply } from '../src/api/replies.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { activateOne } from '../src/operations/activate.js'
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
      work: (context, { number, data }) =>
        andThen(activateOne(context.sandbox, context.caller, number, data), (activated) =>
          numberReply(context, activated)
        )
    })
  )
  done()
}
