import { Type } from '@sinclair/typebox'
import { wantsToken } from '../../src/api/access.js'
import type { App } from '../../src/api/app-type.js'
import { success, Success } from '../../src/api/envelope.js'
import { callerOf, contextOf } from '../../src/api/context.js'
import { PREFIX_LENGTHS } from '../../src/numbering/prefix.js'
import { CARRIERS } from '../../src/operations/rules/carrier.js'
import { creationStates } from '../../src/operations/create.js'
import { refuseReseller } from '../../src/operations/search.js'
import type { Query } from '../../src/operations/rules/search-query.js'
import { NUMBERS } from '../paths.js'
import { AccountParams } from '../schemas.js'

const CarriersInfo = Type.Object({
  maximal_prefix_length: Type.Integer(),
  usable_carriers: Type.Array(Type.String()),
  usable_creation_states: Type.Array(Type.String())
})

/** What a client may search with and create (reference implementation). */
export function carriersInfo(app: App): void {
  const schema = {
    operationId: 'carriers_info',
    params: AccountParams,
    response: { 200: Success(CarriersInfo, 'Carriers and states') }
  }
  app.get(`${NUMBERS}/carriers_info`, { schema, preValidation: wantsToken }, async (request) => {
    refuseReseller(contextOf(request).sandbox, request.query as Query)
    return success(request, {
      maximal_prefix_length: PREFIX_LENGTHS.most,
      usable_carriers: [...CARRIERS],
      usable_creation_states: [...creationStates(callerOf(request))]
    })
  })
}
