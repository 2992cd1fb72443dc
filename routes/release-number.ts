import { wantsToken } from '../src/http/access.js'
import { answerOne } from '../src/http/answers.js'
import type { App } from '../src/http/app-type.js'
import { Success } from '../src/http/envelope.js'
import { releasing } from '../src/http/releasing.js'
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
