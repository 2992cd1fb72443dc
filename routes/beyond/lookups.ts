import { Type } from '@sinclair/typebox'
import type { App } from '../../src/api/app-type.js'
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
import { mapOf } from '../../src/text/text-schema.js'
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
const Classifiers = mapOf(Type.Object(ClassifierSchema))
const Classified = Type.Object({ ...ClassifierSchema, name: Type.String(), number: Type.String(), e164: Type.String() })
const ByNumber = mapOf(Type.Unknown())
const Cities = mapOf(Type.Unknown())

/** Lookups of a collection of numbers, which answer by number. */
const COLLECTION_LOOKUPS = [
  { path: 'check', operation: 'check', lookUp: check },
  { path: 'locality', operation: 'locality', lookUp: localities }
] as const

/** The area codes of a city, within an account and without one. */
const AREA_CODE_LOOKUPS = [
  { url: `${NUMBERS}/prefix`, token: 'needed', request: { params: AccountParams } },
  { url: '/v2/phone_numbers/prefix', token: 'optional', request: {} }
] as const

/** What clients look up beside the numbers' own records (reference implementation). */
export const lookups: RoutePlugin = (app, _options, done) => {
  addCarriers(app)
  addClassifiers(app)
  for (const { path, operation, lookUp } of COLLECTION_LOOKUPS) {
    app.post(
      `${NUMBERS}/${path}`,
      endpoint({
        operation,
        token: 'needed',
        schema: {
          params: AccountParams,
          body: Body(Collection),
          response: { 200: SuccessEnvelope(ByNumber, 'By number') }
        },
        work: ({ sandbox }, { data }) => ({ data: lookUp(sandbox, data) })
      })
    )
  }
  for (const { url, token, request } of AREA_CODE_LOOKUPS) {
    app.get(
      url,
      endpoint({
        operation: 'area_codes',
        token,
        schema: { ...request, response: { 200: SuccessEnvelope(Cities, 'By city') } },
        work: ({ sandbox }, { query }) => ({ data: areaCodes(sandbox, first(query, 'city')) })
      })
    )
  }
  done()
}

function addCarriers(app: App): void {
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
}

/** Registers the kinds of numbers: all of them, and that of one number. */
function addClassifiers(app: App): void {
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
}
