import { wantsToken } from '../../src/api/access.js'
import { answerOne } from '../../src/api/replies.js'
import type { App } from '../../src/api/app-type.js'
import { Success } from '../../src/api/envelope.js'
import { NumberDocument } from '../../src/numbering/number-schema.js'
import { create } from '../../src/operations/create.js'
import type { RouteOptions } from '../index.js'
import { NUMBER } from '../paths.js'
import { NumberParams } from '../schemas.js'

/** Makes a number that no carrier offered (reference implementation). */
export function createNumber(app: App, { numberBody }: RouteOptions): void {
  const schema = {
    operationId: 'create',
    params: NumberParams,
    body: numberBody,
    response: { 201: Success(NumberDocument, 'The number is made') }
  }
  app.put(NUMBER, { schema, preValidation: wantsToken }, async (request) => answerOne(request, create))
}
