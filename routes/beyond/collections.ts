import { wantsToken } from '../../src/api/access.js'
import { answerEach } from '../../src/api/replies.js'
import type { App } from '../../src/api/app-type.js'
import { Success } from '../../src/api/envelope.js'
import { releasing } from '../../src/api/releasing.js'
import { CollectionAnswer } from '../../src/numbering/number-schema.js'
import { create } from '../../src/operations/create.js'
import { mergeFields, replaceFields } from '../../src/operations/update.js'
import { NUMBERS } from '../paths.js'
import { AccountParams, Body, Collection } from '../schemas.js'

/** What is done to one number, done to a list of them (reference implementation). */
export function collection(app: App): void {
  const answer = Success(CollectionAnswer, 'What became of the numbers')
  const request = { params: AccountParams, body: Body(Collection) }
  const options = (operationId: string) => ({
    schema: { operationId, ...request, response: { '2xx': answer } },
    preValidation: wantsToken
  })
  const url = `${NUMBERS}/collection`
  app.put(url, options('create_collection'), async (request) => answerEach(request, create))
  app.post(url, options('update_collection'), async (request) => answerEach(request, replaceFields))
  app.patch(url, options('patch_collection'), async (request) => answerEach(request, mergeFields))
  app.delete(url, options('remove_collection'), async (request) => answerEach(request, releasing(request)))
}
