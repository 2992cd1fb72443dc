import { Type } from '@sinclair/typebox'
import type { App } from '../../src/api/app-type.js'
import { endpoint } from '../../src/api/endpoint.js'
import { SuccessEnvelope } from '../../src/api/envelope.js'
import { listReply, replyForOne, type NumberOperation } from '../../src/api/replies.js'
import type { OperationName } from '../../src/contract/outcomes.js'
import { ListAnswer, NumberDocument } from '../../src/numbering/number-schema.js'
import { create, port } from '../../src/operations/create.js'
import { identify } from '../../src/operations/identify.js'
import { list, type Listing } from '../../src/operations/list.js'
import { reserve } from '../../src/operations/reserve.js'
import { mergeFields } from '../../src/operations/update.js'
import { AccountParams, NUMBER, NumberParams, NUMBERS, type RoutePlugin } from '../schemas.js'

/** The operations on one number that the document does not show (reference implementation). */
const NUMBER_CHANGES: readonly {
  method: 'PUT' | 'PATCH'
  path: string
  operation: OperationName
  work: NumberOperation
  status: 200 | 201
  description: string
}[] = [
  { method: 'PUT', path: NUMBER, operation: 'create', work: create, status: 201, description: 'The number is made' },
  {
    method: 'PATCH',
    path: NUMBER,
    operation: 'patch',
    work: mergeFields,
    status: 200,
    description: 'The number as it is now'
  },
  {
    method: 'PUT',
    path: `${NUMBER}/reserve`,
    operation: 'reserve',
    work: reserve,
    status: 201,
    description: 'The number is reserved'
  },
  {
    method: 'PUT',
    path: `${NUMBER}/port`,
    operation: 'port',
    work: port,
    status: 201,
    description: 'The number is on its way'
  }
]

const OwnerSchema = Type.Object({ account_id: Type.String(), number: Type.String() })

/** What clients do with one number beside the documented calls. */
export const numbers: RoutePlugin = (app, { numberBody }, done) => {
  for (const { method, path, operation, work, status, description } of NUMBER_CHANGES) {
    app.route({
      method,
      url: path,
      ...endpoint({
        operation,
        token: 'needed',
        schema: {
          params: NumberParams,
          body: numberBody,
          response: { [status]: SuccessEnvelope(NumberDocument, description) }
        },
        work: (context, input) => replyForOne(context, work, input)
      })
    })
  }
  app.get(
    `${NUMBER}/identify`,
    endpoint({
      operation: 'identify',
      token: 'needed',
      schema: { params: NumberParams, response: { 200: SuccessEnvelope(OwnerSchema, 'Its owner') } },
      work: ({ sandbox }, { number }) => ({ data: identify(sandbox, number) })
    })
  )
  addRepairs(app)
  done()
}

/** Registers the repairs of the account's records that clients ask for; these never need one. */
function addRepairs(app: App): void {
  app.post(
    `${NUMBERS}/fix`,
    endpoint({
      operation: 'fix',
      token: 'needed',
      schema: {
        params: AccountParams,
        response: { 200: SuccessEnvelope(Type.Unsafe<Listing['data']>(ListAnswer), 'Numbers of the account') }
      },
      work: ({ sandbox, caller }, { query }) => listReply(list(sandbox, caller, query))
    })
  )
  app.post(
    `${NUMBERS}/fix/:phone_number`,
    endpoint({
      operation: 'fix_number',
      token: 'needed',
      schema: { params: NumberParams, response: { 200: SuccessEnvelope(Type.Object({}), 'Nothing') } },
      work: () => ({ data: {} })
    })
  )
}
