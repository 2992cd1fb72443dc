import { FORBIDDEN, invalid, NO_CREATION, NOT_FOUND, NOW, required, tooLong, tooShort, wrongType } from './gives.js'
import type { Story } from './story.js'
import { ACCOUNTS } from './world.js'

const BOUGHT = '/%2B14152338397'
const OTHER = '/%2B14152338421'
const UNSEEN = '/%2B14159990000'
const MADE = '/%2B14155550100'
const OFFERS = ['+14152338397', '+14152338421']

const NATOMA = {
  caller_name: 'Michel Mabel',
  postal_code: '94105',
  street_address: '116 natoma st',
  extended_address: 'apt 116',
  locality: 'san francisco',
  region: 'CA'
}
const PROVISIONED = {
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
  legacy_data: { house_number: '116', streetname: 'NATOMA ST', suite: 'APT 116' }
}
const INVALID = { ...NATOMA, street_address: '911 INVALID TEST ST' }
const AMBIGUOUS = { ...NATOMA, street_address: '911 MULTIPLE 2 TEST ST' }

const bought: Story['steps'][number] = { as: 'demo', method: 'PUT', path: `${BOUGHT}/activate`, gives: { status: 201 } }

/**
 * The acceptance vectors (reference implementation, section 15), with what the document and the decisions say in `oneuc`.
 * R, C, X and M of the vectors are `demo`, `child`, `stranger` and `master` here.
 */
