import { wantsToken } from '../src/api/access.js'
import { answerOne } from '../src/api/replies.js'
import type { App } from '../src/api/app-type.js'
import { Success } from '../src/api/envelope.js'
import { releasing } from '../src/api/releasing.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { NUMBER } from './paths.js'
import { NumberParams } from './schemas.js'

/** Removing Numbers from an Account. */
export function releaseNumber(app: App): void {
  const schema = {
    operationId: 'remove',
    params: NumberParams,
    response: { 200: Success(NumberDocument, 'The number is off the account') }
  }
  app.delete(NUMBER, { schema, preValidation: wantsToken }, async (request) => answerOne(request, releasing(request)))
}
