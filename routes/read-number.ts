import { wantsToken } from '../src/api/access.js'
import { shownAnswerOf } from '../src/api/replies.js'
import type { App } from '../src/api/app-type.js'
import { Success } from '../src/api/envelope.js'
import { callerOf, contextOf } from '../src/api/context.js'
import { numberParam } from '../src/api/number-param.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { read } from '../src/operations/read.js'
import { NUMBER } from './paths.js'
import { NumberParams } from './schemas.js'

/** List An Account's Specific Phone Number. */
export function readNumber(app: App): void {
  const schema = { operationId: 'read', params: NumberParams, response: { 200: Success(NumberDocument, 'The number') } }
  app.get(NUMBER, { schema, preValidation: wantsToken }, async (request) =>
    shownAnswerOf(contextOf(request), read(contextOf(request).sandbox, callerOf(request), numberParam(request)))
  )
}
