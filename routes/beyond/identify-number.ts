import { Type } from '@sinclair/typebox'
import { wantsToken } from '../../src/api/access.js'
import type { App } from '../../src/api/app-type.js'
import { success, Success } from '../../src/api/envelope.js'
import { contextOf } from '../../src/api/context.js'
import { numberParam } from '../../src/api/number-param.js'
import { identify } from '../../src/operations/identify.js'
import { NUMBER } from '../paths.js'
import { NumberParams } from '../schemas.js'

const Owner = Type.Object({ account_id: Type.String(), number: Type.String() })

/** Whose a number is (reference implementation). */
export function identifyNumber(app: App): void {
  const schema = { operationId: 'identify', params: NumberParams, response: { 200: Success(Owner, 'Its owner') } }
  app.get(`${NUMBER}/identify`, { schema, preValidation: wantsToken }, async (request) =>
    success(request, identify(contextOf(request).sandbox, numberParam(request)))
  )
}
