import { EXAMPLE_ADDRESS } from '../../src/contract/openapi/examples.js'
import { type Call, DEMO, type Reply } from '../harness/emulator-under-test.js'

export const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`

export const FIRST = '%2B14152338397'

export const token = 'demo-token'

export const SEARCH: Call = { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2' }

export const BUY: Call = { method: 'PUT', url: `${NUMBERS}/${FIRST}/activate`, token }

export const e911 = (address: object, id = '+14152338397'): Call => ({
  method: 'POST',
  url: `${NUMBERS}/${FIRST}`,
  token,
  body: { data: { used_by: 'callflow', id, e911: address } }
})

export const AMBIGUOUS = { ...EXAMPLE_ADDRESS, street_address: '911 MULTIPLE TEST ST' }

export const warningsOf = ({ headers }: Reply) =>
  typeof headers['x-emulator-warning'] === 'string' ? headers['x-emulator-warning'].split(', ') : []

export const OWN = '%2B14155234712'
