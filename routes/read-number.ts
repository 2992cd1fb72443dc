import { endpoint } from '../src/api/endpoint.js'
import { SuccessEnvelope } from '../src/api/envelope.js'
import { numberReply } from '../src/api/replies.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { read } from '../src/operations/read.js'
import { NUMBER, NumberParams, type RoutePlugin } from './schemas.js'

/** List An Account’s Specific Phone Number. */
export const readNumberRoute: RoutePlugin = (app, _options, done) => {
  app.get(
    NUMBER,
    endpoint({
      operation: 'read',
      token: 'needed',
      schema: { params: NumberParams, response: { 200: SuccessEnvelope(NumberDocument, 'The number') } },
      work: (context, { number }) => numberReply(context, read(context.sandbox, context.caller, number))
    })
  )
  done()
}
