import { wantsToken } from '../src/api/access.js'
import { numberAnswerOf } from '../src/api/replies.js'
import type { App } from '../src/api/app-type.js'
import { Success } from '../src/api/envelope.js'
import { callerOf, dataOf, contextOf } from '../src/api/context.js'
import { numberParam } from '../src/api/number-param.js'
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
      contextOf(request),
      await buyOne(contextOf(request).sandbox, callerOf(request), numberParam(request), dataOf(request))
    )
  )
}
