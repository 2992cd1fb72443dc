import { Type } from '@sinclair/typebox'
import { wantsToken } from '../src/http/access.js'
import type { App } from '../src/http/app-type.js'
import { success, Success } from '../src/http/envelope.js'
import { exchangeOf } from '../src/http/exchange.js'
import { numberParam } from '../src/http/number-param.js'
import { identify } from '../src/operations/identify.js'
import { NUMBER } from './paths.js'
import { NumberParams } from './schemas.js'

const Owner = Type.Object({ account_id: Type.String(), number: Type.String() })

/** Whose a number is (reference implementation). */
export function identifyNumber(app: App): void {
  const schema = { operationId: 'identify', params: NumberParams, response: { 200: Success(Owner, 'Its owner') } }
  app.get(`${NUMBER}/identify`, { schema, preValidation: wantsToken }, async (request) =>
    success(request, identify(exchangeOf(request).sandbox, numberParam(request)))
  )
}
