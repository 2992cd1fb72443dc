import { wantsToken } from '../src/api/access.js'
import { answerOne } from '../src/api/replies.js'
import type { App } from '../src/api/app-type.js'
import { Success } from '../src/api/envelope.js'
import { dataOf } from '../src/api/context.js'
import { NumberDocument } from '../src/numbering/number-schema.js'
import { replaceFields } from '../src/operations/update.js'
import { required, violated } from '../src/violations.js'
import type { RouteOptions } from './index.js'
import { NUMBERS } from './paths.js'
import { AccountParams } from './schemas.js'

/** E911, by the path of its heading, where the dialect serves it: the body names the number. */
export function provisionE911(app: App, { numberBody, dialect }: RouteOptions): void {
  if (dialect.e911_heading === 'refused') return
  const schema = {
    operationId: 'e911',
    params: AccountParams,
    body: numberBody,
    response: { 200: Success(NumberDocument, 'The number as it is now') }
  }
  app.post(`${NUMBERS}/collection/activate`, { schema, preValidation: wantsToken }, async (request) => {
    const { id } = dataOf(request)
    if (typeof id !== 'string') throw violated([required('id', 'id')])
    return answerOne(request, replaceFields, id)
  })
}
