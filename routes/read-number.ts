import { wantsToken } from '../src/http/access.js'
import { shownAnswerOf } from '../src/http/answers.js'
import type { App } from '../src/http/app-type.js'
import { Success } from '../src/http/envelope.js'
import { callerOf, exchangeOf } from '../src/http/exchange.js'
import { numberParam } from '../src/http/number-param.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { read } from '../src/operations/read.js'
import { NUMBER } from './paths.js'
import { NumberParams } from './schemas.js'

/** List An Account's Specific Phone Number. */
export function readNumber(app: App): void {
  const schema = { operationId: 'read', params: NumberParams, response: { 200: Success(NumberDocument, 'The number') } }
  app.get(NUMBER, { schema, preValidation: wantsToken }, async (request) =>
    shownAnswerOf(exchangeOf(request), read(exchangeOf(request).sandbox, callerOf(request), numberParam(request)))
  )
}
