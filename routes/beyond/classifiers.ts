import { Type } from '@sinclair/typebox'
import { wantsToken } from '../../src/api/access.js'
import type { App } from '../../src/api/app-type.js'
import { success, Success } from '../../src/api/envelope.js'
import { numberParam } from '../../src/api/number-param.js'
import { CLASSIFIERS, classify } from '../../src/numbering/classifiers.js'
import { toE164 } from '../../src/numbering/e164.js'
import { NUMBERS } from '../paths.js'
import { AccountParams, NumberParams } from '../schemas.js'

const Classifier = {
  regex: Type.String(),
  friendly_name: Type.String(),
  emergency: Type.Optional(Type.Boolean()),
  pretty_print: Type.Optional(Type.String())
}
const Classified = Type.Object({ ...Classifier, name: Type.String(), number: Type.String(), e164: Type.String() })

/** What kinds of numbers there are, and which kind one is (reference implementation). */
export function classifiers(app: App): void {
  const all = {
    operationId: 'classifiers',
    params: AccountParams,
    response: { 200: Success(Type.Record(Type.String(), Type.Object(Classifier)), 'All kinds') }
  }
  app.get(`${NUMBERS}/classifiers`, { schema: all, preValidation: wantsToken }, async (request) =>
    success(request, Object.fromEntries(CLASSIFIERS.map(({ name, ...classifier }) => [name, classifier])))
  )
  const one = {
    operationId: 'classify',
    params: NumberParams,
    response: { 200: Success(Classified, 'The kind of the number') }
  }
  app.get(`${NUMBERS}/classifiers/:phone_number`, { schema: one, preValidation: wantsToken }, async (request) => {
    const number = numberParam(request)
    const e164 = toE164(number)
    return success(request, { ...classify(e164), number, e164 })
  })
}
