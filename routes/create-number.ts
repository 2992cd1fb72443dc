import { wantsToken } from '../src/http/access.js'
import { answerOne } from '../src/http/answers.js'
import type { App } from '../src/http/app-type.js'
import { Success } from '../src/http/envelope.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { create } from '../src/operations/create.js'
import type { RouteOptions } from './index.js'
import { NUMBER } from './paths.js'
import { NumberParams } from './schemas.js'

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
