import { wantsToken } from '../src/http/access.js'
import { numberAnswerOf } from '../src/http/answers.js'
import type { App } from '../src/http/app-type.js'
import { Success } from '../src/http/envelope.js'
import { callerOf, dataOf, exchangeOf } from '../src/http/exchange.js'
import { numberParam } from '../src/http/number-param.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { buyOne } from '../src/operations/buy.js'
import { NUMBER } from './paths.js'
import { NumberParams } from './schemas.js'
import type { RouteOptions } from './index.js'

/** Buy a number once searched for. */
export function activateNumber(app: App, { numberBody }: RouteOptions): void {
  const schema = {
    operationId: 'buy',
    params: NumberParams,
    body: numberBody,
    response: { 201: Success(NumberDocument, 'The number is in service') }
  }
  app.put(`${NUMBER}/activate`, { schema, preValidation: wantsToken }, async (request) =>
    numberAnswerOf(
      exchangeOf(request),
      await buyOne(exchangeOf(request).sandbox, callerOf(request), numberParam(request), dataOf(request))
    )
  )
}
