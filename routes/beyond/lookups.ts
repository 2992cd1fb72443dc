import { Type } from '@sinclair/typebox'
import { wantsNoToken, wantsToken } from '../../src/api/access.js'
import type { App } from '../../src/api/app-type.js'
import { success, Success } from '../../src/api/envelope.js'
import { dataOf, contextOf, type FastifyRequest } from '../../src/api/context.js'
import { check } from '../../src/operations/check.js'
import { areaCodes, localities } from '../../src/operations/localities.js'
import { first, type Query } from '../../src/operations/rules/search-query.js'
import { NUMBERS } from '../paths.js'
import { AccountParams, Body, Collection } from '../schemas.js'

const ByNumber = Success(Type.Record(Type.String(), Type.Unknown()), 'By number')
const Cities = Success(Type.Record(Type.String(), Type.Unknown()), 'By city')

/** What is known of numbers and cities beside the numbers' own records (reference implementation). */
export function phonebook(app: App): void {
  const numbers = (operationId: string) => ({
    schema: { operationId, params: AccountParams, body: Body(Collection), response: { 200: ByNumber } },
    preValidation: wantsToken
  })
  app.post(`${NUMBERS}/check`, numbers('check'), async (request) =>
    success(request, check(contextOf(request).sandbox, dataOf(request)))
  )
  app.post(`${NUMBERS}/locality`, numbers('locality'), async (request) =>
    success(request, localities(contextOf(request).sandbox, dataOf(request)))
  )
  const account = {
    schema: { operationId: 'area_codes', params: AccountParams, response: { 200: Cities } },
    preValidation: wantsToken
  }
  app.get(`${NUMBERS}/prefix`, account, async (request) => citiesOf(request))
  app.get(
    '/v2/phone_numbers/prefix',
    { schema: { operationId: 'area_codes', response: { 200: Cities } }, preValidation: wantsNoToken },
    async (request) => citiesOf(request)
  )
}

function citiesOf(request: FastifyRequest) {
  return success(request, areaCodes(contextOf(request).sandbox, first(request.query as Query, 'city')))
}
