import { wantsToken } from '../../src/api/access.js'
import { answerOne } from '../../src/api/replies.js'
import type { App } from '../../src/api/app-type.js'
import { Success } from '../../src/api/envelope.js'
import { NumberDocument } from '../../src/numbering/number-schema.js'
import { mergeFields } from '../../src/operations/update.js'
import type { RouteOptions } from '../index.js'
import { NUMBER } from '../paths.js'
import { NumberParams } from '../schemas.js'

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
