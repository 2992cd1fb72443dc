import { wantsToken } from '../src/api/access.js'
import { collectionAnswer } from '../src/api/replies.js'
import type { App } from '../src/api/app-type.js'
import { Success } from '../src/api/envelope.js'
import { callerOf, dataOf, contextOf } from '../src/api/context.js'
import { CollectionAnswer } from '../src/numbering/number-schema.js'
import { buyAll } from '../src/operations/buy.js'
import { NUMBERS } from './paths.js'
import { AccountParams, Body, Collection } from './schemas.js'

/** Buy a Collection (List) of numbers. */
export function activateCollection(app: App): void {
  const schema = {
    operationId: 'buy_collection',
    params: AccountParams,
    body: Body(Collection),
    response: { 201: Success(CollectionAnswer, 'The numbers are in service') }
  }
  app.put(`${NUMBERS}/collection/activate`, { schema, preValidation: wantsToken }, async (request) =>
    collectionAnswer(request, await buyAll(contextOf(request).sandbox, callerOf(request), dataOf(request)))
  )
}
