import { wantsToken } from '../../src/api/access.js'
import { answerOne } from '../../src/api/replies.js'
import type { App } from '../../src/api/app-type.js'
import { Success } from '../../src/api/envelope.js'
import { NumberDocument } from '../../src/numbering/number-schema.js'
import { reserve } from '../../src/operations/reserve.js'
import type { RouteOptions } from '../index.js'
import { NUMBER } from '../paths.js'
import { NumberParams } from '../schemas.js'

/** Holds a number for the account (reference implementation). */
export function reserveNumber(app: App, { numberBody }: RouteOptions): void {
  const schema = {
    operationId: 'reserve',
    params: NumberParams,
    body: numberBody,
    response: { 201: Success(NumberDocument, 'The number is reserved') }
  }
  app.put(`${NUMBER}/reserve`, { schema, preValidation: wantsToken }, async (request) => answerOne(request, reserve))
}