export const VECTORS: readonly Story[] = [
  {
    says: '1: anybody may search',
    steps: [
      {
        method: 'GET',
        url: '/v2/phone_numbers?prefix=415&quantity=2',
        gives: {
          status: 200,
          envelope: { auth_token: '' },
          has: [
            { number: '+14152338397', e164: '+14152338397', number_id: '4AA418FB-3409-4340-8210-E7EAFE2AB118' },
            {
              number: '+14152338421',
              status: 'Available',
              rate_center: { name: 'SAN RAFAEL', lata: '722', state: 'CA' }
            }
          ]
        },
        kazoo: {
          status: 200,
          envelope: { auth_token: '' },
          data: [
            { number: '+14152338397', state: 'discovery' },
            { number: '+14152338421', state: 'discovery' }
          ]
        }
      }
    ]
  },
  {
    says: '2: two digits are no prefix',
    steps: [
      {
        method: 'GET',
        url: '/v2/phone_numbers?prefix=41',
        gives: invalid({ prefix: tooShort(3, '41') })
      }
    ]
  },
  {
    says: '3: an account searches',
    steps: [
      {
        as: 'demo',
        method: 'GET',
        path: '?prefix=415&quantity=3',
        gives: {
          status: 200,
          data: [
            { number: '+14155234712', state: 'in_service' },
            { number: '+14155558920', state: 'reserved' },
            { number: '+14155558921', state: 'in_service' }
          ]
        },
        kazoo: {
          status: 200,
          data: [
            { number: '+14155558920', state: 'reserved' },
            { number: '+14152338397', state: 'discovery' },
            { number: '+14152338421', state: 'discovery' }
          ]
        }
      },
      {
        as: 'stranger',
        method: 'GET',
        path: '?prefix=415&quantity=2',
        gives: {
          status: 200,
          data: [
            { number: '+14152338397', state: 'discovery' },
            { number: '+14152338421', state: 'discovery' }
          ]
        }
      }
    ]
  },
  {
    says: '4, 5, 7: what a search has returned is bought, bought again, and there',
    steps: [
      { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=1', gives: { status: 200 } },
      {
        ...bought,
        gives: {
          status: 201,
          data: {
            _read_only: { created: NOW, modified: NOW, state: 'in_service' },
            id: '+14152338397',
            state: 'in_service'
          }
        },
        kazoo: {
          status: 201,
          lacks: ['data.features', 'revision'],
          has: { _read_only: { created: NOW, modified: NOW, state: 'in_service', carrier_module: 'knm_other' } }
        }
      },
      { ...bought, after: 60, gives: { status: 201, has: { _read_only: { created: NOW, modified: NOW } } } },
      { as: 'demo', method: 'GET', path: '/4152338397', gives: { status: 200, has: { id: '+14152338397' } } }
    ]
  },
  {
    says: '6: what no search has returned is not bought',
    steps: [
      {
        as: 'demo',
        method: 'PUT',
        path: `${UNSEEN}/activate`,
        gives: {
          status: 500,
          message: 'unspecified_fault',
          data: { code: 500, error: 'unspecified_fault', message: 'missing_provider_url' }
        },
        kazoo: NOT_FOUND
      }
    ]
  },
  {
    says: '8, 9: others neither see nor buy it',
    offers: OFFERS,
    steps: [
      bought,
      { as: 'child', method: 'GET', path: BOUGHT, gives: NOT_FOUND },
      { as: 'stranger', method: 'PUT', path: `${BOUGHT}/activate`, gives: FORBIDDEN }
    ]
  },
  {
    says: '10, 11, 12, 13: POST replaces, PATCH merges, and what belongs to the system is dropped',
    offers: OFFERS,
    steps: [
      bought,
      {
        as: 'demo',
        method: 'POST',
        path: BOUGHT,
        body: { data: { a: 1, b: { c: 2 } } },
        gives: { status: 200, has: { a: 1, b: { c: 2 } } }
      },
      {
        as: 'demo',
        method: 'PATCH',
        path: BOUGHT,
        body: { data: { a: null, b: { d: 3 } } },
        gives: { status: 200, has: { b: { c: 2, d: 3 } }, lacks: ['data.a'] }
      },
      {
        as: 'demo',
        method: 'POST',
        path: BOUGHT,
        body: { data: { z: 1 } },
        gives: { status: 200, has: { z: 1 }, lacks: ['data.b'] }
      },
      {
        as: 'demo',
        method: 'POST',
        path: BOUGHT,
        body: { data: { z: 2, id: '+1', pvt_x: 1, _read_only: { created: 1, state: 'aging' } } },
        gives: {
          status: 200,
          has: { id: '+14152338397', z: 2, _read_only: { created: NOW, state: 'in_service' } },
          lacks: ['data.pvt_x']
        }
      }
    ]
  },
  {
    says: '14, 15: an own number is reserved, and activated by a child',
    offers: OFFERS,
    steps: [
      bought,
      { as: 'demo', method: 'PUT', path: `${BOUGHT}/reserve`, gives: { status: 201, has: { state: 'reserved' } } },
      {
        as: 'demo',
        method: 'PUT',
        path: `${BOUGHT}/reserve`,
        gives: {
          status: 400,
          message: 'no_change_required',
          data: { code: 400, error: 'no_change_required', message: 'no change required' }
        }
      },
      { as: 'child', method: 'PUT', path: `${BOUGHT}/activate`, gives: { status: 201, has: { state: 'in_service' } } },
      {
        as: 'child',
        method: 'GET',
        path: `${BOUGHT}/identify`,
        gives: { status: 200, data: { account_id: ACCOUNTS.child, number: '+14152338397' } }
      }
    ]
  },
  {
    says: '16: without additions nothing is created',
    steps: [{ as: 'no-additions', method: 'PUT', path: MADE, gives: NO_CREATION }]
  },
  {
    says: '17, 18, 22: a number is created once, and ends',
    steps: [
      {
        as: 'demo',
        method: 'PUT',
        path: MADE,
        gives: {
          status: 201,
          data: {
            _read_only: { created: NOW, features: ['local'], modified: NOW, state: 'in_service' },
            features: ['local'],
            id: '+14155550100',
            state: 'in_service'
          }
        },
        kazoo: {
          status: 201,
          data: {
            _read_only: {
              carrier_module: 'knm_local',
              created: NOW,
              features: { available: ['force_outbound', 'prepend', 'ringback'], settings: {} },
              modified: NOW,
              state: 'in_service'
            },
            features: ['local'],
            id: '+14155550100',
            state: 'in_service'
          }
        }
      },
      {
        as: 'demo',
        method: 'PUT',
        path: MADE,
        gives: {
          status: 409,
          message: 'number_exists',
          data: {
            code: 409,
            error: 'number_exists',
            cause: '+14155550100',
            message: 'number +14155550100 already exists'
          }
        }
      },
      {
        as: 'demo',
        method: 'DELETE',
        path: MADE,
        gives: { status: 200, has: { state: 'available' }, lacks: ['data.features'] },
        kazoo: { status: 200, has: { state: 'deleted', features: ['local'], _read_only: { state: 'deleted' } } }
      },
      { as: 'demo', method: 'GET', path: MADE, gives: NOT_FOUND }
    ]
  },
  {
    says: '19: a number for the pool is made by an admin alone',
    steps: [
      { as: 'demo', method: 'PUT', path: MADE, body: { data: { create_with_state: 'available' } }, gives: NO_CREATION },
      {
        as: 'master',
        on: 'demo',
        method: 'PUT',
        path: MADE,
        body: { data: { create_with_state: 'available' } },
        gives: { status: 201, has: { state: 'available' }, lacks: ['data.create_with_state'] }
      }
    ]
  },
  {
    says: '20: a state that there is not',
    steps: [
      {
        as: 'demo',
        method: 'PUT',
        path: MADE,
        body: { data: { create_with_state: 'bogus' } },
        gives: {
          status: 400,
          message: 'validation error',
          data: {
            create_with_state: {
              enum: {
                message: 'Value not found in enumerated list of values',
                target: [
                  'aging',
                  'available',
                  'deleted',
                  'discovery',
                  'in_service',
                  'port_in',
                  'port_out',
                  'released',
                  'reserved'
                ],
                value: 'bogus'
              }
            }
          }
        }
      }
    ]
  },
  {
    says: '21: nobody creates what is deleted',
    steps: [
      {
        as: 'master',
        on: 'demo',
        method: 'PUT',
        path: MADE,
        body: { data: { create_with_state: 'deleted' } },
        gives: NO_CREATION
      }
    ]
  },
  {
    says: '23: a bought number goes back into the pool',
    offers: OFFERS,
    steps: [
      bought,
      {
        as: 'demo',
        method: 'DELETE',
        path: BOUGHT,
        gives: { status: 200, has: { id: '+14152338397', state: 'available' } }
      },
      {
        as: 'demo',
        method: 'GET',
        path: '?page_size=1',
        gives: { status: 200, has: { numbers: { '+14155234712': { state: 'in_service' } } } }
      },
      {
        as: 'demo',
        method: 'DELETE',
        path: BOUGHT,
        gives: NOT_FOUND,
        kazoo: {
          status: 400,
          message: 'invalid_state_transition',
          data: {
            code: 400,
            error: 'invalid_state_transition',
            cause: 'from available to available',
            message: 'invalid state transition'
          }
        }
      }
    ]
  },
  {
    says: '24: `hard` is for admins',
    offers: OFFERS,
    steps: [
      bought,
      {
        as: 'demo',
        method: 'DELETE',
        path: `${BOUGHT}?hard=true`,
        gives: { status: 200, has: { state: 'available' } }
      }
    ]
  },
  {
    says: '25, 26, 32: an address is provisioned, kept when it comes back, and removed by leaving it out',
    offers: OFFERS,
    steps: [
      bought,
      {
        as: 'demo',
        method: 'POST',
        path: BOUGHT,
        body: { data: { e911: NATOMA } },
        after: 60,
        gives: { status: 200, has: { e911: PROVISIONED, features: ['e911'], _read_only: { modified: NOW + 60 } } }
      },
      {
        as: 'demo',
        method: 'POST',
        path: BOUGHT,
        body: { data: { e911: PROVISIONED } },
        after: 60,
        gives: { status: 200, has: { e911: PROVISIONED, features: ['e911'], _read_only: { modified: NOW + 60 } } }
      },
      { as: 'demo', method: 'POST', path: BOUGHT, gives: { status: 200, lacks: ['data.e911', 'data.features'] } }
    ]
  },
  {
    says: '27, 28: an address without its city, and one with a long region',
    offers: OFFERS,
    steps: [
      bought,
      {
        as: 'demo',
        method: 'POST',
        path: BOUGHT,
        body: { data: { e911: { postal_code: '94105', street_address: '116 natoma st', region: 'CA' } } },
        gives: invalid({ 'e911.locality': required('locality') })
      },
      {
        as: 'demo',
        method: 'POST',
        path: BOUGHT,
        body: { data: { e911: { ...NATOMA, region: 'CAL' } } },
        gives: invalid({ 'e911.region': tooLong(2, 'CAL') })
      }
    ]
  },
  {
    says: '29: an address that is none, and one that is several',
    offers: OFFERS,
    steps: [
      bought,
      {
        as: 'demo',
        method: 'POST',
        path: BOUGHT,
        body: { data: { e911: INVALID } },
        gives: {
          status: 400,
          message: 'invalid data',
          data: { address: { invalid: { cause: INVALID, message: 'Location is not geocoded' } } }
        },
        kazoo: {
          status: 400,
          message: 'invalid',
          data: {
            code: 400,
            error: 'invalid',
            cause: `Location is not geocoded (${JSON.stringify(INVALID)})`,
            message: 'invalid'
          }
        }
      },
      {
        as: 'demo',
        method: 'POST',
        path: BOUGHT,
        body: { data: { e911: AMBIGUOUS } },
        gives: {
          status: 400,
          message: 'multiple_choice',
          has: {
            multiple_choice: {
              e911: {
                cause: { street_address: AMBIGUOUS.street_address, region: 'CA' },
                message: 'more than one address found'
              }
            }
          },
          lacks: ['data.multiple_choice.e911.cause.caller_name']
        },
        kazoo: {
          status: 500,
          message: 'unspecified_fault',
          has: { code: 500, error: 'unspecified_fault', message: 'multiple_choice' }
        }
      },
      { as: 'demo', method: 'GET', path: BOUGHT, gives: { status: 200, lacks: ['data.e911', 'data.features'] } }
    ]
  },
  {
    says: '30: E911 on a local number',
    steps: [
      {
        as: 'demo',
        method: 'POST',
        path: '/%2B14155234712',
        body: { data: { e911: NATOMA } },
        gives: { status: 200, has: { features: ['e911', 'local'] } },
        kazoo: FORBIDDEN
      }
    ]
  },
  {
    says: '31: PATCH cannot take an address away',
    steps: [
      {
        as: 'demo',
        method: 'PATCH',
        path: '/%2B14155558921',
        body: { data: { e911: null } },
        gives: invalid({ e911: wrongType('object', null) })
      }
    ]
  },
  {
    says: '33, 34: a list is paged, ascending, or whole',
    numbers: ['0001', '0002', '0003', '0004', '0005'].map((line) => ({
      e164: `+1415777${line}`,
      state: 'in_service' as const,
      owner: ACCOUNTS.stranger
    })),
    steps: [
      {
        as: 'stranger',
        method: 'GET',
        path: '?page_size=2',
        gives: {
          status: 200,
          has: { numbers: { '+14157770001': {}, '+14157770002': {} } },
          envelope: { page_size: 2, next_start_key: '+14157770003' },
          lacks: ['start_key', 'data.numbers.+14157770003']
        },
        kazoo: {
          status: 200,
          envelope: { page_size: 2, next_start_key: 'g20AAAAMKzE0MTU3NzcwMDAz' },
          lacks: ['start_key']
        }
      },
      {
        as: 'stranger',
        method: 'GET',
        path: '?page_size=2&start_key=g20AAAAMKzE0MTU3NzcwMDAz',
        gives: { status: 200, envelope: { page_size: 2, start_key: '+14157770003', next_start_key: '+14157770005' } },
        kazoo: {
          status: 200,
          envelope: { start_key: 'g20AAAAMKzE0MTU3NzcwMDAz', next_start_key: 'g20AAAAMKzE0MTU3NzcwMDA1' }
        }
      },
      {
        as: 'stranger',
        method: 'GET',
        path: '?page_size=2&start_key=%2B14157770005',
        gives: { status: 200, envelope: { page_size: 1 }, lacks: ['next_start_key'] }
      },
      {
        as: 'stranger',
        method: 'GET',
        path: '?paginate=false',
        gives: {
          status: 200,
          has: { cascade_quantity: 0, numbers: { '+14157770001': {}, '+14157770005': {} } },
          lacks: ['page_size', 'start_key', 'next_start_key']
        }
      }
    ]
  },
  {
    says: '35: a filter takes a list',
    numbers: [{ e164: '+14157770001', state: 'port_in', owner: ACCOUNTS.demo }],
    steps: [
      {
        as: 'demo',
        method: 'GET',
        path: `?filter_state=${encodeURIComponent('["reserved","port_in"]')}`,
        gives: {
          status: 200,
          has: { numbers: { '+14155558920': { state: 'reserved' }, '+14157770001': { state: 'port_in' } } },
          envelope: { page_size: 2 }
        }
      }
    ]
  },
  {
    says: '36: two numbers are bought at once',
    offers: OFFERS,
    steps: [
      {
        as: 'demo',
        method: 'PUT',
        path: '/collection/activate',
        body: { data: { numbers: OFFERS } },
        gives: {
          status: 201,
          has: { success: { '+14152338397': { state: 'in_service' }, '+14152338421': { state: 'in_service' } } },
          lacks: ['data.error']
        }
      }
    ]
  },
  {
    says: '37: one of two was never searched for',
    offers: OFFERS,
    steps: [
      {
        as: 'demo',
        method: 'PUT',
        path: '/collection/activate',
        body: { data: { numbers: ['+14152338421', '+14159990000'] } },
        gives: {
          status: 400,
          message: 'client error',
          data: { '+14159990000': { code: 500, error: 'unspecified_fault', message: 'missing_provider_url' } }
        },
        kazoo: {
          status: 201,
          has: { success: { '+14152338421': { state: 'in_service' } }, error: { '+14159990000': 'not_found' } }
        }
      },
      {
        as: 'demo',
        method: 'GET',
        path: OTHER,
        gives: NOT_FOUND,
        kazoo: { status: 200, has: { state: 'in_service' } }
      }
    ]
  },
  {
    says: '38: a collection without numbers, with none, and with one twice',
    steps: [
      {
        as: 'demo',
        method: 'PUT',
        path: '/collection/activate',
        body: { data: {} },
        gives: invalid({ numbers: { required: { message: 'list of numbers missing' } } })
      },
      {
        as: 'demo',
        method: 'PUT',
        path: '/collection/activate',
        body: { data: { numbers: [] } },
        gives: invalid({ numbers: { minimum: { message: 'minimum 1 number required' } } })
      },
      {
        as: 'demo',
        method: 'PUT',
        path: '/collection/activate',
        body: { data: { numbers: ['4155550100', '+14155550100'] } },
        gives: invalid({ numbers: { uniqueItems: { message: 'some numbers appear twice' } } })
      },
      {
        as: 'demo',
        method: 'PUT',
        path: '/collection/activate',
        body: { data: { numbers: '4155550100' } },
        gives: invalid({ numbers: { type: { message: 'numbers must be a list' } } })
      }
    ]
  },
  {
    says: '39: POST to the collection that is bought',
    steps: [
      {
        as: 'demo',
        method: 'POST',
        path: '/collection/activate',
        body: { data: { id: '+14155558921', note: 'the heading of E911' } },
        gives: { status: 200, has: { id: '+14155558921', note: 'the heading of E911' } },
        kazoo: {
          status: 405,
          message: 'invalid_method',
          data: { message: 'method not allowed' },
          headers: { allow: null, 'access-control-allow-methods': 'OPTIONS, PUT' }
        }
      },
      {
        as: 'demo',
        method: 'PATCH',
        path: '/collection/activate',
        gives: { status: 405, headers: { allow: null, 'access-control-allow-methods': 'OPTIONS, PUT, POST' } },
        kazoo: { status: 405, headers: { allow: null, 'access-control-allow-methods': 'OPTIONS, PUT' } }
      }
    ]
  },
  {
    says: '40: no token',
    steps: [
      {
        method: 'GET',
        path: '',
        gives: {
          status: 401,
          message: 'invalid_credentials',
          data: { message: 'invalid credentials' },
          envelope: { auth_token: '' }
        },
        kazoo: {
          status: 401,
          message: 'invalid_credentials',
          data: { message: 'invalid credentials' },
          envelope: { auth_token: 'undefined' }
        }
      }
    ]
  },
  {
    says: '41: a bad token',
    flags: { auth: 'strict' },
    steps: [
      { token: 'bogus', method: 'GET', path: '', gives: { status: 401, message: 'invalid credentials', data: {} } }
    ]
  },
  {
    says: "42: a stranger's token",
    steps: [
      {
        as: 'stranger',
        on: 'demo',
        method: 'GET',
        path: '',
        gives: { status: 403, message: 'forbidden', data: { message: 'forbidden' } }
      }
    ]
  },
  {
    says: '43, 44: accounts that are none, before anybody asks for a token',
    flags: { accounts: 'known' },
    steps: [
      {
        method: 'GET',
        url: '/v2/accounts/abc/phone_numbers',
        gives: { status: 404, message: 'bad identifier', data: { message: "invalid account_id 'abc'" } }
      },
      {
        method: 'GET',
        url: `/v2/accounts/${'0'.repeat(32)}/phone_numbers`,
        gives: { status: 404, message: 'bad_identifier', data: { cause: '0'.repeat(32), message: 'bad identifier' } }
      },
      {
        method: 'GET',
        url: '/v2/accounts//phone_numbers',
        gives: { status: 404, message: 'bad identifier', data: { message: 'missing account_id' } }
      }
    ]
  },
  {
    says: '45, 46: a body that is no JSON, and one without data',
    steps: [
      {
        as: 'demo',
        method: 'PUT',
        path: '/collection/activate',
        body: '{"data":',
        gives: { status: 400, message: 'validation error', has: { json: { invalid: { target: 'body' } } } }
      },
      {
        as: 'demo',
        method: 'PUT',
        path: '/collection/activate',
        body: { numbers: ['+14155550100'] },
        gives: invalid({
          data: { required: { message: 'Field is required but missing', value: { numbers: ['+14155550100'] } } }
        })
      }
    ]
  },
  {
    says: '47: anybody with a token learns whose a number is',
    steps: [
      {
        as: 'stranger',
        method: 'GET',
        path: '/%2B14155558921/identify',
        gives: { status: 200, data: { account_id: ACCOUNTS.demo, number: '+14155558921' } }
      }
    ]
  },
  {
    says: '48: 911 is an emergency',
    steps: [
      {
        as: 'demo',
        method: 'GET',
        path: '/classifiers/911',
        gives: {
          status: 200,
          data: {
            regex: '^(911|922|933|988|833|811|711|999)$',
            friendly_name: 'Emergency Dispatcher',
            emergency: true,
            name: 'emergency',
            number: '911',
            e164: '911'
          }
        }
      }
    ]
  },
  {
    says: '49: a number of no plan',
    steps: [
      {
        as: 'demo',
        method: 'PUT',
        path: '/%2B141510010%2B15',
        gives: {
          status: 404,
          message: 'not_reconcilable',
          data: {
            code: 404,
            error: 'not_reconcilable',
            cause: '+141510010+15',
            message: 'number +141510010+15 is not reconcilable'
          }
        },
        kazoo: { status: 400, message: 'client error', data: 'not_reconcilable' }
      }
    ]
  },
  {
    says: "50: a client's own request id",
    steps: [
      {
        as: 'demo',
        method: 'GET',
        path: '',
        headers: { 'x-request-id': 'foo' },
        gives: { status: 200, envelope: { request_id: 'foo' }, headers: { 'x-request-id': 'foo' } }
      }
    ]
  }
]
