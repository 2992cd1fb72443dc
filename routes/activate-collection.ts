import { wantsToken } from '../src/http/access.js'
import { collectionAnswer } from '../src/http/answers.js'
import type { App } from '../src/http/app-type.js'
import { Success } from '../src/http/envelope.js'
import { callerOf, dataOf, exchangeOf } from '../src/http/exchange.js'
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
    collectionAnswer(request, await buyAll(exchangeOf(request).sandbox, callerOf(request), dataOf(request)))
  )
}
