import { wantsToken } from '../src/api/access.js'
import { answerOne } from '../src/api/replies.js'
import type { App } from '../src/api/app-type.js'
import { Success } from '../src/api/envelope.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { replaceFields } from '../src/operations/update.js'
import type { RouteOptions } from './index.js'
import { NUMBER } from './paths.js'
import { NumberParams } from './schemas.js'

/** E911, by the path of its curl line: POST replaces what the client has stored with the number. */
export function updateNumber(app: App, { numberBody }: RouteOptions): void {
  const schema = {
    operationId: 'update',
    params: NumberParams,
    body: numberBody,
    response: { 200: Success(NumberDocument, 'The number as it is now') }
  }
  app.post(NUMBER, { schema, preValidation: wantsToken }, async (request) => answerOne(request, replaceFields))
}
