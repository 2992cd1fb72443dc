/** The requests and sample answers of the document, in its order and as it prints them; `{…}` are its placeholders. */
import type { JsonObject, JsonValue } from '../../src/json.js'
import { bought, BOUGHT, buy, FIRST, RESERVED, search, SECOND, store, TOKEN, UNSEARCHED } from '../harness/calls.js'
import type { Step } from '../harness/case.js'
import { type Call, DEMO } from '../harness/emulator-under-test.js'

/** Whether a value that the document could not know is of the right kind. */
export type Kind = (value: JsonValue) => boolean

export interface Example {
  /** The heading that it stands under, and which answer there. */
  title: string
  given?: readonly Step[]
  method: Call['method']
  url: string
  body?: JsonObject
  status: number
  answer: JsonObject
  /** The values of the placeholders here; `{AUTH_TOKEN}` and `{ACCOUNT_ID}` always stand for the same. */
  placeholders?: Readonly<Record<string, string>>
  /** The places, as JSON pointers, that may differ from the print, and what they have to be; `*` is any key. */
  differs: Readonly<Record<string, Kind>>
  /** The places that the answer has and the print has not. */
  adds?: readonly string[]
}

const YEAR_2010 = 63_429_523_200

const time: Kind = (value) => Number.isInteger(value) && Number(value) > YEAR_2010
const id: Kind = (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)
const e164: Kind = (value) => typeof value === 'string' && /^\+1555\d{7}$/.test(value)
const found: Kind = (value) => value === 'available' || value === 'discovery'
const is =
  (text: string): Kind =>
  (value) =>
    value === text

const IDS = { '/request_id': id, '/revision': id }
const REQUEST_ID = { '/request_id': id }
const TIMES = { '/data/_read_only/created': time, '/data/_read_only/modified': time }
const TIMES_OF_EACH = { '/data/success/*/_read_only/created': time, '/data/success/*/_read_only/modified': time }

const CARRIER_FAULT = '+15005550500'

const ADDRESS = {
  NAME: 'Michel Mabel',
  ZIP_CODE: '94105',
  ADDRESS: '116 NATOMA ST',
  EXTENDED: 'APT 116',
  CITY: 'SAN FRANCISCO',
  STATE: 'CA'
}

/** The sample payload under the heading E911. */
const E911_BODY = {
  data: {
    used_by: 'callflow',
    id: '{NUMBER}',
    e911: {
      caller_name: '{NAME}',
      postal_code: '{ZIP_CODE}',
      street_address: '{ADDRESS}',
      extended_address: '{EXTENDED}',
      locality: '{CITY}',
      region: '{STATE}'
    }
  }
}

const E911_SUCCESS = {
  data: {
    used_by: 'callflow',
    id: '{NUMBER}',
    e911: {
      street_address: '116 NATOMA ST',
      extended_address: 'APT 116',
      caller_name: 'Michel Mabel',
      locality: 'SAN FRANCISCO',
      latitude: '37.786861',
      longitude: '-122.399484',
      location_id: '27578725',
      plus_four: '3745',
      postal_code: '94105',
      region: 'CA',
      status: 'PROVISIONED',
      legacy_data: {
        house_number: '116',
        streetname: 'NATOMA ST',
        suite: 'APT 116'
      }
    }
  },
  status: 'success'
}

/** The E911 examples are cut: they lack what every other answer has, and the rest of the number's document. */
const E911_ADDS = {
  success: ['/auth_token', '/request_id', '/revision', '/data/_read_only', '/data/features', '/data/state'],
  error: ['/auth_token', '/request_id']
}

const HEADING_URL = 'https://api.oneuc.com/v2/accounts/{ACCOUNT_ID}/phone_numbers/collection/activate'
const CURL_URL = 'https://api.oneuc.com/v2/accounts/{ACCOUNT_ID}/phone_numbers/{NUMBER}'

