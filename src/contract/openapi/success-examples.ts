import type { JsonObject, JsonValue } from '../../json.js'
import type { OperationName } from '../outcomes.js'

/** The account and the numbers of the examples. */
export const EXAMPLE_ACCOUNT = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'
export const EXAMPLE_NUMBER = '+14152338397'
const OTHER_NUMBER = '+14152338421'

export const EXAMPLE_ADDRESS = {
  caller_name: 'Michel Mabel',
  postal_code: '94105',
  street_address: '116 NATOMA ST',
  extended_address: 'APT 116',
  locality: 'SAN FRANCISCO',
  region: 'CA'
} as const

const numberDocument = (id: string, state: string, at: number, rest: JsonObject = {}): JsonObject => ({
  _read_only: { created: at, modified: at, state },
  id,
  state,
  ...rest
})

const searchRecord = (ten: string, number_id: string): JsonObject => ({
  e164: `+1${ten}`,
  formatted_number: `1-${ten.slice(0, 3)}-${ten.slice(3, 6)}-${ten.slice(6)}`,
  npa_nxx: ten.slice(0, 6),
  number: `+1${ten}`,
  number_id,
  rate_center: { lata: '722', name: 'SAN RAFAEL', state: 'CA' },
  status: 'Available',
  ten_digit: ten
})

const listEntry = (state: string, at: number, features: string[]): JsonObject => ({
  assigned_to: EXAMPLE_ACCOUNT,
  created: at,
  features,
  state,
  updated: at
})

/** The `data` of the successes that the document prints. */
export const SUCCESS_DATA: Partial<Record<OperationName, JsonValue>> = {
  search: [
    searchRecord('4152338397', '4AA418FB-3409-4340-8210-E7EAFE2AB118'),
    searchRecord('4152338421', '0CD68E85-F149-477F-9C13-1E720ACCC3EE')
  ],
  buy: numberDocument(EXAMPLE_NUMBER, 'in_service', 63628027112),
  buy_collection: {
    success: {
      [EXAMPLE_NUMBER]: numberDocument(EXAMPLE_NUMBER, 'in_service', 63628542222),
      [OTHER_NUMBER]: numberDocument(OTHER_NUMBER, 'in_service', 63628542222)
    }
  },
  search_account: [
    { number: '+15552225562', state: 'available' },
    { number: '+15554445558', state: 'discovery' },
    { number: '+15552225562', state: 'available' }
  ],
  list: {
    cascade_quantity: 0,
    numbers: {
      [OTHER_NUMBER]: listEntry('in_service', 63628550806, []),
      '+14155234712': listEntry('in_service', 63636963275, ['local']),
      '+14155558920': listEntry('reserved', 63633211146, ['local'])
    }
  },
  remove: numberDocument(EXAMPLE_NUMBER, 'available', 63627848588),
  read: numberDocument('+14155558920', 'reserved', 63627848989, { features: ['local'], my_own_field: {} }),
  e911: numberDocument(EXAMPLE_NUMBER, 'in_service', 63628027112, {
    used_by: 'callflow',
    features: ['e911'],
    e911: {
      ...EXAMPLE_ADDRESS,
      latitude: '37.786861',
      longitude: '-122.399484',
      location_id: '27578725',
      plus_four: '3745',
      status: 'PROVISIONED',
      legacy_data: { house_number: '116', streetname: 'NATOMA ST', suite: 'APT 116' }
    }
  })
}

/** The bodies that the document sends. */
export const REQUEST_EXAMPLES: Partial<Record<OperationName, JsonObject>> = {
  buy: { data: {} },
  buy_collection: { data: { numbers: [EXAMPLE_NUMBER, OTHER_NUMBER] } },
  e911: { data: { used_by: 'callflow', id: EXAMPLE_NUMBER, e911: EXAMPLE_ADDRESS } }
}
