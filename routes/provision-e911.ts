import { endpoint } from '../src/api/endpoint.js'
import { SuccessEnvelope } from '../src/api/envelope.js'
import { replyForOne } from '../src/api/replies.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { replaceFields } from '../src/operations/update.js'
import { required, violated } from '../src/violations.js'
import { AccountParams, NUMBER, NumberParams, NUMBERS, type RoutePlugin } from './schemas.js'

const response = { 200: SuccessEnvelope(NumberDocument, 'The number as it is now') }

/**
 * E911, by both paths of the document. The path of its curl line names the number; by the path of its heading, where the dialect
 * serves it, the body does. Either way the body replaces the fields that the client has stored with the number.
 */
export const provisionE911: RoutePlugin = (app, { numberBody, dialect }, done) => {
  app.post(
    NUMBER,
    endpoint({
      operation: 'update',
      token: 'needed',
      schema: { params: NumberParams, body: numberBody, response },
      work: (context, input) => replyForOne(context, replaceFields, input)
    })
  )
  if (dialect.e911_heading !== 'refused') {
    app.post(
      `${NUMBERS}/collection/activate`,
      endpoint({
        operation: 'e911',
        token: 'needed',
        schema: { params: AccountParams, body: numberBody, response },
        work: (context, input) => {
          const { id } = input.data
          if (typeof id !== 'string') throw violated([required('id', 'id')])
          return replyForOne(context, replaceFields, { ...input, number: id })
        }
      })
    )
  }
  done()
}
