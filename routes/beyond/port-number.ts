import { wantsToken } from '../../src/api/access.js'
import { answerOne } from '../../src/api/replies.js'
import type { App } from '../../src/api/app-type.js'
import { Success } from '../../src/api/envelope.js'
import { NumberDocument } from '../../src/numbering/number-schema.js'
import { port } from '../../src/operations/create.js'
import type { RouteOptions } from '../index.js'
import { NUMBER } from '../paths.js'
import { NumberParams } from '../schemas.js'

/** Makes a number that is being ported in (reference implementation). */
export function portNumber(app: App, { numberBody }: RouteOptions): void {
  const schema = {
    operationId: 'port',
    params: NumberParams,
    body: numberBody,
    response: { 201: Success(NumberDocument, 'The number is on its way') }
  }
  app.put(`${NUMBER}/port`, { schema, preValidation: wantsToken }, async (request) => answerOne(request, port))
}