export const EXAMPLES: readonly Example[] = [
  {
    title: 'Search For Available Numbers',
    method: 'GET',
    url: 'https://api.oneuc.com/v2/phone_numbers?prefix=415&quantity=2',
    status: 200,
    answer: {
      auth_token: '',
      data: [
        {
          e164: '+14152338397',
          formatted_number: '1-415-233-8397',
          npa_nxx: '415233',
          number: '+14152338397',
          number_id: '4AA418FB-3409-4340-8210-E7EAFE2AB118',
          rate_center: { lata: '722', name: 'SAN RAFAEL', state: 'CA' },
          status: 'Available',
          ten_digit: '4152338397'
        },
        {
          e164: '+14152338421',
          formatted_number: '1-415-233-8421',
          npa_nxx: '415233',
          number: '+14152338421',
          number_id: '0CD68E85-F149-477F-9C13-1E720ACCC3EE',
          rate_center: { lata: '722', name: 'SAN RAFAEL', state: 'CA' },
          status: 'Available',
          ten_digit: '4152338421'
        }
      ],
      request_id: '{REQUEST_ID}',
      revision: '{REVISION}',
      status: 'success'
    },
    differs: IDS
  },
  {
    title: 'Buy a number once searched for: Successful',
    given: [search('415')],
    method: 'PUT',
    url: 'http://{SERVER}:8000/v2/accounts/{ACCOUNT_ID}/phone_numbers/{PHONE_NUMBER}/activate',
    placeholders: { PHONE_NUMBER: FIRST },
    status: 201,
    answer: {
      auth_token: '{AUTH_TOKEN}',
      data: {
        _read_only: { created: 63628027112, modified: 63628027112, state: 'in_service' },
        id: '{PHONE_NUMBER}',
        state: 'in_service'
      },
      request_id: '{REQUEST_ID}',
      revision: '{REVISION}',
      status: 'success'
    },
    differs: { ...IDS, ...TIMES }
  },
  {
    title: 'Buy a number once searched for: The number was not returned in previous search results or other error',
    given: [search('415')],
    method: 'PUT',
    url: 'http://{SERVER}:8000/v2/accounts/{ACCOUNT_ID}/phone_numbers/{PHONE_NUMBER}/activate',
    placeholders: { PHONE_NUMBER: UNSEARCHED },
    status: 500,
    answer: {
      auth_token: '{AUTH_TOKEN}',
      data: { code: 500, error: 'unspecified_fault', message: 'missing_provider_url' },
      error: '500',
      message: 'unspecified_fault',
      request_id: '{REQUEST_ID}',
      status: 'error'
    },
    differs: REQUEST_ID
  },
  {
    title: 'Buy a number once searched for: Carrier or Network provisioning/activation fault',
    given: [search('500')],
    method: 'PUT',
    url: 'http://{SERVER}:8000/v2/accounts/{ACCOUNT_ID}/phone_numbers/{PHONE_NUMBER}/activate',
    placeholders: { PHONE_NUMBER: CARRIER_FAULT },
    status: 500,
    answer: {
      auth_token: '{AUTH_TOKEN}',
      data: { cause: '{PHONE_NUMBER}', code: 500, error: 'unspecified_fault', message: 'fault by carrier' },
      error: '500',
      message: 'unspecified_fault',
      request_id: '{REQUEST_ID}',
      status: 'error'
    },
    differs: REQUEST_ID
  },
  {
    title: 'Buy a Collection (List) of numbers: Success Response',
    given: [search('415')],
    method: 'PUT',
    url: 'https://api.oneuc.com/v2/accounts/{ACCOUNT_ID}/phone_numbers/collection/activate',
    body: { data: { numbers: ['{PHONE_NUMBER1}', '{PHONE_NUMBER2}'] } },
    placeholders: { PHONE_NUMBER1: FIRST, PHONE_NUMBER2: SECOND },
    status: 201,
    answer: {
      auth_token: '{AUTH_TOKEN}',
      data: {
        success: {
          '{PHONE_NUMBER1}': {
            _read_only: { created: 63628542222, modified: 63628542222, state: 'in_service' },
            id: '{PHONE_NUMBER1}',
            state: 'in_service'
          },
          '{PHONE_NUMBER2}': {
            _read_only: { created: 63628542222, modified: 63628542222, state: 'in_service' },
            id: '{PHONE_NUMBER2}',
            state: 'in_service'
          }
        }
      },
      request_id: '{REQUEST_ID}',
      revision: '{REVISION}',
      status: 'success'
    },
    differs: { ...IDS, ...TIMES_OF_EACH }
  },
  {
    title: 'Buy a Collection (List) of numbers: Number not found or other error',
    given: [search('415')],
    method: 'PUT',
    url: 'https://api.oneuc.com/v2/accounts/{ACCOUNT_ID}/phone_numbers/collection/activate',
    body: { data: { numbers: ['{PHONE_NUMBER1}', '{PHONE_NUMBER2}'] } },
    placeholders: { PHONE_NUMBER1: FIRST, PHONE_NUMBER2: UNSEARCHED },
    status: 400,
    answer: {
      auth_token: '{AUTH_TOKEN}',
      data: { '{PHONE_NUMBER2}': { code: 500, error: 'unspecified_fault', message: 'missing_provider_url' } },
      error: '400',
      message: 'client error',
      request_id: '{REQUEST_ID}',
      status: 'error'
    },
    differs: REQUEST_ID
  },
  {
    // The print is made by hand: unsorted, and with one number twice.
    title: 'Search for available numbers you own',
    method: 'GET',
    url: 'https://api.oneuc.com/v2/accounts/{ACCOUNT_ID}/phone_numbers?prefix=555&quantity=3&offset=6',
    status: 200,
    answer: {
      auth_token: '{AUTH_TOKEN}',
      data: [
        { number: '+15552225562', state: 'available' },
        { number: '+15554445558', state: 'discovery' },
        { number: '+15552225562', state: 'available' }
      ],
      request_id: '{REQUEST_ID}',
      revision: '{REVISION}',
      status: 'success'
    },
    differs: { ...IDS, '/data/*/number': e164, '/data/*/state': found }
  },
  {
    title: 'Search for available numbers you own: the two numbers of the print, in the states of the print',
    given: [
      ...bought('+15552225562'),
      { method: 'DELETE', url: `/v2/accounts/${DEMO}/phone_numbers/+15552225562`, token: TOKEN }
    ],
    method: 'GET',
    url: 'https://api.oneuc.com/v2/accounts/{ACCOUNT_ID}/phone_numbers?prefix=555&quantity=2&offset=0',
    status: 200,
    answer: {
      auth_token: '{AUTH_TOKEN}',
      data: [
        { number: '+15552225562', state: 'available' },
        { number: '+15554445558', state: 'discovery' }
      ],
      request_id: '{REQUEST_ID}',
      revision: '{REVISION}',
      status: 'success'
    },
    differs: IDS
  },
  {
    title: 'List Account’s Phone Numbers',
    given: [search('415'), buy(SECOND)],
    method: 'GET',
    url: 'https://api.oneuc.com/v2/accounts/{ACCOUNT_ID}/phone_numbers?page_size=3&start_key=%2B14152338421',
    status: 200,
    answer: {
      auth_token: '{AUTH_TOKEN}',
      data: {
        cascade_quantity: 0,
        numbers: {
          '+14152338421': {
            assigned_to: '{ACCOUNT_ID}',
            created: 63628550806,
            features: [],
            state: 'in_service',
            updated: 63628550806
          },
          '+14155234712': {
            assigned_to: '{ACCOUNT_ID}',
            created: 63636963275,
            features: ['local'],
            state: 'in_service',
            updated: 63636963275
          },
          '+14155558920': {
            assigned_to: '{ACCOUNT_ID}',
            created: 63633211146,
            features: ['local'],
            state: 'reserved',
            updated: 63633211146
          }
        }
      },
      next_start_key: '+14155558921',
      page_size: 3,
      request_id: '{REQUEST_ID}',
      revision: '{REVISION}',
      start_key: '+14152338421',
      status: 'success'
    },
    differs: {
      ...IDS,
      '/data/numbers/+14152338421/created': time,
      '/data/numbers/+14152338421/updated': time
    }
  },
  {
    title: 'Removing Numbers from an Account: Successful',
    given: bought(FIRST),
    method: 'DELETE',
    url: 'https://api.oneuc.com/v2/accounts/{ACCOUNT_ID}/phone_numbers/{PHONE_NUMBER}',
    placeholders: { PHONE_NUMBER: FIRST },
    status: 200,
    answer: {
      auth_token: '{AUTH_TOKEN}',
      data: {
        _read_only: { created: 63627848588, modified: 63627848588, state: 'available' },
        id: '{PHONE_NUMBER}',
        state: 'available'
      },
      request_id: '{REQUEST_ID}',
      revision: '{REVISION}',
      status: 'success'
    },
    differs: { ...IDS, ...TIMES }
  },
  {
    title: 'Removing Numbers from an Account: Number not on Account',
    method: 'DELETE',
    url: 'https://api.oneuc.com/v2/accounts/{ACCOUNT_ID}/phone_numbers/{PHONE_NUMBER}',
    placeholders: { PHONE_NUMBER: FIRST },
    status: 404,
    answer: {
      auth_token: '{AUTH_TOKEN}',
      data: { message: 'bad identifier', not_found: 'The number could not be found' },
      error: '404',
      message: 'bad_identifier',
      request_id: '{REQUEST_ID}',
      status: 'error'
    },
    differs: REQUEST_ID
  },
  {
    title: 'List An Account’s Specific Phone Number',
    method: 'GET',
    url: 'https://api.oneuc.com/v2/accounts/{ACCOUNT_ID}/phone_numbers/{PHONE_NUMBER}',
    placeholders: { PHONE_NUMBER: RESERVED },
    status: 200,
    answer: {
      auth_token: '{AUTH_TOKEN}',
      data: {
        _read_only: { created: 63627848989, features: ['local'], modified: 63627848989, state: 'reserved' },
        features: ['local'],
        id: '{PHONE_NUMBER}',
        state: 'reserved',
        my_own_field: {}
      },
      request_id: '{REQUEST_ID}',
      revision: '{REVISION}',
      status: 'success'
    },
    differs: { ...IDS, ...TIMES }
  },
  {
    title: 'E911: Successful, on the path of the heading',
    method: 'POST',
    url: HEADING_URL,
    body: E911_BODY,
    placeholders: { NUMBER: BOUGHT, ...ADDRESS },
    status: 200,
    answer: E911_SUCCESS,
    differs: {},
    adds: E911_ADDS.success
  },
  {
    title: 'E911: Successful, on the path of the curl line',
    method: 'POST',
    url: CURL_URL,
    body: E911_BODY,
    placeholders: { NUMBER: BOUGHT, ...ADDRESS },
    status: 200,
    answer: E911_SUCCESS,
    differs: {},
    adds: E911_ADDS.success
  },
  {
    title: 'E911: Multiple choice',
    method: 'POST',
    url: CURL_URL,
    body: E911_BODY,
    placeholders: { NUMBER: BOUGHT, ...ADDRESS, ADDRESS: '911 MULTIPLE TEST ST' },
    status: 400,
    answer: {
      data: {
        multiple_choice: {
          e911: {
            cause: {
              postal_code: '{ZIP_CODE}',
              street_address: '{ADDRESS}',
              extended_address: '{EXTENDED}',
              locality: '{CITY}',
              region: '{STATE}'
            },
            details: [
              {
                postal_code: '{ZIP_CODE}',
                street_address: '{ADDRESS}',
                extended_address: '{EXTENDED}',
                locality: '{CITY}',
                region: '{STATE}'
              },
              {
                postal_code: '{ZIP_CODE}',
                street_address: '{ADDRESS}',
                extended_address: '{EXTENDED}',
                locality: '{CITY}',
                region: '{STATE}'
              }
            ],
            message: 'more than one address found'
          }
        }
      },
      error: '400',
      message: 'multiple_choice',
      status: 'error'
    },
    differs: {
      '/data/multiple_choice/e911/details/*/street_address': is('911 PROVISIONED TEST ST'),
      '/data/multiple_choice/e911/details/0/extended_address': is('UNIT 1'),
      '/data/multiple_choice/e911/details/1/extended_address': is('UNIT 2')
    },
    adds: E911_ADDS.error
  },
  {
    title: 'E911: Invalid address',
    given: [store(BOUGHT, { kept: true })],
    method: 'POST',
    url: CURL_URL,
    body: E911_BODY,
    placeholders: { NUMBER: BOUGHT, ...ADDRESS, ADDRESS: '1 NO SUCH STREET' },
    status: 400,
    answer: {
      data: {
        address: {
          invalid: {
            cause: {
              caller_name: '{NAME}',
              postal_code: '{ZIP_CODE}',
              street_address: '{ADDRESS}',
              extended_address: '{EXTENDED}',
              locality: '{CITY}',
              region: '{STATE}'
            },
            message: 'Location is not geocoded'
          }
        }
      },
      error: '400',
      message: 'invalid data',
      status: 'error'
    },
    differs: {},
    adds: E911_ADDS.error
  }
]
