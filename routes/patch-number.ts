import { wantsToken } from '../src/http/access.js'
import { answerOne } from '../src/http/answers.js'
import type { App } from '../src/http/app-type.js'
import { Success } from '../src/http/envelope.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { mergeFields } from '../src/operations/update.js'
import type { RouteOptions } from './index.js'
import { NUMBER } from './paths.js'
import { NumberParams } from './schemas.js'

/** Merges the body into what the client has stored with the number (reference implementation). */
export function patchNumber(app: App, { numberBody }: RouteOptions): void {
  const schema = {
    operationId: 'patch',
    params: NumberParams,
    body: numberBody,
    response: { 200: Success(NumberDocument, 'The number as it is now') }
  }
  app.patch(NUMBER, { schema, preValidation: wantsToken }, async (request) => answerOne(request, mergeFields))
}
