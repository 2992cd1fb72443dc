import { Type } from '@sinclair/typebox'
import { endpoint } from '../../src/api/endpoint.js'
import { SuccessEnvelope } from '../../src/api/envelope.js'
import { CLASSIFIERS, classify } from '../../src/numbering/classifiers.js'
import { toE164 } from '../../src/numbering/e164.js'
import { PREFIX_LENGTHS } from '../../src/numbering/prefix.js'
import { check } from '../../src/operations/check.js'
import { creationStates } from '../../src/operations/create.js'
import { areaCodes, localities } from '../../src/operations/localities.js'
import { CARRIERS } from '../../src/operations/rules/carrier.js'
import { assertReseller } from '../../src/operations/search.js'
import { AccountParams, Body, Collection, NumberParams, NUMBERS, type RoutePlugin } from '../schemas.js'
import { first } from '../../src/text/url.js'

const CarriersInfo = Type.Object({
  maximal_prefix_length: Type.Integer(),
  usable_carriers: Type.Array(Type.String()),
  usable_creation_states: Type.Array(Type.String())
})
const ClassifierSchema = {
  regex: Type.String(),
  friendly_name: Type.String(),
  emergency: Type.Optional(Type.Boolean()),
  pretty_print: Type.Optional(Type.String())
}
const Classifiers = Type.Record(Type.String(), Type.Object(ClassifierSchema))
const Classified = Type.Object({ ...ClassifierSchema, name: Type.String(), number: Type.String(), e164: Type.String() })
const ByNumber = Type.Record(Type.String(), Type.Unknown())
const Cities = Type.Record(Type.String(), Type.Unknown())

/** What clients look up beside the numbers' own records (reference implementation). */
export const lookups: RoutePlugin = (app, _options, done) => {
  app.get(
    `${NUMBERS}/carriers_info`,
    endpoint({
      operation: 'carriers_info',
      token: 'needed',
      schema: { params: AccountParams, response: { 200: SuccessEnvelope(CarriersInfo, 'Carriers and states') } },
      work: ({ sandbox, caller }, { query }) => {
        assertReseller(sandbox, query)
        return {
          data: {
            maximal_prefix_length: PREFIX_LENGTHS.most,
            usable_carriers: [...CARRIERS],
            usable_creation_states: [...creationStates(caller)]
          }
        }
      }
    })
  )
  app.get(
    `${NUMBERS}/classifiers`,
    endpoint({
      operation: 'classifiers',
      token: 'needed',
      schema: { params: AccountParams, response: { 200: SuccessEnvelope(Classifiers, 'All kinds') } },
      work: () => ({ data: Object.fromEntries(CLASSIFIERS.map(({ name, ...classifier }) => [name, classifier])) })
    })
  )
  app.get(
    `${NUMBERS}/classifiers/:phone_number`,
    endpoint({
      operation: 'classify',
      token: 'needed',
      schema: { params: NumberParams, response: { 200: SuccessEnvelope(Classified, 'The kind of the number') } },
      work: (_context, { number }) => ({ data: { ...classify(toE164(number)), number, e164: toE164(number) } })
    })
  )
  app.post(
    `${NUMBERS}/check`,
    endpoint({
      operation: 'check',
      token: 'needed',
      schema: {
        params: AccountParams,
        body: Body(Collection),
        response: { 200: SuccessEnvelope(ByNumber, 'By number') }
      },
      work: ({ sandbox }, { data }) => ({ data: check(sandbox, data) })
    })
  )
  app.post(
    `${NUMBERS}/locality`,
    endpoint({
      operation: 'locality',
      token: 'needed',
      schema: {
        params: AccountParams,
        body: Body(Collection),
        response: { 200: SuccessEnvelope(ByNumber, 'By number') }
      },
      work: ({ sandbox }, { data }) => ({ data: localities(sandbox, data) })
    })
  )
  app.get(
    `${NUMBERS}/prefix`,
    endpoint({
      operation: 'area_codes',
      token: 'needed',
      schema: { params: AccountParams, response: { 200: SuccessEnvelope(Cities, 'By city') } },
      work: ({ sandbox }, { query }) => ({ data: areaCodes(sandbox, first(query, 'city')) })
    })
  )
  app.get(
    '/v2/phone_numbers/prefix',
    endpoint({
      operation: 'area_codes',
      token: 'optional',
      schema: { response: { 200: SuccessEnvelope(Cities, 'By city') } },
      work: ({ sandbox }, { query }) => ({ data: areaCodes(sandbox, first(query, 'city')) })
    })
  )
  done()
}
