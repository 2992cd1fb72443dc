import { endpoint } from '../src/api/endpoint.js'
import { SuccessEnvelope } from '../src/api/envelope.js'
import { replyForOne } from '../src/api/replies.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { release } from '../src/operations/release.js'
import { NUMBER, NumberParams, type RoutePlugin } from './schemas.js'

/** Removing Numbers from an Account. */
export const releaseNumber: RoutePlugin = (app, _options, done) => {
  app.delete(
    NUMBER,
    endpoint({
      operation: 'remove',
      token: 'needed',
      schema: {
        params: NumberParams,
        response: { 200: SuccessEnvelope(NumberDocument, 'The number is off the account') }
      },
      work: (context, input) => replyForOne(context, release, input)
    })
  )
  done()
}
